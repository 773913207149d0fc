import { fitColumnImputer, fitNeighbourImputer, imputeColumns, imputeFromNeighbours } from "../../estimators/index.ts";
import { columnValues, type SoundTable } from "./sound-table.ts";

/** A column of a table that has gaps, and what could stand in them. */
export interface MissingColumn {
  readonly column: string;
  readonly kind: "numbers" | "text";
  /** Rows without a value. */
  readonly missing: number;
  /** All rows. */
  readonly rows: number;
  /** The first rows without a value, from 0; 20 at most. */
  readonly first: readonly number[];
  /** Ways to fill the gaps, the best first. */
  readonly ways: readonly ImputationWay[];
}

/** One way to fill the gaps of a column. */
export interface ImputationWay {
  readonly method: "mean" | "median" | "most-frequent" | "neighbours";
  /** What it would fill in: one value for all gaps, or those for the first rows without a value. */
  readonly fills: readonly (number | string)[];
  /** Numbers: mean distance from values that are known, when these are hidden; text: share that is guessed wrong. */
  readonly error: number;
}

/**
 * The columns of a table that have gaps, with the ways to fill them.
 *
 * Each way is tried on values that are known: every fifth of them is hidden and guessed from the others. The ways come
 * in the order of their errors there. Of a long table 2000 rows are used, evenly spread.
 *
 * @param table - With its columns understood; the one with paths is not looked at, nor one without any value.
 */
export function findMissingValues(table: SoundTable): MissingColumn[] {
  const columns = table.columns.filter((column) => column !== table.roles.path && column !== "");
  const all = columns.map((column) => ({ column, values: columnValues(table, column) }));
  // Labels, splits and groups are names, whatever they are written with.
  const { label, split, group } = table.roles;
  const numeric = all
    .filter(({ column, values }) => ![label, split, group].includes(column) && isNumeric(values))
    .map(({ column, values }) => ({ column, values: numbersOf(values) }));
  return all.flatMap(({ column, values }): MissingColumn[] => {
    const gaps = values.flatMap((value, row) => (value === undefined ? [row] : []));
    if (gaps.length === 0 || gaps.length === values.length) return [];
    const at = numeric.findIndex((one) => one.column === column);
    const first = gaps.slice(0, 20);
    const ways =
      at < 0
        ? textWays(values)
        : numberWays(
            numeric.map((one) => one.values),
            { at, first },
          );
    return [{ column, kind: at < 0 ? "text" : "numbers", missing: gaps.length, rows: values.length, first, ways }];
  });
}

const MOST_ROWS = 2000;
const HIDDEN_EVERY = 5;

function isNumeric(values: readonly (string | undefined)[]): boolean {
  const known = values.filter((value) => value !== undefined);
  return known.length > 0 && known.every((value) => Number.isFinite(Number(value)));
}

const numbersOf = (values: readonly (string | undefined)[]): Float64Array =>
  Float64Array.from(values, (value) => (value === undefined ? Number.NaN : Number(value)));

function textWays(values: readonly (string | undefined)[]): ImputationWay[] {
  const known = values.filter((value) => value !== undefined);
  const counts = new Map<string, number>();
  for (const value of known) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [name, count] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best));
  return [{ method: "most-frequent", fills: [name], error: 1 - count / known.length }];
}

/** @param columns - All columns of numbers, shape `[columns][rows]`, NaN where there is none. */
function numberWays(
  columns: readonly Float64Array[],
  { at, first }: { readonly at: number; readonly first: readonly number[] },
): ImputationWay[] {
  const count = columns[at]!.length;
  const step = Math.max(1, Math.ceil(count / MOST_ROWS));
  const used = Array.from({ length: Math.ceil(count / step) }, (_, k) => k * step);
  const rowAt = (row: number) => columns.map((values) => values[row]!);
  const rows = used.map(rowAt);
  const wanted = first.map(rowAt);
  const known = used.flatMap((_, k) => (Number.isNaN(rows[k]![at]!) ? [] : [k]));
  const hidden = known.filter((_, k) => k % HIDDEN_EVERY === HIDDEN_EVERY - 1);
  const isHidden = new Set(hidden);
  const tested = rows.map((row, k) => (isHidden.has(k) ? row.with(at, Number.NaN) : row));
  const truths = hidden.map((k) => rows[k]![at]!);
  const asked = hidden.map((k) => tested[k]!);

  const errorOf = (fill: Fill) => {
    if (truths.length === 0) return Number.NaN;
    const guesses = fill(tested, asked);
    return truths.reduce((sum, truth, k) => sum + Math.abs(truth - guesses[k]!), 0) / truths.length;
  };
  const ways: ImputationWay[] = (["mean", "median", "most-frequent"] as const).map((strategy) => {
    const fill = columnFill(strategy, at);
    return { method: strategy, fills: fill(rows, wanted).slice(0, 1), error: errorOf(fill) };
  });
  const neighbours = neighbourFill(at);
  if (columns.length > 1)
    ways.push({ method: "neighbours", fills: neighbours(rows, wanted), error: errorOf(neighbours) });
  return ways.sort((p, q) => (p.error || 0) - (q.error || 0));
}

/** What a way fitted on some rows puts into a column of others. */
type Fill = (rows: readonly (readonly number[])[], wanted: readonly (readonly number[])[]) => number[];

const columnFill =
  (strategy: "mean" | "median" | "most-frequent", at: number): Fill =>
  (rows, wanted) => {
    const imputer = fitColumnImputer(rows, { strategy, emptyColumns: "fill" });
    return imputeColumns(imputer, wanted).map((row) => row[at]!);
  };

/** Distances are between standardised columns, or the one with the largest numbers would decide alone. */
const neighbourFill =
  (at: number): Fill =>
  (rows, wanted) => {
    const scales = rows[0]!.map((_, j) => spreadOf(rows.map((row) => row[j]!)));
    const scaled = (row: readonly number[]) => row.map((value, j) => (value - scales[j]!.mean) / scales[j]!.deviation);
    const imputer = fitNeighbourImputer(rows.map(scaled), { neighbours: 5, emptyColumns: "fill" });
    const { mean, deviation } = scales[at]!;
    return imputeFromNeighbours(imputer, wanted.map(scaled)).map((row) => mean + deviation * row[at]!);
  };

function spreadOf(values: readonly number[]): { readonly mean: number; readonly deviation: number } {
  const known = values.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, known.length);
  return { mean, deviation: Math.sqrt(variance) || 1 };
}
