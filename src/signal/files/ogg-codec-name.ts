/** What an Ogg stream holds, by name, from its first packet. */
export function nameOggCodec(packet: Uint8Array): string {
  const text = String.fromCharCode(...packet.subarray(0, 8));
  return SIGNATURES.find(([start]) => text.startsWith(start))?.[1] ?? "something unknown";
}

const SIGNATURES = [
  ["\x01vorbis", "Vorbis"],
  ["OpusHead", "Opus"],
  ["\x7fFLAC", "FLAC"],
  ["fLaC", "FLAC"],
  ["Speex   ", "Speex"],
  ["\x80theora", "Theora video"],
  ["fishead\0", "a Skeleton index"],
  ["PCM     ", "PCM"],
  ["CELT    ", "CELT"],
  ["BBCD", "Dirac video"],
  ["\x80kate", "Kate subtitles"],
  ["\x01video", "OGM video"],
  ["\x01audio", "OGM audio"],
  ["\x01text", "OGM subtitles"],
  ["OVP80", "VP8 video"],
] as const;
