import { TonewrightError } from "../../errors/index.ts";
import type { ByteWindow } from "./byte-window.ts";
import { corrupt, noSamples, unsupportedEncoding } from "./file-refusal.ts";
import { recogniseForeignFile } from "./foreign-file.ts";
import { MAX_FRAME_BYTES, type Mp3FrameHeader, nameMp3Relative, readMp3FrameHeader } from "./mp3-frame-header.ts";
import { type Mp3InfoTag, readMp3InfoTag } from "./mp3-info-tag.ts";
import { findMp3Span } from "./mp3-tags.ts";

/** Where the frames of an MP3 file lie, and what its first frame promises. */
export interface Mp3Layout {
  /** What all frames have in common; its bit rate and length are the first frame's. */
  readonly format: Mp3FrameHeader;
  /** Byte offset of the first frame, be it sound or not. */
  readonly start: number;
  /** Byte offset of the first frame of sound. */
  readonly soundStart: number;
  /** Byte offset behind the last frame, where tags may follow. */
  readonly end: number;
  readonly info: Mp3InfoTag | undefined;
  readonly warnings: string[];
}

/**
 * The layout of an MP3 file: its tags skipped, its first frame found and understood.
 *
 * One header is found in nearly any file. So the first frame must be followed by another, or be announced by a tag. A
 * piece of a frame in front, as a recording of a radio stream has it, is skipped with a warning.
 *
 * @throws TonewrightError `empty-file`, `truncated-file`, `not-an-mp3`, `unsupported-encoding`, `corrupt-file`.
 */
export async function readMp3Layout(window: ByteWindow, name: string): Promise<Mp3Layout> {
  if (window.size === 0) {
    throw new TonewrightError("empty-file", `"${name}" is empty (0 bytes)`, "export or record the file again");
  }
  const warnings: string[] = [];
  const tagged = await findMp3Span(window, name);
  const firstByte = await skipZeros(window, tagged);
  if (firstByte === tagged.end) throw noSamples(name);
  const span = { start: firstByte, end: tagged.end, hasTag: tagged.start > 0 };
  const start = await findFirstFrame(window, span, { name, warnings });
  const head = await bytesUpTo(window, start, MAX_FRAME_BYTES, span.end);
  const format = readMp3FrameHeader(head);
  if (format === undefined) throw new Error("bug: the first frame is gone");
  const frame = head.subarray(0, format.bytes);
  const info = readMp3InfoTag(frame, format);
  if (info?.isDamaged) throw corrupt(name, "its first frame, which tells how long it is, fails its own checksum");
  const soundStart = info?.replacesSound === true ? Math.min(start + format.bytes, span.end) : start;
  return { format, start, soundStart, end: span.end, info, warnings };
}

/** True if two frames can stand in one file: they agree in version, rate and channels. */
export function isSameMp3Format(a: Mp3FrameHeader, b: Mp3FrameHeader): boolean {
  return a.sampleRate === b.sampleRate && a.channels === b.channels;
}

/** Bytes from `start` on that lie before `end`. */
export function bytesUpTo(window: ByteWindow, start: number, length: number, end: number): Promise<Uint8Array> {
  return window.bytes(start, Math.max(0, Math.min(length, end - start)));
}

/** The offset of the first byte that is not 0, as some programs pad their tags with zeros; `end` if there is none. */
export async function skipZeros(
  window: ByteWindow,
  { start, end }: { readonly start: number; readonly end: number },
): Promise<number> {
  let at = start;
  while (at < end) {
    const bytes = await bytesUpTo(window, at, 4096, end);
    const k = bytes.findIndex((byte) => byte !== 0);
    if (k >= 0) return at + k;
    at += bytes.length;
  }
  return end;
}

interface Span {
  readonly start: number;
  readonly end: number;
  /** A tag stands in front, so this is an MP3 file and its first frame begins at `start`. */
  readonly hasTag: boolean;
}

async function findFirstFrame(
  window: ByteWindow,
  span: Span,
  { name, warnings }: { readonly name: string; readonly warnings: string[] },
): Promise<number> {
  const { start, end } = span;
  const head = await bytesUpTo(window, start, 2 * MAX_FRAME_BYTES, end);
  const header = readMp3FrameHeader(head);
  if (header !== undefined) {
    const isAnnounced = span.hasTag || readMp3InfoTag(head.subarray(0, header.bytes), header) !== undefined;
    if (isAnnounced || (await countFrames(window, start, { end, limit: 2 })) === 2) return start;
  }
  for (let skipped = 1; skipped + 4 <= head.length; skipped++) {
    if ((await countFrames(window, start + skipped, { end, limit: 3 })) < 3) continue;
    const first = readMp3FrameHeader(head, skipped);
    const piece = head.subarray(0, skipped);
    const isWholeFrame = skipped >= (first?.bytes ?? 0) - 1;
    if (header !== undefined || span.hasTag || isWholeFrame || holdsInfo(piece)) {
      throw corrupt(name, `at 0 s, its first frame is damaged (${skipped} bytes from byte ${start} on)`);
    }
    warnings.push(
      `"${name}" begins with ${skipped} bytes that are no frame, as a cut from something longer does; they are left out`,
    );
    return start + skipped;
  }
  const relative = nameMp3Relative(head);
  if (relative !== undefined) throw unsupportedEncoding(name, relative);
  const { kind, hint } = recogniseForeignFile(head);
  throw new TonewrightError("not-an-mp3", `"${name}" is not an MP3 file: it looks like ${kind}`, hint);
}

/** Frames in a row from `at` on, at most `limit`; one that reaches to the end or beyond it counts as all that are left. */
async function countFrames(
  window: ByteWindow,
  at: number,
  { end, limit }: { readonly end: number; readonly limit: number },
): Promise<number> {
  let position = at;
  let first: Mp3FrameHeader | undefined;
  for (let count = 0; count < limit; count++) {
    if (position >= end && count > 0) return limit;
    const header = readMp3FrameHeader(await bytesUpTo(window, position, 4, end));
    if (header === undefined || (first !== undefined && !isSameMp3Format(first, header))) return count;
    first ??= header;
    position += header.bytes;
  }
  return limit;
}

function holdsInfo(bytes: Uint8Array): boolean {
  const text = String.fromCharCode(...bytes);
  return ["Xing", "Info", "VBRI"].some((id) => text.includes(id));
}
