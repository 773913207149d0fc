import { checkBytes } from "../check-sound.ts";
/**
 * The bytes of a file, read piece by piece: memory, a file on disk (`openFileSource`) or a `Blob` (`blobSource`).
 *
 * A reader asks for a few ranges at a time, so a file may be larger than the memory.
 */
export interface ByteSource {
  /** Bytes in the whole file. */
  readonly size: number;
  /**
   * The bytes from `start` up to `end`, fewer only where the file ends before `end`.
   *
   * The array may be a view into memory that the source keeps: it is read and never written.
   */
  read(start: number, end: number): Promise<Uint8Array>;
}

/**
 * A source of bytes that are in memory already. Nothing is copied: do not change them while they are read.
 *
 * @param bytes - The whole file.
 */
export function bytesSource(bytes: Uint8Array): ByteSource {
  checkBytes("bytesSource(bytes)", bytes);
  return {
    size: bytes.length,
    read: async (start, end) => bytes.subarray(start, end),
  };
}
