import type { ByteWindow } from "./byte-window.ts";

/** One chunk of a RIFF or AIFF file; it may claim to reach past the end of the file. */
export interface IffChunk {
  /** Four characters. */
  readonly id: string;
  /** Byte offset of its content. */
  readonly start: number;
  /** Bytes of content that it claims. */
  readonly size: number;
}

/**
 * Every chunk whose header is there, in order of the file.
 *
 * It gives up after 4096 chunks, far more than a recording has: what follows is padding that looks like empty chunks.
 *
 * @param window - The whole file.
 * @param options.littleEndian - True for RIFF, false for AIFF.
 * @param options.from - Byte offset of the first chunk.
 */
export async function listIffChunks(
  window: ByteWindow,
  { littleEndian, from = FIRST_CHUNK }: { readonly littleEndian: boolean; readonly from?: number },
): Promise<IffChunk[]> {
  const chunks: IffChunk[] = [];
  let position = from;
  while (position + 8 <= window.size && chunks.length < MAX_CHUNKS) {
    const header = await window.bytes(position, 8);
    const id = String.fromCharCode(...header.subarray(0, 4));
    const size = new DataView(header.buffer, header.byteOffset, 8).getUint32(4, littleEndian);
    chunks.push({ id, start: position + 8, size });
    position += 8 + size + (size & 1);
  }
  return chunks;
}

const FIRST_CHUNK = 12;
const MAX_CHUNKS = 4096;

/** Where a sound chunk ends and in what byte order sizes are written. */
export interface AfterSound {
  readonly littleEndian: boolean;
  /** Byte offset behind the last sample. */
  readonly soundEnd: number;
}

/**
 * True if chunks, and nothing else, follow the sound up to the end of the file. What the header says about the length of
 * the sound is then right, also if it says 0; else it may be what an interrupted recorder left.
 */
export async function onlyChunksFollow(window: ByteWindow, { littleEndian, soundEnd }: AfterSound): Promise<boolean> {
  if (soundEnd + (soundEnd & 1) >= window.size) return true;
  // Some programs forget the byte of padding behind an odd length.
  for (const from of new Set([soundEnd + (soundEnd & 1), soundEnd])) {
    const chunks = await listIffChunks(window, { littleEndian, from });
    const last = chunks.at(-1);
    if (last === undefined) continue;
    const arePrintable = chunks.every((chunk) => /^[\x20-\x7e]{4}$/.test(chunk.id));
    const end = last.start + last.size + (last.size & 1);
    if (arePrintable && Math.abs(end - window.size) <= 1) return true;
  }
  return false;
}
