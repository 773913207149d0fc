import { open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { nearestName, TonewrightError } from "../errors/index.ts";

/**
 * Writes a file so that a kill, a full disk or an error at any moment leaves the old file or the new one, never a part.
 *
 * The bytes go to a temporary name in the same folder, to the disk, and only then to the name itself. The folder must exist.
 *
 * @param path - Of the file.
 * @param content - All of it.
 * @throws TonewrightError `disk-full`, `unwritable-folder`; the temporary file is removed.
 */
export async function writeFileAtomic(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    const file = await open(temporary, "w");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw explainWriteError(error, path);
  }
}

/**
 * Nothing, if there are no files at some paths.
 *
 * @throws TonewrightError `file-exists` with the first that is there.
 */
export async function requireFree(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const free = await stat(path).then(
      () => false,
      () => true,
    );
    if (!free)
      throw new TonewrightError("file-exists", `"${path}" is there already`, "choose an empty folder with --out");
  }
}

/**
 * Nothing, if no file that will be written is one that is read.
 *
 * Looks at the files themselves: other spellings of a path, links and hard links count as the same file.
 *
 * @param inputs - Paths that are read; those that do not exist cannot be harmed.
 * @param outputs - Paths that will be written.
 * @throws TonewrightError `overwrites-input` with the first output that is an input.
 */
export async function requireSeparate(inputs: readonly string[], outputs: readonly string[]): Promise<void> {
  const identify = async (path: string) =>
    stat(path, { bigint: true }).then(
      ({ dev, ino }) => ({ path, id: `${dev}:${ino}` }),
      () => undefined,
    );
  const read = await Promise.all(inputs.map(identify));
  for (const output of outputs) {
    const written = await identify(output);
    const input = read.find((one) => one !== undefined && one.id === written?.id);
    if (input === undefined) continue;
    const also = input.path === output ? "one of the files to read" : `the same file as "${input.path}", which is read`;
    throw new TonewrightError("overwrites-input", `"${output}" is ${also}`, "give another file to write to");
  }
}

/**
 * The whole content of a file.
 *
 * @throws TonewrightError `file-not-found` (with the nearest name in the folder), `unreadable-file`.
 */
export async function readFileBytes(path: string): Promise<Uint8Array> {
  try {
    const buffer = await readFile(path);
    // Not Node's Buffer: its `slice` is a view, an array's is a copy.
    return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" && code !== "ENOTDIR") {
      const what = code === "EISDIR" ? "it is a folder" : `the system says ${code ?? String(error)}`;
      throw new TonewrightError("unreadable-file", `"${path}" cannot be read: ${what}`, "give a file you may read", {
        cause: error,
      });
    }
    const folder = dirname(resolve(path));
    const names = await readdir(folder).catch(() => undefined);
    const nearest = nearestName(basename(path), names ?? []);
    const hint =
      names === undefined
        ? `there is no folder "${folder}" either; check the path`
        : `${nearest === undefined ? "check the path" : `did you mean "${join(dirname(path), nearest)}"?`}`;
    throw new TonewrightError("file-not-found", `there is no file "${path}"`, hint, { cause: error });
  }
}

/** The error a user can act on, for one of the file system's while writing `path`; others are returned as they are. */
export function explainWriteError(error: unknown, path: string): unknown {
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
    case "EFBIG":
      return new TonewrightError(
        "disk-full",
        `there is no room to write "${path}" (${code})`,
        "free some space or choose a folder on another disk; what was there before is unchanged",
        { cause: error },
      );
    case "EACCES":
    case "EPERM":
    case "EROFS":
    case "ENOTDIR":
    case "ENOENT":
    case "EISDIR":
    case "EEXIST":
    case "ENAMETOOLONG":
      return new TonewrightError(
        "unwritable-folder",
        `"${path}" cannot be written: ${reasons[code]} (${code})`,
        "choose another path, in a folder that exists and that you may write to",
        { cause: error },
      );
    default:
      return error;
  }
}

const reasons = {
  EACCES: "you may not write there",
  EPERM: "you may not write there",
  EROFS: "that disk is read-only",
  ENOTDIR: "a part of its path is a file, not a folder",
  ENOENT: "its folder does not exist",
  EISDIR: "it is a folder",
  EEXIST: "a file has that name",
  ENAMETOOLONG: "the name is too long",
} as const;
