import { checkLists } from "../../errors/index.ts";
import { columnMeans, readTable, type Table } from "../table.ts";
import type { ColumnScaler } from "./column-scaler.ts";

/**
 * A scaler to mean 0 and standard deviation 1 in every column.
 *
 * The deviation divides by the number of rows, not by one less. A column that is constant up to rounding is centred only.
 *
 * @param table - Shape `[samples][features]`.
 * @returns For `scaleColumns`.
 * @throws TonewrightError `empty-table`, `ragged-table`, `non-finite-values` (scikit-learn passes NaN through; impute it
 * instead).
 * @see scikit-learn 1.9 StandardScaler
 */
export function fitStandardScaler(table: Table): ColumnScaler {
  checkLists("fitStandardScaler(table)", { table });
  const rows = readTable("fitStandardScaler", table);
  const means = columnMeans(rows);
  const squares = new Float64Array(means.length);
  const residues = new Float64Array(means.length);
  for (const row of rows) {
    for (let j = 0; j < means.length; j++) {
      const deviation = row[j]! - means[j]!;
      squares[j]! += deviation * deviation;
      residues[j]! += deviation;
    }
  }
  const scale = Array.from(means, (mean, j) => {
    // The residues would sum to 0 if the mean were exact: what is left corrects the variance.
    const variance = (squares[j]! - residues[j]! ** 2 / rows.length) / rows.length;
    const rounding = rows.length * Number.EPSILON * variance + (rows.length * mean * Number.EPSILON) ** 2;
    return variance <= rounding ? 1 : Math.sqrt(variance);
  });
  return { kind: "standard", centre: [...means], scale };
}
