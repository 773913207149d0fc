import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import { columnOf, readTable, type Table } from "../table.ts";
import { type ColumnScaler, usableScale } from "./column-scaler.ts";

/**
 * A scaler of every column's range to `[low, high]`.
 *
 * One outlier squeezes everything else together, and rows outside the fitted range leave the interval. A constant column
 * becomes `low`.
 *
 * @param table - Shape `[samples][features]`.
 * @param options.low - Where each column's smallest value goes.
 * @param options.high - Where its largest goes, above `low`.
 * @returns For `scaleColumns`.
 * @throws TonewrightError `bad-option` unless `low < high`; `empty-table`, `ragged-table`, `non-finite-values`.
 * @see scikit-learn 1.9 MinMaxScaler
 */
export function fitMinMaxScaler(
  table: Table,
  options: { readonly low?: number; readonly high?: number } = {},
): ColumnScaler {
  checkLists("fitMinMaxScaler(table, options)", { table });
  checkOptions("fitMinMaxScaler(table, options)", options, { low: false, high: false });
  const { low = 0, high = 1 } = options;
  const rows = readTable("fitMinMaxScaler", table);
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high)) {
    throw new TonewrightError("bad-option", `fitMinMaxScaler: low ${low}, high ${high}`, "give low below high");
  }
  const columns = Array.from(rows[0]!, (_, j) => columnOf(rows, j));
  const least = columns.map((column) => column.reduce((a, b) => Math.min(a, b)));
  const most = columns.map((column) => column.reduce((a, b) => Math.max(a, b)));
  const scale = least.map((value, j) => usableScale(most[j]! - value) / (high - low));
  return { kind: "min-max", centre: least.map((value, j) => value - low * scale[j]!), scale };
}
