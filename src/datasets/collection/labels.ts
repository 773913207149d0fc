import { groupBy } from "./group-by.ts";

/** Names of folders that say what sounds are for rather than what they are. */
const SPLIT_NAMES = new Set(
  "train training val valid validation dev devel test testing eval evaluation unsup".split(" "),
);

/** How paths are to be read. */
export interface PathReading {
  /** The first folder is a split (`train`, `test`, …), and the class comes below it. */
  readonly splitFolders: boolean;
}

/** Whether all sounds lie in folders that are named after splits, at least two of them. */
export function readPaths(paths: readonly string[]): PathReading {
  const first = new Set(paths.map((path) => (path.includes("/") ? path.slice(0, path.indexOf("/")) : "")));
  const splitFolders = first.size > 1 && [...first].every((name) => SPLIT_NAMES.has(name.toLowerCase()));
  return { splitFolders };
}

/** The class that the folders name: the first one, below the split if there are such; absent for a file beside them. */
export function folderLabel(path: string, { splitFolders }: PathReading): string | undefined {
  const folders = path.split("/").slice(0, -1);
  return folders[splitFolders ? 1 : 0];
}

/** The split that the first folder names, if folders name splits. */
export function folderSplit(path: string, { splitFolders }: PathReading): string | undefined {
  return splitFolders ? path.split("/")[0] : undefined;
}

/** What a pattern finds in a path: its first group, or all of it. */
export function patternValue(path: string, pattern: RegExp): string | undefined {
  const match = pattern.exec(path);
  return match?.[1] ?? match?.[0];
}

/** Names that are probably meant to be one. */
export interface SpellingVariants {
  /** Most frequent first. */
  readonly names: readonly string[];
  readonly why: "case, spaces or signs" | "one letter";
}

/**
 * Labels that differ only in case, spaces, hyphens and underscores, or a rare one that is one letter off a frequent one.
 *
 * @param counts - Files per label.
 */
export function spellingVariants(counts: ReadonlyMap<string, number>): SpellingVariants[] {
  const byCount = [...counts].sort(([p, m], [q, n]) => n - m || (p < q ? -1 : 1)).map(([name]) => name);
  const folded = groupBy(byCount, plain);
  const found: SpellingVariants[] = [...folded.values()]
    .filter((names) => names.length > 1)
    .map((names) => ({ names, why: "case, spaces or signs" }));
  const keys = [...folded.keys()];
  for (const [k, rare] of keys.entries()) {
    const count = total(folded.get(rare), counts);
    const frequent = keys.slice(0, k).find((key) => {
      return count <= Math.max(2, 0.1 * total(folded.get(key), counts)) && oneLetterOff(key, rare);
    });
    if (frequent === undefined) continue;
    const names = [...(folded.get(frequent) ?? []), ...(folded.get(rare) ?? [])];
    found.push({ names, why: "one letter" });
  }
  return found;
}

const total = (names: readonly string[] = [], counts: ReadonlyMap<string, number>): number =>
  names.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);

function plain(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_.-]+/g, "");
}

/** Long names that become equal when one letter is replaced, added or left out; numbers are meant to differ. */
function oneLetterOff(a: string, b: string): boolean {
  const [long, short] = a.length >= b.length ? [a, b] : [b, a];
  if (short.length < 5 || long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && long[at] === short[at]) at++;
  const rest = long.length === short.length ? short.slice(at + 1) : short.slice(at);
  if (long.slice(at + 1) !== rest) return false;
  return !/\d/.test(`${long[at] ?? ""}${long.length === short.length ? (short[at] ?? "") : ""}`);
}
