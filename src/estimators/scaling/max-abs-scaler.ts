import { checkLists } from "../../errors/index.ts";
import { readTable, type Table } from "../table.ts";
import { type ColumnScaler, usableScale } from "./column-scaler.ts";

/**
 * A scaler of every column's largest magnitude to 1; zeros stay zeros.
 *
 * @param table - Shape `[samples][features]`.
 * @returns For `scaleColumns`.
 * @throws TonewrightError `empty-table`, `ragged-table`, `non-finite-values`.
 * @see scikit-learn 1.9 MaxAbsScaler
 */
export function fitMaxAbsScaler(table: Table): ColumnScaler {
  checkLists("fitMaxAbsScaler(table)", { table });
  const rows = readTable("fitMaxAbsScaler", table);
  const largest = new Float64Array(rows[0]!.length);
  for (const row of rows) {
    for (let j = 0; j < largest.length; j++) largest[j] = Math.max(largest[j]!, Math.abs(row[j]!));
  }
  return { kind: "max-abs", centre: Array.from(largest, () => 0), scale: Array.from(largest, usableScale) };
}
