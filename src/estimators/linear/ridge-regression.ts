import { checkLists, checkOptions } from "../../errors/index.ts";
import { singularValues } from "../decomposition/singular-values.ts";
import { readTargets } from "../labels.ts";
import { requireNotNegative } from "../options.ts";
import { columnMeans, dot, readTable, subtractFromRows, type Table } from "../table.ts";

/** A weighted sum of the columns. Plain JSON. */
export interface RidgeRegression {
  readonly kind: "ridge-regression";
  /** Shape `[features]`. */
  readonly coefficients: readonly number[];
  readonly intercept: number;
}

/**
 * Least squares with an L2 penalty; ordinary least squares without.
 *
 * The penalty acts in the units of the columns: scale them first. The intercept carries none. Without a penalty, columns
 * that repeat each other share their weight, as the solution of smallest norm has it.
 *
 * @param table - Shape `[samples][features]`.
 * @param targets - Number to predict for each row, shape `[samples]`.
 * @param options.penalty - Weight of the sum of squared coefficients against the sum of squared errors; 1 by default, 0
 * for ordinary least squares.
 * @returns For `predictRidge`.
 * @throws TonewrightError `bad-option`; `length-mismatch`, `empty-table`, `ragged-table`, `non-finite-values`.
 * @see scikit-learn 1.9 Ridge (svd), and LinearRegression for penalty 0
 */
export function fitRidgeRegression(
  table: Table,
  targets: ArrayLike<number>,
  options: { readonly penalty?: number } = {},
): RidgeRegression {
  checkLists("fitRidgeRegression(table, targets, options)", { table, targets });
  checkOptions("fitRidgeRegression(table, targets, options)", options, { penalty: false });
  const { penalty = 1 } = options;
  requireNotNegative("fitRidgeRegression: penalty", penalty);
  const rows = readTable("fitRidgeRegression", table);
  const wanted = readTargets("fitRidgeRegression", targets, rows.length);
  const means = columnMeans(rows);
  const middle = wanted.reduce((sum, value) => sum + value, 0) / wanted.length;
  const centred = wanted.map((value) => value - middle);
  const { values, left, right } = singularValues(subtractFromRows(rows, means));
  const floor = Number.EPSILON * Math.max(rows.length, means.length) * values[0]!;
  const coefficients = new Float64Array(means.length);
  for (const [k, value] of values.entries()) {
    if (value <= floor) continue;
    const weight = (dot(left[k]!, centred) * value) / (value * value + penalty);
    for (let j = 0; j < coefficients.length; j++) coefficients[j]! += weight * right[k]![j]!;
  }
  return {
    kind: "ridge-regression",
    coefficients: [...coefficients],
    intercept: middle - dot(coefficients, means),
  };
}

/**
 * The predicted number of each row.
 *
 * @param model - From `fitRidgeRegression`.
 * @param table - Shape `[samples][features]`.
 * @returns Shape `[samples]`.
 * @throws TonewrightError `column-mismatch`; `empty-table`, `ragged-table`, `non-finite-values`.
 */
export function predictRidge(model: RidgeRegression, table: Table): Float64Array {
  checkLists("predictRidge(model, table)", { table });
  const { coefficients, intercept } = model;
  const rows = readTable("predictRidge", table, { columns: coefficients.length });
  const weights = Float64Array.from(coefficients);
  return Float64Array.from(rows, (row) => dot(weights, row) + intercept);
}
