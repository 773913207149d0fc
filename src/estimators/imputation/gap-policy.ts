import { TonewrightError } from "../../errors/index.ts";
import { columnOf } from "../table.ts";

/** What to do with a column that has no value at all: refuse the table, drop the column, or fill it. */
export type EmptyColumns = "refuse" | "drop" | "fill";

/** Options of both imputers. */
export interface GapOptions {
  /** Default `refuse`, since a dropped column shifts all that follow. scikit-learn drops. */
  readonly emptyColumns?: EmptyColumns;
  /** Default `none`. `append` adds a column of 0 and 1 for each column that had gaps when fitted. */
  readonly indicator?: "none" | "append";
}

/** Which columns come out of an imputer. Plain JSON. */
export interface GapPolicy {
  /** How many columns go in. */
  readonly columns: number;
  /** The ones that come out, ascending. */
  readonly keptColumns: readonly number[];
  /** The ones whose gaps are told in columns of 0 and 1 after them, ascending. */
  readonly indicatorColumns: readonly number[];
}

/** @throws TonewrightError `empty-column` if a column has no value and `emptyColumns` is `refuse`. */
export function fitGapPolicy(
  caller: string,
  rows: readonly Float64Array[],
  { emptyColumns = "refuse", indicator = "none" }: GapOptions,
): GapPolicy {
  const every = Array.from(rows[0]!, (_, j) => j);
  const empty = new Set(every.filter((j) => rows.every((row) => Number.isNaN(row[j]!))));
  if (empty.size > 0 && emptyColumns === "refuse") {
    throw new TonewrightError(
      "empty-column",
      `${caller}: no row has a value in column ${[...empty].join(", ")}`,
      'leave the column out, or set emptyColumns to "drop" or "fill"',
    );
  }
  return {
    columns: every.length,
    keptColumns: emptyColumns === "drop" ? every.filter((j) => !empty.has(j)) : every,
    indicatorColumns: indicator === "none" ? [] : every.filter((j) => rows.some((row) => Number.isNaN(row[j]!))),
  };
}

/** One output row: the kept columns with their gaps filled, then the indicators. */
export function fillRow(row: Float64Array, policy: GapPolicy, fill: (j: number) => number): Float64Array {
  const kept = policy.keptColumns.map((j) => (Number.isNaN(row[j]!) ? fill(j) : row[j]!));
  return Float64Array.from([...kept, ...policy.indicatorColumns.map((j) => (Number.isNaN(row[j]!) ? 1 : 0))]);
}

/** The values of a column that are there. */
export function presentValues(rows: readonly Float64Array[], j: number): Float64Array {
  return columnOf(rows, j).filter((value) => !Number.isNaN(value));
}

/** Mean of the values that are there, 0 if none is. */
export function presentMean(rows: readonly Float64Array[], j: number): number {
  const values = presentValues(rows, j);
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
