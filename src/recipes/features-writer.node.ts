import { mkdir, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { explainWriteError } from "./files.node.ts";

/** A file that is written piece by piece and has its name only when it is whole. */
export interface AtomicFile {
  write(piece: Uint8Array | string): Promise<void>;
  /** Puts it in its place. */
  commit(): Promise<void>;
  /** Removes what was written. */
  discard(): Promise<void>;
}

/**
 * Begins a file under a temporary name in the same folder.
 *
 * @param path - Its name once it is whole.
 * @param options.makeFolder - Whether a folder that is not there is made. Default no.
 * @throws TonewrightError `disk-full`, `unwritable-folder`, here and from all its functions; nothing is left behind then.
 */
export async function openAtomicFile(
  path: string,
  { makeFolder = false }: { readonly makeFolder?: boolean } = {},
): Promise<AtomicFile> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => {});
      throw explainWriteError(error, path);
    }
  };
  const file = await guarded(async () => {
    if (makeFolder) await mkdir(dirname(path), { recursive: true });
    return open(temporary, "w");
  });
  const closing = async () => file.close().catch(() => {});
  return {
    write: (piece) =>
      guarded(async () => {
        try {
          await file.writeFile(piece);
        } catch (error) {
          await closing();
          throw error;
        }
      }),
    commit: () =>
      guarded(async () => {
        try {
          await file.sync();
        } finally {
          await closing();
        }
        await rename(temporary, path);
      }),
    async discard() {
      await closing();
      await rm(temporary, { force: true }).catch(() => {});
    },
  };
}
