import { checkLists, checkOptions } from "../../errors/index.ts";
import { readTargets } from "../labels.ts";
import { requireWhole } from "../options.ts";
import { readTable, squaredDistance, type Table, typedRows } from "../table.ts";
import type { KnnOptions } from "./knn-classifier.ts";
import { averageNeighbours, nearestOf, type NeighbourWeights } from "./nearest-rows.ts";

/** The training rows and their targets. Plain JSON. */
export interface KnnRegressor {
  readonly kind: "knn-regressor";
  readonly neighbours: number;
  readonly weights: NeighbourWeights;
  /** Shape `[samples]`. */
  readonly targets: readonly number[];
  /** Shape `[samples][features]`. */
  readonly rows: readonly (readonly number[])[];
}

/**
 * A regressor by the mean of the nearest training rows' targets, in Euclidean distance.
 *
 * Distances mix the units of the columns: scale them first.
 *
 * @param table - Shape `[samples][features]`.
 * @param targets - Number to predict for each row, shape `[samples]`.
 * @returns For `predictKnnValues`. It holds the whole table.
 * @throws TonewrightError `too-few-rows` if there are fewer rows than neighbours; `length-mismatch`, `bad-option`,
 * `empty-table`, `ragged-table`, `non-finite-values`.
 * @see scikit-learn 1.9 KNeighborsRegressor
 */
export function fitKnnRegressor(table: Table, targets: ArrayLike<number>, options: KnnOptions = {}): KnnRegressor {
  checkLists("fitKnnRegressor(table, targets, options)", { table, targets });
  checkOptions("fitKnnRegressor(table, targets, options)", options, { neighbours: false, weights: false });
  const { neighbours = 5, weights = "uniform" } = options;
  requireWhole("fitKnnRegressor: neighbours", neighbours);
  const rows = readTable("fitKnnRegressor", table, { minimumRows: neighbours });
  const values = readTargets("fitKnnRegressor", targets, rows.length);
  return { kind: "knn-regressor", neighbours, weights, targets: [...values], rows: rows.map((row) => [...row]) };
}

/**
 * The mean of the nearest rows' targets; of rows at equal distance the first in the table counts.
 *
 * @param model - From `fitKnnRegressor`.
 * @param table - Shape `[samples][features]`.
 * @returns Shape `[samples]`.
 * @throws TonewrightError `column-mismatch`; `empty-table`, `ragged-table`, `non-finite-values`.
 */
export function predictKnnValues(model: KnnRegressor, table: Table): Float64Array {
  checkLists("predictKnnValues(model, table)", { table });
  const rows = readTable("predictKnnValues", table, { columns: model.rows[0]!.length });
  const known = typedRows(model.rows);
  return Float64Array.from(rows, (row) => {
    const squared = known.map((other) => squaredDistance(row, other));
    const nearest = nearestOf(squared, model.neighbours);
    return averageNeighbours(nearest, { weights: model.weights, valueAt: (n) => model.targets[n]! });
  });
}
