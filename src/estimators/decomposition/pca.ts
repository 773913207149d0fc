import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import { requireWhole } from "../options.ts";
import { columnMeans, dot, readTable, subtractFromRows, type Table, typedRows } from "../table.ts";
import { singularValues } from "./singular-values.ts";

/** Directions of largest variance. Plain JSON. */
export interface Pca {
  readonly kind: "pca";
  /** Mean of each column, shape `[features]`. */
  readonly means: readonly number[];
  /** Unit vectors, shape `[components][features]`; the entry of largest magnitude is positive. */
  readonly components: readonly (readonly number[])[];
  /** Variance along each component, dividing by one less than the rows, shape `[components]`. */
  readonly explainedVariance: readonly number[];
  /** The same as shares of the variance of all columns, 0 to 1. */
  readonly explainedVarianceRatio: readonly number[];
  /** Shape `[components]`, descending. */
  readonly singularValues: readonly number[];
  /** Whether coordinates are divided by their standard deviation. */
  readonly whitening: "none" | "unit-variance";
}

/**
 * Principal components: the directions in which the rows vary most, by an exact decomposition.
 *
 * It follows the columns with the largest numbers: scale them first if their units differ.
 *
 * @param table - Shape `[samples][features]`, at least 2 rows.
 * @param options.components - How many to keep, up to the smaller of rows and columns, which is the default.
 * @param options.whitening - `unit-variance` gives every coordinate variance 1, and with it noise as much room as signal.
 * @returns For `transformPca` and `invertPca`.
 * @throws TonewrightError `too-few-rows`; `bad-option` for too many components; `empty-table`, `ragged-table`,
 * `non-finite-values`.
 * @see scikit-learn 1.9 PCA (full), signs by its svd_flip on the components (before 1.5 it went by the coordinates)
 */
export function fitPca(
  table: Table,
  options: { readonly components?: number; readonly whitening?: Pca["whitening"] } = {},
): Pca {
  checkLists("fitPca(table, options)", { table });
  checkOptions("fitPca(table, options)", options, { components: false, whitening: false });
  const { components, whitening = "none" } = options;
  const rows = readTable("fitPca", table, { minimumRows: 2 });
  const available = Math.min(rows.length, rows[0]!.length);
  const kept = components ?? available;
  requireWhole("fitPca: components", kept);
  if (kept > available) {
    throw new TonewrightError(
      "bad-option",
      `fitPca: ${kept} components of ${rows.length} rows and ${rows[0]!.length} columns`,
      `ask for at most ${available}`,
    );
  }
  const means = columnMeans(rows);
  const { values, right } = singularValues(subtractFromRows(rows, means));
  const variances = Array.from(values, (value) => value ** 2 / (rows.length - 1));
  const total = variances.reduce((sum, variance) => sum + variance, 0);
  return {
    kind: "pca",
    means: [...means],
    components: right.slice(0, kept).map(signedByLargest),
    explainedVariance: variances.slice(0, kept),
    explainedVarianceRatio: variances.slice(0, kept).map((variance) => (total === 0 ? 0 : variance / total)),
    singularValues: [...values.slice(0, kept)],
    whitening,
  };
}

/**
 * Coordinates of rows along the components.
 *
 * @param pca - From `fitPca`.
 * @param table - Shape `[samples][features]`.
 * @returns Shape `[samples][components]`.
 * @throws TonewrightError `column-mismatch`; `empty-table`, `ragged-table`, `non-finite-values`.
 */
export function transformPca(pca: Pca, table: Table): Float64Array[] {
  checkLists("transformPca(pca, table)", { table });
  const rows = readTable("transformPca", table, { columns: pca.means.length });
  const scales = componentScales(pca);
  const components = typedRows(pca.components);
  return subtractFromRows(rows, pca.means).map((row) =>
    Float64Array.from(components, (component, k) => dot(component, row) / scales[k]!),
  );
}

/**
 * The rows nearest to given coordinates: what `transformPca` was given, less what the dropped components held.
 *
 * @param pca - From `fitPca`.
 * @param table - Coordinates, shape `[samples][components]`.
 * @returns Shape `[samples][features]`.
 * @throws TonewrightError `column-mismatch`; `empty-table`, `ragged-table`, `non-finite-values`.
 */
export function invertPca(pca: Pca, table: Table): Float64Array[] {
  checkLists("invertPca(pca, table)", { table });
  const rows = readTable("invertPca", table, { columns: pca.components.length });
  const scales = componentScales(pca);
  return rows.map((row) => {
    const result = Float64Array.from(pca.means);
    for (const [k, component] of pca.components.entries()) {
      for (let j = 0; j < result.length; j++) result[j]! += row[k]! * scales[k]! * component[j]!;
    }
    return result;
  });
}

/** What coordinates are divided by; a component without variance is as good as noise and is divided by a tiny number. */
function componentScales({ explainedVariance, whitening }: Pca): number[] {
  return explainedVariance.map((variance) =>
    whitening === "none" ? 1 : Math.max(Math.sqrt(variance), Number.EPSILON),
  );
}

function signedByLargest(component: Float64Array): number[] {
  let largest = 0;
  for (const value of component) if (Math.abs(value) > Math.abs(largest)) largest = value;
  return Array.from(component, (value) => (largest < 0 ? -value : value));
}
