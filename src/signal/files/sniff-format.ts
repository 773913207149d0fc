import { TonewrightError } from "../../errors/index.ts";
import type { ByteSource } from "./byte-source.ts";
import { type ByteWindow, createByteWindow } from "./byte-window.ts";
import { recogniseForeignFile, unknownKind } from "./foreign-file.ts";
import { nameMp3Relative, readMp3FrameHeader } from "./mp3-frame-header.ts";

/** A container that one of the readers takes. */
export type Container = "wav" | "aiff" | "flac" | "mp3" | "ogg";

/** What a file is by its content. */
export interface SniffedFormat {
  readonly container: Container;
  /** Byte offset behind the ID3v2 tags that programs put in front of any format. */
  readonly start: number;
}

/**
 * What a file is, told by its first bytes and never by its name.
 *
 * A short beginning of a known format counts as that format, so that its reader can say that the file is cut short.
 *
 * @param source - The whole file.
 * @param name - File name for messages.
 * @throws TonewrightError `empty-file`, `unknown-format` for everything that no reader takes.
 */
export async function sniffFormat(source: ByteSource, name: string): Promise<SniffedFormat> {
  if (source.size === 0) {
    throw new TonewrightError("empty-file", `"${name}" is empty (0 bytes)`, "export or record the file again");
  }
  const window = createByteWindow(source, name);
  const start = await skipId3(window);
  const head = await window.bytes(start, 12);
  const container = containerOf(head) ?? (await findMpegAudio(window, start));
  if (container !== undefined) return { container, start };
  if (start > 0 && start >= source.size) return { container: "mp3", start };
  const { kind, hint } = recogniseForeignFile(await window.bytes(start === source.size ? 0 : start, 512));
  throw new TonewrightError(
    "unknown-format",
    `"${name}" is not a sound file that can be read here: it looks like ${kind}`,
    hint,
  );
}

/** The offset behind all ID3v2 tags; each says its own length. */
async function skipId3(window: ByteWindow): Promise<number> {
  let start = 0;
  for (let tags = 0; tags < 16; tags++) {
    const tag = await window.bytes(start, 10);
    if (tag.length < 10 || ascii(tag, 0, 3) !== "ID3" || tag[3] === 0xff || tag[4] === 0xff) return start;
    const digits = tag.subarray(6, 10);
    if (digits.some((digit) => digit >= 0x80)) return start;
    const size = digits.reduce((sum, digit) => 128 * sum + digit, 0);
    const footer = ((tag[5] ?? 0) & 0x10) !== 0 ? 10 : 0;
    start = Math.min(window.size, start + 10 + size + footer);
  }
  return start;
}

function containerOf(head: Uint8Array): Container | undefined {
  const magic = ascii(head, 0, 4);
  const form = ascii(head, 8, 12);
  const isShort = head.length < 12;
  if (magic === "fLaC") return "flac";
  if (magic === "OggS") return "ogg";
  if (["RIFF", "RF64", "BW64", "RIFX"].includes(magic) && (isShort || form === "WAVE")) return "wav";
  if (magic === "FORM" && (isShort || form === "AIFF" || form === "AIFC")) return "aiff";
  return undefined;
}

/**
 * "mp3" if an MPEG audio frame begins at `start`, or, behind a tag or in the middle of a cut stream, within the next
 * 64 KiB if two more frames follow it.
 */
async function findMpegAudio(window: ByteWindow, start: number): Promise<Container | undefined> {
  const bytes = await window.bytes(start, SEARCH_BYTES);
  const isFrame = readMp3FrameHeader(bytes) !== undefined;
  const isRelative = nameMp3Relative(bytes) !== undefined && bytes[1] !== 0xfe; // FF FE begins UTF-16 text
  if (isFrame || isRelative) return "mp3"; // its reader refuses the relatives by name
  if (recogniseForeignFile(bytes).kind !== unknownKind) return undefined;
  for (let first = 1; first + 4 < bytes.length; first++) {
    let next = first;
    for (let frames = 0; frames < 3; frames++) {
      const frame = readMp3FrameHeader(bytes, next);
      if (frame === undefined) break;
      if (frames === 2) return "mp3";
      next += frame.bytes;
    }
  }
  return undefined;
}

const SEARCH_BYTES = 65_536;

function ascii(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}
