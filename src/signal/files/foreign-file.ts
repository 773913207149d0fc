/** What a file that a reader refuses seems to be, and what to do about it. */
export interface ForeignFile {
  /** With its article, to follow "is": `an MP3 file`. */
  readonly kind: string;
  readonly hint: string;
}

/**
 * The kind of file that some bytes seem to be, for the message that refuses them.
 *
 * It looks at the first bytes only, so it can be wrong about the kind; it is never used to accept a file. Kinds that
 * another reader takes (`decodeRecording`) are named too, for `decodeWav`.
 *
 * @param bytes - The first 512 bytes of the file, or all of it if it is shorter; at least one.
 * @returns The kind and the way out of it.
 */
export function recogniseForeignFile(bytes: Uint8Array): ForeignFile {
  for (const { at, magic, kind, hint } of SIGNATURES) {
    if (asciiAt(bytes, at, magic.length) === magic) return { kind, hint };
  }
  if (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xf6) === 0xf0) return { kind: "an AAC file", hint: CONVERT };
  if (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0) return { kind: "an MP3 file", hint: DECODE };
  const text = asciiAt(bytes, 0, 512).replace("\u00ef\u00bb\u00bf", "").trimStart().toLowerCase();
  if (text.startsWith("<")) {
    return {
      kind: "a web page or XML text",
      hint: "download the audio file itself: what was saved is a page (often a login or an error page)",
    };
  }
  if (isPlainText(bytes)) return { kind: "a text file", hint: CHOOSE };
  return { kind: unknownKind, hint: CHOOSE };
}

/** The `kind` of bytes that look like nothing in particular. */
export const unknownKind = "no audio format known here";

const DECODE = "read it where every format is read (decodeRecording), or convert it to WAV first";
const CONVERT = "convert it to WAV or FLAC first, for instance: ffmpeg -i <file> -c:a pcm_s24le out.wav";
const CHOOSE = "choose a sound file: WAV, AIFF, FLAC, MP3 or Ogg";

const SIGNATURES = [
  { at: 0, magic: "ID3", kind: "an MP3 file", hint: DECODE },
  { at: 0, magic: "fLaC", kind: "a FLAC file", hint: DECODE },
  { at: 0, magic: "OggS", kind: "an Ogg file", hint: DECODE },
  { at: 8, magic: "AIFF", kind: "an AIFF file", hint: DECODE },
  { at: 8, magic: "AIFC", kind: "an AIFF file", hint: DECODE },
  { at: 0, magic: "FORM", kind: "an IFF file without sound", hint: CHOOSE },
  { at: 8, magic: "AVI ", kind: "an AVI file", hint: CONVERT },
  { at: 8, magic: "WEBP", kind: "a WebP image", hint: CHOOSE },
  { at: 0, magic: "caff", kind: "a Core Audio file", hint: CONVERT },
  { at: 0, magic: "wvpk", kind: "a WavPack file", hint: CONVERT },
  { at: 0, magic: "MAC ", kind: "a Monkey's Audio file", hint: CONVERT },
  { at: 0, magic: "riff", kind: "a Wave64 file", hint: CONVERT },
  { at: 0, magic: ".snd", kind: "a Sun audio file", hint: CONVERT },
  { at: 4, magic: "ftyp", kind: "an MP4, M4A or MOV file", hint: CONVERT },
  { at: 0, magic: "\x1aE\xdf\xa3", kind: "a Matroska or WebM file", hint: CONVERT },
  { at: 0, magic: "0&\xb2u", kind: "a WMA or ASF file", hint: CONVERT },
  { at: 0, magic: "MThd", kind: "a MIDI file", hint: "render it to sound first: MIDI holds notes and no sound" },
  { at: 0, magic: "\x89PNG", kind: "a PNG image", hint: CHOOSE },
  { at: 0, magic: "PK\x03\x04", kind: "a ZIP archive", hint: "unpack it and choose a sound file in it" },
  { at: 0, magic: "\x1f\x8b", kind: "a gzip archive", hint: "unpack it and choose a sound file in it" },
  { at: 0, magic: "\xff\xfe", kind: "a text file (UTF-16)", hint: CHOOSE },
  { at: 0, magic: "%PDF", kind: "a PDF document", hint: CHOOSE },
] as const;

function asciiAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

function isPlainText(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 512).every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}
