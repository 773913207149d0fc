/** What a file that is not a WAV seems to be, and what to do about it. */
export interface ForeignFile {
  /** With its article, to follow "is": `an MP3 file`. */
  readonly kind: string;
  readonly hint: string;
}

/**
 * The kind of file that some bytes seem to be, for the message that refuses them.
 *
 * It looks at the first bytes only, so it can be wrong about the kind; it is never used to accept a file.
 *
 * @param bytes - The file, at least one byte of it.
 * @returns The kind and the way out of it.
 */
export function recogniseForeignFile(bytes: Uint8Array): ForeignFile {
  for (const { at, magic, kind, compressed } of SIGNATURES) {
    if (asciiAt(bytes, at, magic.length) === magic) return { kind, hint: compressed ? CONVERT : CHOOSE };
  }
  if (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0) return { kind: "an MP3 or AAC file", hint: CONVERT };
  const text = asciiAt(bytes, 0, 512).replace("\u00ef\u00bb\u00bf", "").trimStart().toLowerCase();
  if (text.startsWith("<")) {
    return {
      kind: "a web page or XML text",
      hint: "download the audio file itself: what was saved is a page (often a login or an error page)",
    };
  }
  if (isPlainText(bytes)) return { kind: "a text file", hint: CHOOSE };
  return { kind: "no audio format known here", hint: CHOOSE };
}

const CONVERT = "convert it to WAV first, for instance: ffmpeg -i <file> -c:a pcm_s24le out.wav";
const CHOOSE = "choose a WAV file (16, 24 or 32 bit, or float)";

const SIGNATURES = [
  { at: 0, magic: "ID3", kind: "an MP3 file", compressed: true },
  { at: 0, magic: "fLaC", kind: "a FLAC file", compressed: true },
  { at: 0, magic: "OggS", kind: "an Ogg file", compressed: true },
  { at: 0, magic: "FORM", kind: "an AIFF file", compressed: true },
  { at: 0, magic: "caff", kind: "a Core Audio file", compressed: true },
  { at: 0, magic: "wvpk", kind: "a WavPack file", compressed: true },
  { at: 0, magic: "riff", kind: "a Wave64 file", compressed: true },
  { at: 4, magic: "ftyp", kind: "an MP4, M4A or MOV file", compressed: true },
  { at: 0, magic: "\x1aE\xdf\xa3", kind: "a Matroska or WebM file", compressed: true },
  { at: 8, magic: "AVI ", kind: "an AVI file", compressed: true },
  { at: 8, magic: "WEBP", kind: "a WebP image", compressed: false },
  { at: 0, magic: "\x89PNG", kind: "a PNG image", compressed: false },
  { at: 0, magic: "PK\x03\x04", kind: "a ZIP archive", compressed: false },
  { at: 0, magic: "\x1f\x8b", kind: "a gzip archive", compressed: false },
  { at: 0, magic: "%PDF", kind: "a PDF document", compressed: false },
] as const;

function asciiAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

function isPlainText(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 512).every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}
