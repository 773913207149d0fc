import { checkLists } from "../../errors/index.ts";
import { readTable, type Table } from "../table.ts";

/** What a scaler learned of each column: `(value - centre) / scale`. Plain JSON. */
export interface ColumnScaler {
  readonly kind: "standard" | "min-max" | "robust" | "max-abs";
  /** Shape `[features]`. */
  readonly centre: readonly number[];
  /** Shape `[features]`, never 0. */
  readonly scale: readonly number[];
}

/**
 * The table with every column centred and scaled as fitted.
 *
 * Fit on the training rows only: a scaler that saw the test rows leaks them into the model.
 *
 * @param scaler - From `fitStandardScaler`, `fitMinMaxScaler`, `fitRobustScaler` or `fitMaxAbsScaler`.
 * @param table - Shape `[samples][features]`, the columns that were fitted.
 * @returns Shape `[samples][features]`.
 * @throws TonewrightError `column-mismatch`; `empty-table`, `ragged-table`, `non-finite-values`.
 */
export function scaleColumns(model: ColumnScaler, table: Table): Float64Array[] {
  checkLists("scaleColumns(model, table)", { table });
  const { centre, scale } = model;
  const rows = readTable("scaleColumns", table, { columns: scale.length });
  return rows.map((row) => row.map((value, j) => (value - centre[j]!) / scale[j]!));
}

/**
 * The table that `scaleColumns` would turn into this one, to rounding.
 *
 * @param scaler - The scaler that was applied.
 * @param table - Scaled, shape `[samples][features]`.
 * @returns Shape `[samples][features]`, in the original units.
 * @throws TonewrightError `column-mismatch`; `empty-table`, `ragged-table`, `non-finite-values`.
 */
export function unscaleColumns(model: ColumnScaler, table: Table): Float64Array[] {
  checkLists("unscaleColumns(model, table)", { table });
  const { centre, scale } = model;
  const rows = readTable("unscaleColumns", table, { columns: scale.length });
  return rows.map((row) => row.map((value, j) => value * scale[j]! + centre[j]!));
}

/** A spread to divide by: 1 where a column hardly varies, as scikit-learn has it. */
export function usableScale(spread: number): number {
  return spread < 10 * Number.EPSILON ? 1 : spread;
}
