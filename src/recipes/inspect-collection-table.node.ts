import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { parseCsv, readSoundTable, rowsWithFiles, type SoundTable, type GivenRoles } from "../datasets/index.ts";
import { isTonewrightError, TonewrightError } from "../errors/index.ts";
import { readFileBytes } from "./files.node.ts";

/** How a table is chosen. */
export interface TableChoice {
  /** Path of a table, from here or below the folder; "none" for no table; left out, one is looked for. */
  readonly table?: string | undefined;
  /** Columns that the user named. */
  readonly columns: GivenRoles;
  /** Paths of the sound files, below the folder. */
  readonly paths: readonly string[];
  /** Paths of the other files, among which a table may be. */
  readonly others: readonly string[];
}

/**
 * The table about the sounds of a folder.
 *
 * Without a name, it is that table in the folder, at most two folders deep, whose rows name most sound files, and at
 * least half of its rows do. A table that was named is taken as it is, with all its faults.
 *
 * @throws TonewrightError for a table that was named: `file-not-found`, `empty-table`, `bad-table`, `no-such-column`,
 *   `no-path-column`; without a name, `no-such-column` or `no-table` if a column was.
 */
export async function findTable(
  folder: string,
  { table, columns: given, paths, others }: TableChoice,
): Promise<SoundTable | undefined> {
  if (table === "none") return undefined;
  if (table !== undefined) {
    const file = existsSync(table) || !existsSync(join(folder, table)) ? table : join(folder, table);
    const inside = relative(resolve(folder), resolve(file)).replaceAll(sep, "/");
    const name = inside.startsWith("../") ? file : inside;
    return readSoundTable(parseCsv(await readText(file), { name }), { name, given, paths });
  }
  let best: SoundTable | undefined;
  let refusal: TonewrightError | undefined;
  for (const name of others.filter((path) => /\.(csv|tsv)$/i.test(path) && path.split("/").length <= 3).sort(byName)) {
    const file = join(folder, name);
    if ((await stat(file)).size > MOST_BYTES) continue;
    try {
      const found = readSoundTable(parseCsv(await readText(file), { name }), { name, given, paths });
      const hits = rowsWithFiles(found);
      if (hits > 0 && hits >= 0.5 * found.rows.length && hits > (best === undefined ? 0 : rowsWithFiles(best)))
        best = found;
    } catch (error) {
      // What is no table about sounds is passed over.
      if (!isTonewrightError(error)) throw error;
      if (error.code === "no-such-column") refusal ??= error;
    }
  }
  const [wanted] = Object.values(given).filter((column) => column !== undefined);
  if (best === undefined && wanted !== undefined) {
    const message = `there is no table about the sounds in "${folder}" that could have a column "${wanted}"`;
    throw refusal ?? new TonewrightError("no-table", message, "give the table with --table");
  }
  return best;
}

const MOST_BYTES = 256 * 2 ** 20;

/** The usual names first: of two tables that say as much, the first is taken. */
function byName(p: string, q: string): number {
  const rank = (path: string) => (/(^|\/)(meta|metadata|labels|annotations)[^/]*$/i.test(path) ? 0 : 1);
  return rank(p) - rank(q) || (p < q ? -1 : 1);
}

const readText = async (file: string): Promise<string> => new TextDecoder().decode(await readFileBytes(file));
