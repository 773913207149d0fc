import { open } from "node:fs/promises";
import type { ByteSource } from "./byte-source.ts";

/** A `ByteSource` that holds a file open until it is closed. */
export interface FileSource extends ByteSource {
  /** Gives the file back to the system; afterwards nothing can be read. */
  close(): Promise<void>;
}

/**
 * A source of the bytes of a file on disk, to be closed by whoever opened it.
 *
 * The size is read once: a file that grows while it is read is taken as it was, one that shrinks reads as truncated.
 *
 * @param path - A file; what `fs.open` throws for a missing one is passed on.
 */
export async function openFileSource(path: string): Promise<FileSource> {
  const file = await open(path, "r");
  const { size } = await file.stat();
  return {
    size,
    async read(start, end) {
      const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - start));
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, start + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return bytes.subarray(0, filled);
    },
    close: () => file.close(),
  };
}
