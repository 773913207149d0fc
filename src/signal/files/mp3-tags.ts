import type { ByteWindow } from "./byte-window.ts";
import { cutShort } from "./file-refusal.ts";

/** Where the sound of a tagged file lies. */
export interface TaggedSpan {
  /** Byte offset behind the tags in front. */
  readonly start: number;
  /** Byte offset of the first tag at the end, or the end of the file. */
  readonly end: number;
}

/**
 * The part of an MP3 file between its tags: ID3v2 in front; ID3v1, Lyrics3, APE and ID3v2 at the end.
 *
 * @throws TonewrightError `truncated-file` if a tag in front is longer than the file.
 * @see https://id3.org/id3v2.4.0-structure, https://id3.org/Lyrics3v2, https://wiki.hydrogenaud.io/index.php?title=APEv2
 */
export async function findMp3Span(window: ByteWindow, name: string): Promise<TaggedSpan> {
  let start = 0;
  for (;;) {
    const length = tagInFront(await window.bytes(start, 32));
    if (length === 0) break;
    if (start + length > window.size) {
      throw cutShort(name, `its tag declares ${length} bytes, ${window.size - start} are there`);
    }
    start += length;
  }
  let end = window.size;
  while (end > start) {
    const length = await tagAtEnd(window, start, end);
    if (length === 0 || end - length < start) break;
    end -= length;
  }
  return { start, end };
}

/** Bytes of the tag that begins with `head`, 0 if none does. */
export function tagInFront(head: Uint8Array): number {
  if (ascii(head, 0, 3) === "ID3" && head.length >= 10) {
    const sizes = head.subarray(6, 10);
    if (sizes.every((byte) => byte < 128)) {
      return 10 + sizes.reduce((size, byte) => 128 * size + byte, 0) + ((head[5] ?? 0) & 0x10 ? 10 : 0);
    }
  }
  if (ascii(head, 0, 8) === "APETAGEX" && head.length === 32) return 32 + littleEndian(head, 12);
  return 0;
}

/** Bytes of the tag that ends at `end`, 0 if none does. */
async function tagAtEnd(window: ByteWindow, start: number, end: number): Promise<number> {
  const before = (length: number) => (end - length < start ? NO_BYTES : window.bytes(end - length, length));
  if (ascii(await before(128), 0, 3) === "TAG") return 128;
  if (ascii(await before(227), 0, 4) === "TAG+") return 227;
  const foot = await before(32);
  if (ascii(foot, 0, 8) === "APETAGEX") return littleEndian(foot, 12) + ((foot[23] ?? 0) & 0x80 ? 32 : 0);
  const last = await before(15);
  if (ascii(last, 6, 9) === "LYRICS200") return 15 + Number(/^\d{6}/.exec(ascii(last, 0, 6))?.[0] ?? Number.NaN) || 0;
  if (ascii(last, 6, 9) === "LYRICSEND") {
    const text = await before(Math.min(end - start, 5100 + 20));
    const begin = ascii(text, 0, text.length).lastIndexOf("LYRICSBEGIN");
    return begin < 0 ? 0 : text.length - begin;
  }
  if (ascii(last, 5, 3) === "3DI") return 20 + last.subarray(11).reduce((size, byte) => 128 * size + byte, 0);
  return 0;
}

const NO_BYTES = new Uint8Array(0);

function ascii(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

function littleEndian(bytes: Uint8Array, at: number): number {
  const [b0 = 0, b1 = 0, b2 = 0, b3 = 0] = bytes.subarray(at, at + 4);
  return b0 + 256 * (b1 + 256 * (b2 + 256 * b3));
}
