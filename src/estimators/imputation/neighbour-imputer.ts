import { checkLists, checkOptions } from "../../errors/index.ts";
import { averageNeighbours, type NeighbourWeights, nearestOf } from "../neighbours/nearest-rows.ts";
import { requireWhole } from "../options.ts";
import { readTable, type Table } from "../table.ts";
import { fillRow, fitGapPolicy, type GapOptions, type GapPolicy, presentMean } from "./gap-policy.ts";

/** The rows that lend their values, and how. Plain JSON. */
export interface NeighbourImputer extends GapPolicy {
  readonly kind: "neighbour-imputer";
  readonly neighbours: number;
  readonly weights: NeighbourWeights;
  /** Shape `[samples][features]`, null where a value is missing. */
  readonly rows: readonly (readonly (number | null)[])[];
  /** Mean of each column, for rows that share no column with any lender. Shape `[features]`. */
  readonly means: readonly number[];
}

/**
 * An imputer that fills a gap with the mean of that column in the most similar rows.
 *
 * Distances mix the units of the columns: scale them first. Two rows are compared on the columns that both have, and the
 * squared distance is raised in proportion to the columns that they lack.
 *
 * @param table - Shape `[samples][features]`, NaN where a value is missing.
 * @param options.neighbours - How many rows lend, at most; 5 by default.
 * @param options.weights - `uniform`, or `distance` for weights of 1 / distance.
 * @returns For `imputeFromNeighbours`. It holds the whole table.
 * @throws TonewrightError `empty-column`; `bad-option`; `empty-table`, `ragged-table`; `non-finite-values` for an
 * infinity.
 * @see scikit-learn 1.9 KNNImputer (nan_euclidean); a row with no column in common never lends, see its issue 29079
 */
export function fitNeighbourImputer(
  table: Table,
  options: GapOptions & { readonly neighbours?: number; readonly weights?: NeighbourWeights } = {},
): NeighbourImputer {
  checkLists("fitNeighbourImputer(table, options)", { table });
  checkOptions("fitNeighbourImputer(table, options)", options, {
    emptyColumns: false,
    indicator: false,
    neighbours: false,
    weights: false,
  });
  const { neighbours = 5, weights = "uniform", ...gaps } = options;
  const rows = readTable("fitNeighbourImputer", table, { gaps: "allow" });
  requireWhole("fitNeighbourImputer: neighbours", neighbours);
  return {
    kind: "neighbour-imputer",
    neighbours,
    weights,
    ...fitGapPolicy("fitNeighbourImputer", rows, gaps),
    rows: rows.map((row) => Array.from(row, (value) => (Number.isNaN(value) ? null : value))),
    means: Array.from(rows[0]!, (_, j) => presentMean(rows, j)),
  };
}

/**
 * The table with each gap filled from the nearest fitted rows that have a value there.
 *
 * Of equally distant rows the first lends (scikit-learn takes any). A row that shares no column with any lender gets the column's mean.
 *
 * @param imputer - From `fitNeighbourImputer`.
 * @param table - Shape `[samples][features]`, NaN where a value is missing.
 * @returns Shape `[samples][kept columns + indicator columns]`.
 * @throws TonewrightError `column-mismatch`; `empty-table`, `ragged-table`; `non-finite-values` for an infinity.
 */
export function imputeFromNeighbours(imputer: NeighbourImputer, table: Table): Float64Array[] {
  checkLists("imputeFromNeighbours(imputer, table)", { table });
  const rows = readTable("imputeFromNeighbours", table, { columns: imputer.columns, gaps: "allow" });
  const lenders = imputer.rows.map((row) => Float64Array.from(row, (value) => value ?? Number.NaN));
  return rows.map((row) => {
    if (!row.some(Number.isNaN)) return fillRow(row, imputer, () => 0);
    const squared = Float64Array.from(lenders, (lender) => gapDistance(row, lender));
    return fillRow(row, imputer, (j) => {
      const usable = squared.map((value, n) => (Number.isNaN(lenders[n]![j]!) ? Number.POSITIVE_INFINITY : value));
      const nearest = nearestOf(usable, imputer.neighbours);
      if (nearest.indices.length === 0) return imputer.means[j]!;
      return averageNeighbours(nearest, { weights: imputer.weights, valueAt: (n) => lenders[n]![j]! });
    });
  });
}

/** Squared distance over the columns both rows have, scaled up to all columns; infinite if they share none. */
function gapDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  let shared = 0;
  for (let j = 0; j < a.length; j++) {
    const difference = a[j]! - b[j]!;
    if (Number.isNaN(difference)) continue;
    sum += difference * difference;
    shared += 1;
  }
  return shared === 0 ? Number.POSITIVE_INFINITY : (sum * a.length) / shared;
}
