import type { ByteSource } from "./byte-source.ts";
import { cutShort } from "./file-refusal.ts";

/** Reads small pieces of a source, as headers need them, without asking the source for each. */
export interface ByteWindow {
  /** Bytes in the whole file. */
  readonly size: number;
  /**
   * The bytes from `start` on, `length` of them or as many as the file still has. Never to be written.
   *
   * @throws TonewrightError `truncated-file` if the file became shorter since it was opened.
   */
  bytes(start: number, length: number): Promise<Uint8Array>;
}

/**
 * A window of 64 KiB on a source, which moves to where bytes are asked for.
 *
 * @param source - Asked for 64 KiB at a time, or for one larger piece.
 * @param name - File name for messages.
 */
export function createByteWindow(source: ByteSource, name: string): ByteWindow {
  let windowStart = 0;
  let window: Uint8Array = new Uint8Array(0);
  return {
    size: source.size,
    async bytes(start, length) {
      const end = Math.min(start + length, source.size);
      if (start >= end) return new Uint8Array(0);
      if (start < windowStart || end > windowStart + window.length) {
        const wanted = Math.min(source.size, start + Math.max(end - start, WINDOW_BYTES));
        window = await source.read(start, wanted);
        windowStart = start;
        if (window.length < wanted - start) {
          throw cutShort(name, `it ended at byte ${start + window.length} while it was read`);
        }
      }
      return window.subarray(start - windowStart, end - windowStart);
    },
  };
}

const WINDOW_BYTES = 65_536;

/**
 * The part of a source that begins behind a tag, as if it were a file of its own.
 *
 * @param source - The whole file.
 * @param range - Byte offsets; `end` defaults to the end of the file.
 */
export function sourcePart(
  source: ByteSource,
  { start, end = source.size }: { readonly start: number; readonly end?: number },
): ByteSource {
  if (start === 0 && end === source.size) return source;
  return {
    size: end - start,
    read: (from, to) => source.read(start + from, Math.min(start + to, end)),
  };
}
