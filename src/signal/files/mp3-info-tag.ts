import type { Mp3FrameHeader } from "./mp3-frame-header.ts";
import { lameChecksum } from "./mp3-checksum.ts";

/** What an encoder wrote into the first frame of a file. Every part may be missing. */
export interface Mp3InfoTag {
  /** The frame is no sound. A VBRI tag leaves room for a silent one, which mpg123 1.31 and lame play. */
  readonly replacesSound: boolean;
  /** Frames of sound in the file. */
  readonly frames: number | undefined;
  /** A lower bound for them: whether a VBRI tag counts its own frame is not known. */
  readonly leastFrames: number | undefined;
  /** Bytes of this frame and all that follow. */
  readonly bytes: number | undefined;
  /** Samples that the encoder put in front of the sound and behind it; zeros where it does not say. */
  readonly padding: { readonly start: number; readonly end: number };
  /** Over the bytes of all frames that follow, `lameChecksum`. */
  readonly soundChecksum: number | undefined;
  /** The tag carries a checksum of itself and it does not fit. */
  readonly isDamaged: boolean;
}

/**
 * The Xing, Info or VBRI tag in the first frame of a file, or `undefined` if that frame holds sound.
 *
 * A file without one cannot say how long it is, nor how much silence its encoder added.
 *
 * @param frame - The whole first frame.
 * @see lame 3.100, libmp3lame/VbrTag.c, and mpg123 1.31, src/libmpg123/parse.c: it takes delay and padding from any
 *   encoder that left a name, as is done here.
 */
export function readMp3InfoTag(frame: Uint8Array, header: Mp3FrameHeader): Mp3InfoTag | undefined {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  // LAME's position takes no notice of a checksum behind the header, other encoders' does.
  for (const at of [4 + header.sideBytes, 6 + header.sideBytes]) {
    if (at + 8 > frame.length) continue;
    const id = view.getUint32(at);
    const hasName = id === XING || id === INFO;
    const hasAllParts = view.getUint32(at + 4) === 15;
    const isSilent = frame.subarray(6, at).every((byte) => byte === 0); // 4 and 5 may be a checksum
    // The encoders known here always write all three; where only some are there, the others were overwritten.
    const signs = Number(hasName) + Number(hasAllParts) + Number(isSilent);
    if (signs > 0 && signs < 3 && isKnownEncoder(frame, at + LAME_AT)) return { ...NOTHING, isDamaged: true };
    if (hasName) return readXing(view, at);
  }
  if (VBRI_AT + 26 <= frame.length && view.getUint32(VBRI_AT) === VBRI) {
    const bytes = view.getUint32(VBRI_AT + 10);
    const frames = view.getUint32(VBRI_AT + 14);
    return { ...NOTHING, replacesSound: false, leastFrames: orNothing(frames), bytes: orNothing(bytes) };
  }
  return undefined;
}

const XING = 0x58696e67;
const INFO = 0x496e666f;
const VBRI = 0x56425249;
const VBRI_AT = 36;

/** From a Xing tag with all its parts to the name of the encoder. */
const LAME_AT = 8 + 4 + 4 + 100 + 4;

/** From the encoder's name to the end of what mpg123 wants, and to the end of the checksum of the tag. */
const DELAY_BYTES = 24;
const LAME_BYTES = 36;

const NOTHING = {
  replacesSound: true,
  frames: undefined,
  leastFrames: undefined,
  bytes: undefined,
  padding: { start: 0, end: 0 },
  soundChecksum: undefined,
  isDamaged: false,
} as const;

function readXing(view: DataView, start: number): Mp3InfoTag {
  const flags = view.getUint32(start + 4);
  let at = start + 8;
  const take = (flag: number, length: number): number | undefined => {
    if ((flags & flag) === 0) return undefined;
    const value = at + length <= view.byteLength ? view.getUint32(at) : undefined;
    at += length;
    return value;
  };
  const frames = orNothing(take(1, 4));
  const bytes = orNothing(take(2, 4));
  take(4, 100); // table for seeking
  take(8, 4); // quality
  const tag = { ...NOTHING, frames, leastFrames: frames, bytes };
  if (at + DELAY_BYTES > view.byteLength || view.getUint8(at) === 0) return tag;
  const padding = { start: view.getUint16(at + 21) >> 4, end: view.getUint16(at + 22) & 0xfff };
  if (at + LAME_BYTES > view.byteLength) return { ...tag, padding };
  const soundBytes = orNothing(view.getUint32(at + 28));
  return {
    ...tag,
    padding,
    soundChecksum: soundBytes === undefined || soundBytes !== bytes ? undefined : orNothing(view.getUint16(at + 32)),
    isDamaged: failsChecksum(view, at),
  };
}

function isKnownEncoder(frame: Uint8Array, nameAt: number): boolean {
  return ["LAME", "Lavc", "Lavf"].includes(String.fromCharCode(...frame.subarray(nameAt, nameAt + 4)));
}

/**
 * LAME's checksum covers all bytes before it; FFmpeg's always 190 bytes, itself as zeros if it lies among them, and
 * whatever follows in its memory if the frame is shorter (libavformat/mp3enc.c): then it cannot be checked.
 */
function failsChecksum(view: DataView, nameAt: number): boolean {
  const checksumAt = nameAt + 34;
  const stored = view.getUint16(checksumAt);
  const frame = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  if (stored === 0 || lameChecksum(0, frame.subarray(0, checksumAt)) === stored) return false;
  if (String.fromCharCode(...frame.subarray(nameAt, nameAt + 4)) === "LAME") return true;
  if (frame.length < 190) return false;
  const first190 = frame.slice(0, 190);
  if (checksumAt + 2 <= 190) first190.fill(0, checksumAt, checksumAt + 2);
  return lameChecksum(0, first190) !== stored;
}

/** Programs that do not know a number write 0. */
function orNothing(value: number | undefined): number | undefined {
  return value === 0 ? undefined : value;
}
