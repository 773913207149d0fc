import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { TonewrightError } from "../errors/index.ts";
import type { FolderProblem } from "../datasets/index.ts";

/** One thing that is met on the way through a folder. */
export type WalkStep =
  /** A file that is not hidden; its path is below the folder, with `/`. */
  | { readonly type: "file"; readonly path: string }
  | { readonly type: "problem"; readonly problem: FolderProblem }
  /** A hidden file or folder, passed over. */
  | { readonly type: "hidden" };

/**
 * Every file below a folder, folder by folder, names in the order of their code units.
 *
 * Names that begin with a dot are passed over. Links to files count as files; links to folders are followed once all
 * folders that are there themselves were visited, and no folder is entered twice, so that links in a circle end.
 *
 * @param folder - Where to begin.
 * @throws TonewrightError `folder-not-found`, `not-a-folder`, `unreadable-folder` for the folder itself.
 */
export async function* walkFolder(folder: string): AsyncGenerator<WalkStep> {
  const visited = new Set([await idOf(folder).catch((error: NodeJS.ErrnoException) => refuse(folder, error))]);
  const links: string[] = [];
  const waiting = [""];
  for (;;) {
    const inside = waiting.pop();
    if (inside === undefined) {
      const link = links.shift();
      if (link === undefined) return;
      const id = await idOf(join(folder, link));
      if (!visited.has(id)) {
        visited.add(id);
        waiting.push(link);
        continue;
      }
      const kind = (await isAbove(folder, link, id)) ? "loop" : "linked-twice";
      yield { type: "problem", problem: { path: link, kind } };
      continue;
    }
    const entries = await readdir(join(folder, inside), { withFileTypes: true }).catch(
      (error: NodeJS.ErrnoException) => (inside === "" ? refuse(folder, error) : undefined),
    );
    if (entries === undefined) {
      yield { type: "problem", problem: { path: inside, kind: "unreadable" } };
      continue;
    }
    const folders: string[] = [];
    for (const entry of entries.sort((p, q) => (p.name < q.name ? -1 : 1))) {
      const path = inside === "" ? entry.name : `${inside}/${entry.name}`;
      if (entry.name.startsWith(".")) yield { type: "hidden" };
      else if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile()) yield { type: "file", path };
      else if (entry.isSymbolicLink()) {
        const target = await stat(join(folder, path)).catch((error: NodeJS.ErrnoException) => error.code ?? "");
        if (typeof target === "string") {
          const kind = target === "ELOOP" ? "loop" : target === "EACCES" ? "unreadable" : "broken-link";
          yield { type: "problem", problem: { path, kind } };
        } else if (target.isDirectory()) links.push(path);
        else if (target.isFile()) yield { type: "file", path };
      }
    }
    for (const path of folders) {
      visited.add(await idOf(join(folder, path)).catch(() => path));
    }
    waiting.push(...folders.reverse());
  }
}

async function idOf(path: string): Promise<string> {
  const { dev, ino } = await stat(path, { bigint: true });
  return `${dev}:${ino}`;
}

/** Whether a folder is one of those that a path leads through. */
async function isAbove(folder: string, path: string, id: string): Promise<boolean> {
  const parts = path.split("/");
  for (let depth = 0; depth < parts.length; depth++) {
    if ((await idOf(join(folder, ...parts.slice(0, depth)))) === id) return true;
  }
  return false;
}

function refuse(folder: string, error: NodeJS.ErrnoException): never {
  const cause = { cause: error };
  if (error.code === "ENOENT") {
    throw new TonewrightError("folder-not-found", `there is no folder "${folder}"`, "check the path", cause);
  }
  if (error.code === "ENOTDIR") {
    const hint = "give the folder that holds the sounds";
    throw new TonewrightError("not-a-folder", `"${folder}" is a file, not a folder`, hint, cause);
  }
  throw new TonewrightError(
    "unreadable-folder",
    `"${folder}" cannot be read: the system says ${error.code ?? String(error)}`,
    "give yourself the right to read it, or give another folder",
    cause,
  );
}
