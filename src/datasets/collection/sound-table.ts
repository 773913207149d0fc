import { TonewrightError } from "../../errors/index.ts";
import type { CsvTable } from "./csv.ts";
import { createPathFinder } from "./path-finder.ts";

/** Columns of a table that were named by a user. */
export type GivenRoles = { readonly [Role in keyof TableRoles]?: string | undefined };

/** What the columns of a table mean. */
export interface TableRoles {
  readonly path: string;
  readonly label?: string | undefined;
  readonly split?: string | undefined;
  readonly group?: string | undefined;
}

/** A table about files, and which row is about which file. */
export interface SoundTable extends CsvTable {
  /** The table's own path below the folder, or as it was typed. */
  readonly name: string;
  readonly roles: TableRoles;
  /** Shape `[rows]`: the path of the file that the row is about, or undefined if there is none. */
  readonly files: readonly (string | undefined)[];
}

/**
 * A table with its columns understood: the one with paths, and those with label, split and group.
 *
 * The column of paths is the one whose values are files; the others are known by their usual names. Paths are taken
 * below the folder or beside the table, with or without their folders and endings where these are not needed.
 *
 * @param csv - The table.
 * @param options.name - Its path below the folder, for messages and since paths may start beside it.
 * @param options.given - Columns that were named by the user.
 * @param options.paths - All files of the folder that hold sound or should.
 * @throws TonewrightError `no-such-column` if a named column is not there, `no-path-column` if none holds paths.
 */
export function readSoundTable(
  csv: CsvTable,
  {
    name,
    given = {},
    paths,
  }: { readonly name: string; readonly given?: GivenRoles; readonly paths: readonly string[] },
): SoundTable {
  for (const [role, column] of Object.entries(given)) {
    if (column === undefined || csv.columns.includes(column)) continue;
    throw new TonewrightError(
      "no-such-column",
      `"${name}" has no column "${column}"; its columns are ${csv.columns.map((one) => `"${one}"`).join(", ")}`,
      `give one of these with --${role}-column`,
    );
  }
  const find = createPathFinder(paths, { beside: name });
  const path = given.path ?? pathColumn(csv, find);
  if (path === undefined) {
    throw new TonewrightError(
      "no-path-column",
      `no column of "${name}" names the files; its columns are ${csv.columns.map((one) => `"${one}"`).join(", ")}`,
      "say with --path-column which one does",
    );
  }
  const at = csv.columns.indexOf(path);
  const taken = new Set<string | undefined>([path, given.label, given.split, given.group]);
  const known = (names: readonly string[]) => {
    const folded = csv.columns.map((column) => column.toLowerCase().replace(/[\s-]+/g, "_"));
    return names
      .map((one) => csv.columns[folded.indexOf(one)])
      .find((column) => column !== undefined && !taken.has(column));
  };
  return {
    ...csv,
    name,
    files: csv.rows.map((row) => find(row[at] ?? "")),
    roles: {
      path,
      label: given.label ?? known(LABEL_NAMES),
      split: given.split ?? known(SPLIT_NAMES),
      group: given.group ?? known(GROUP_NAMES),
    },
  };
}

/** How many rows of a table are about files of the folder: what tells the right table from others. */
export function rowsWithFiles({ files }: SoundTable): number {
  return files.filter((file) => file !== undefined).length;
}

/** The values of a column, shape `[rows]`; undefined where it says nothing. */
export function columnValues({ columns, rows }: CsvTable, column: string): (string | undefined)[] {
  const at = columns.indexOf(column);
  return rows.map((row) => {
    const value = row[at] ?? "";
    return isMissing(value) ? undefined : value;
  });
}

/** Whether a field of a table is one of the usual ways of saying nothing. */
export function isMissing(field: string): boolean {
  return /^(|n\/?a|nan|null|none|nil|\?|-|#n\/a)$/i.test(field.trim());
}

const PATH_NAMES = "path file filename file_name filepath file_path audio audio_path wav clip fname name".split(" ");
const LABEL_NAMES = "label category class class_name classname labels genre species emotion digit word target".split(
  " ",
);
const SPLIT_NAMES = "split fold subset partition set".split(" ");
const GROUP_NAMES = (
  "group source source_id speaker speaker_id freesound_id fsid src_file session session_id artist client_id " +
  "recording_id subject subject_id"
).split(" ");

function pathColumn({ columns, rows }: CsvTable, find: (path: string) => string | undefined): string | undefined {
  const shown = rows.slice(0, 500);
  const hits = columns.map((column, k) => ({
    column,
    hits: shown.filter((row) => find(row[k] ?? "") !== undefined).length,
  }));
  const best = hits.reduce((a, b) => (b.hits > a.hits ? b : a), { column: "", hits: 0 });
  if (best.hits > 0) return best.column;
  return columns.find((column) => PATH_NAMES.includes(column.toLowerCase()));
}
