/**
 * The checksum of a protected MP3 frame, over the last two bytes of its header and its side information.
 *
 * It covers nothing else: damage in the sound data of a frame does not show in it.
 *
 * @param frame - The whole frame.
 * @param sideBytes - Bytes of side information behind the header and the two bytes of the checksum.
 * @returns 16 bits, to be compared with bytes 4 and 5 of the frame.
 * @see ISO/IEC 11172-3, section 2.4.3.1: polynomial 0x8005, most significant bit first, from 0xffff.
 */
export function mp3FrameChecksum(frame: Uint8Array, sideBytes: number): number {
  let crc = 0xffff;
  const take = (byte: number) => {
    crc ^= byte << 8;
    for (let k = 0; k < 8; k++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x8005) & 0xffff : (crc << 1) & 0xffff;
  };
  take(frame[2] ?? 0);
  take(frame[3] ?? 0);
  for (let k = 6; k < 6 + sideBytes; k++) take(frame[k] ?? 0);
  return crc;
}

/**
 * The checksum that LAME and FFmpeg leave in their tag, continued over more bytes: one over the tag itself and one over
 * all sound.
 *
 * @param crc - The value so far, 0 at the start.
 * @param bytes - What comes next.
 * @see lame 3.100, libmp3lame/VbrTag.c: polynomial 0x8005, least significant bit first, from 0.
 */
export function lameChecksum(crc: number, bytes: Uint8Array): number {
  let next = crc;
  for (const byte of bytes) next = (next >> 8) ^ (LAME_TABLE[(next ^ byte) & 0xff] ?? 0);
  return next;
}

const LAME_TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let k = 0; k < 8; k++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  return crc;
});
