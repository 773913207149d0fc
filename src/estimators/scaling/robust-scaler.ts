import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import { columnOf, readTable, type Table } from "../table.ts";
import { type ColumnScaler, usableScale } from "./column-scaler.ts";
import { percentile } from "../percentile.ts";

/**
 * A scaler to median 0 and a distance of 1 between two percentiles, so that a few outliers hardly count.
 *
 * @param table - Shape `[samples][features]`.
 * @param options.lowPercentile - 0 to 100.
 * @param options.highPercentile - Above `lowPercentile`, up to 100.
 * @returns For `scaleColumns`. A column whose percentiles coincide is centred only.
 * @throws TonewrightError `bad-option` if the percentiles are out of order; `empty-table`, `ragged-table`,
 * `non-finite-values`.
 * @see scikit-learn 1.9 RobustScaler
 */
export function fitRobustScaler(
  table: Table,
  options: { readonly lowPercentile?: number; readonly highPercentile?: number } = {},
): ColumnScaler {
  checkLists("fitRobustScaler(table, options)", { table });
  checkOptions("fitRobustScaler(table, options)", options, { lowPercentile: false, highPercentile: false });
  const { lowPercentile = 25, highPercentile = 75 } = options;
  const rows = readTable("fitRobustScaler", table);
  if (!(lowPercentile >= 0 && lowPercentile < highPercentile && highPercentile <= 100)) {
    throw new TonewrightError(
      "bad-option",
      `fitRobustScaler: percentiles ${lowPercentile} to ${highPercentile}`,
      "give two numbers from 0 to 100, the smaller first",
    );
  }
  const sorted = Array.from(rows[0]!, (_, j) => columnOf(rows, j).sort());
  return {
    kind: "robust",
    centre: sorted.map((column) => percentile(column, 50)),
    scale: sorted.map((column) => usableScale(percentile(column, highPercentile) - percentile(column, lowPercentile))),
  };
}
