/**
 * A function that finds the file that a table means by a path.
 *
 * Tried in this order: below the folder, beside the table, by the last part of the path, by the last part without its
 * ending. The last two hold only where one file alone has that name, and where the folders that both paths name agree.
 *
 * @param paths - Of the files, below the folder, with `/`.
 * @param options.beside - Path of the table.
 */
export function createPathFinder(
  paths: readonly string[],
  { beside }: { readonly beside: string },
): (wanted: string) => string | undefined {
  const all = new Set(paths);
  const folder = beside.includes("/") ? beside.slice(0, beside.lastIndexOf("/") + 1) : "";
  const byName = new Map<string, string | null>();
  const byStem = new Map<string, string | null>();
  const enter = (map: Map<string, string | null>, key: string, path: string) =>
    map.set(key, map.has(key) && map.get(key) !== path ? null : path);
  for (const path of paths) {
    enter(byName, lastPart(path), path);
    enter(byStem, stem(lastPart(path)), path);
  }
  return (wanted) => {
    const path = wanted
      .trim()
      .replaceAll("\\", "/")
      .replace(/^(\.\/)+/, "");
    if (path === "") return undefined;
    if (all.has(path)) return path;
    if (all.has(folder + path)) return folder + path;
    const named = byName.get(lastPart(path));
    if (named !== undefined) return named !== null && oneEndsTheOther(path, named) ? named : undefined;
    const stemmed = byStem.get(lastPart(path)) ?? undefined;
    return stemmed !== undefined && oneEndsTheOther(path, stem(stemmed)) ? stemmed : undefined;
  };
}

const lastPart = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
const stem = (path: string): string => (lastPart(path).includes(".") ? path.slice(0, path.lastIndexOf(".")) : path);
const oneEndsTheOther = (a: string, b: string): boolean => `/${a}`.endsWith(`/${b}`) || `/${b}`.endsWith(`/${a}`);
