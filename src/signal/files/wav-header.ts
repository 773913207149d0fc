import type { SampleEncoding } from "../recording.ts";

/** How the samples behind a WAV header are stored. */
export interface WavHeaderFormat {
  readonly encoding: SampleEncoding;
  readonly channels: number;
  /** Hz, an integer. */
  readonly sampleRate: number;
}

/**
 * The plainest header a WAV file can have, 44 bytes, to be followed by the samples.
 *
 * @param format - How the samples are stored.
 * @param dataBytes - Bytes of samples, below 2^32 - 36.
 */
export function wavHeader({ encoding, channels, sampleRate }: WavHeaderFormat, dataBytes: number): Uint8Array {
  const bits = Number(encoding.replace(/^\D+/, ""));
  const frameBytes = (channels * bits) / 8;
  const header = new Uint8Array(SHORT_HEADER_BYTES);
  const view = new DataView(header.buffer);
  writeAscii(header, 0, "RIFF");
  view.setUint32(4, 36 + dataBytes, true);
  writeAscii(header, 8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, encoding.startsWith("float") ? 3 : 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * frameBytes, true);
  view.setUint16(32, frameBytes, true);
  view.setUint16(34, bits, true);
  writeAscii(header, 36, "data");
  view.setUint32(40, dataBytes, true);
  return header;
}

/**
 * The same header, 80 bytes, with room for lengths of 64 bits, which it uses from 4 GiB on (RF64).
 *
 * @param format - How the samples are stored.
 * @param dataBytes - Bytes of samples; where it is odd, a byte of padding follows them.
 * @see EBU Tech 3306: an unused JUNK chunk becomes the ds64 chunk.
 */
export function longWavHeader(format: WavHeaderFormat, dataBytes: number): Uint8Array {
  const plain = wavHeader(format, 0);
  const header = new Uint8Array(LONG_HEADER_BYTES);
  const view = new DataView(header.buffer);
  header.set(plain.subarray(0, 12));
  header.set(plain.subarray(12), 12 + WIDE_CHUNK_BYTES);
  const riffBytes = LONG_HEADER_BYTES - 8 + dataBytes + (dataBytes % 2);
  const isLong = riffBytes > 0xfffffffe;
  writeAscii(header, 0, isLong ? "RF64" : "RIFF");
  writeAscii(header, 12, isLong ? "ds64" : "JUNK");
  view.setUint32(4, isLong ? 0xffffffff : riffBytes, true);
  view.setUint32(16, WIDE_CHUNK_BYTES - 8, true);
  view.setUint32(LONG_HEADER_BYTES - 4, isLong ? 0xffffffff : dataBytes, true);
  if (isLong) {
    const frameBytes = view.getUint16(32 + WIDE_CHUNK_BYTES, true);
    view.setBigUint64(20, BigInt(riffBytes), true);
    view.setBigUint64(28, BigInt(dataBytes), true);
    view.setBigUint64(36, BigInt(Math.floor(dataBytes / frameBytes)), true);
  }
  return header;
}

/** Bytes of `wavHeader`. */
export const SHORT_HEADER_BYTES = 44;
const WIDE_CHUNK_BYTES = 36;
/** Bytes of `longWavHeader`. */
export const LONG_HEADER_BYTES = SHORT_HEADER_BYTES + WIDE_CHUNK_BYTES;

/** Overwrites `bytes` from `at` on. */
function writeAscii(bytes: Uint8Array, at: number, text: string): void {
  for (let k = 0; k < text.length; k++) bytes[at + k] = text.charCodeAt(k);
}
