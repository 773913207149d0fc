import { checkLists, checkOptions } from "../../errors/index.ts";
import { readTable, type Table } from "../table.ts";
import { usableScale } from "./column-scaler.ts";

/** How long a row is: its largest magnitude, the sum of magnitudes, or the Euclidean length. */
export type RowNorm = "l1" | "l2" | "max";

/**
 * Every row divided by its own norm: direction without loudness.
 *
 * It works on rows and learns nothing; the scalers work on columns. A row of zeros stays zeros.
 *
 * @param table - Shape `[samples][features]`.
 * @param options.norm - `l2` by default.
 * @returns Shape `[samples][features]`, each row of norm 1.
 * @throws TonewrightError `empty-table`, `ragged-table`, `non-finite-values`.
 * @see scikit-learn 1.9 Normalizer
 */
export function normaliseRows(table: Table, options: { readonly norm?: RowNorm } = {}): Float64Array[] {
  checkLists("normaliseRows(table, options)", { table });
  checkOptions("normaliseRows(table, options)", options, { norm: false });
  const { norm = "l2" } = options;
  return readTable("normaliseRows", table).map((row) => {
    const length = usableScale(rowNorm(row, norm));
    return row.map((value) => value / length);
  });
}

function rowNorm(row: Float64Array, norm: RowNorm): number {
  switch (norm) {
    case "l1":
      return row.reduce((sum, value) => sum + Math.abs(value), 0);
    case "l2":
      return Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    case "max":
      return row.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    default:
      return norm satisfies never;
  }
}
