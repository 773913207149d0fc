// Remembers by content hash which set-up stages are done, under node_modules/.cache/tonewright/.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
export const cacheFolder = join(root, "node_modules", ".cache", "tonewright");

const skippedFolders = new Set(["node_modules", "dist", ".git"]);

/**
 * All files below a folder, as paths relative to the repository root, sorted.
 *
 * @param {string} folder - Relative to the root; a missing one gives an empty list.
 * @param {(path: string) => boolean} [keep]
 * @returns {string[]}
 */
export function filesBelow(folder, keep = () => true) {
  /** @type {string[]} */
  const found = [];
  const visit = (/** @type {string} */ path) => {
    if (!existsSync(join(root, path))) return;
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      const child = `${path}/${entry.name}`;
      if (entry.isDirectory() && !skippedFolders.has(entry.name)) visit(child);
      else if (entry.isFile() && keep(child)) found.push(child);
    }
  };
  visit(folder);
  return found.sort();
}

/** @type {Map<string, string>} */
const contentHashes = new Map();

/** @param {string} path */
function contentHash(path) {
  let hash = contentHashes.get(path);
  if (hash === undefined) {
    const full = join(root, path);
    hash = existsSync(full) ? createHash("sha1").update(readFileSync(full)).digest("hex") : "absent";
    contentHashes.set(path, hash);
  }
  return hash;
}

/**
 * One hash over the names and contents of files.
 *
 * @param {string[]} paths - Relative to the root; a missing file counts as absent.
 * @returns {string}
 */
export function hashOf(paths) {
  const hash = createHash("sha1");
  for (const path of paths) hash.update(`${path}\0${contentHash(path)}\n`);
  return hash.digest("hex");
}

/** Forgets the contents read so far; call it after a stage has written files that a later stage reads. */
export function forgetHashes() {
  contentHashes.clear();
}

/** @param {string} name */
export function readStamp(name) {
  const path = join(cacheFolder, `${name}.stamp`);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

/**
 * @param {string} name
 * @param {string} value - An empty string removes the stamp; do so before a stage starts to overwrite its output.
 */
export function writeStamp(name, value) {
  const path = join(cacheFolder, `${name}.stamp`);
  if (value === "") {
    rmSync(path, { force: true });
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, value);
}
