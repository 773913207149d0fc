import { open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { TonewrightError } from "../errors/index.ts";
import { explainWriteError } from "./files.node.ts";
import { runFiles } from "./run-folder.node.ts";

/** Folders that this process works in: its own number in a lock says nothing about that, numbers are used again. */
const held = new Set<string>();

/**
 * Makes this process the only one that works in a run's folder.
 *
 * A lock whose process has ended is taken over. It sees processes of this machine only.
 *
 * @param folder - Absolute.
 * @returns Gives the folder free again.
 * @throws TonewrightError `run-in-use`, `unwritable-folder`, `disk-full`.
 */
export async function lockRun(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, runFiles.lock);
  if (held.has(folder)) throw inUse(folder, process.pid);
  while (!(await create(path))) {
    const found = await ownerOf(path);
    if (isAlive(found)) throw inUse(folder, found);
    await removeStale(path, { folder, found });
  }
  held.add(folder);
  return async () => {
    held.delete(folder);
    await rm(path, { force: true });
  };
}

async function create(path: string): Promise<boolean> {
  try {
    const file = await open(path, "wx");
    try {
      await file.writeFile(`${process.pid}\n`);
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw explainWriteError(error, path);
  }
}

/** The process in a lock; `undefined` if it names none, also after a moment in which it could have been written. */
async function ownerOf(path: string): Promise<number | undefined> {
  for (const wait of [0, 200]) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    const text = await readFile(path, "utf8").catch(() => "");
    if (/^\d+\n$/.test(text)) return Number(text);
  }
  return undefined;
}

function isAlive(pid: number | undefined): pid is number {
  if (pid === undefined || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Removes a lock by way of another name, so that one which a third process has made meanwhile is noticed. */
async function removeStale(
  path: string,
  { folder, found }: { folder: string; found: number | undefined },
): Promise<void> {
  const aside = `${path}.${process.pid}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw explainWriteError(error, path);
  }
  const owner = await ownerOf(aside);
  if (owner !== found && isAlive(owner)) {
    await rename(aside, path);
    throw inUse(folder, owner);
  }
  await rm(aside, { force: true });
}

function inUse(folder: string, pid: number): TonewrightError {
  return new TonewrightError(
    "run-in-use",
    `another process (${pid}) works on the run in "${folder}"`,
    "wait until it has ended, or stop it first",
  );
}
