import type { ByteSource } from "./byte-source.ts";

/**
 * A source of the bytes of a `Blob` or of the `File` that a user chose; the browser loads only what is read.
 *
 * @param blob - Of any size.
 */
export function blobSource(blob: Blob): ByteSource {
  return {
    size: blob.size,
    read: async (start, end) => new Uint8Array(await blob.slice(start, Math.max(start, end)).arrayBuffer()),
  };
}
