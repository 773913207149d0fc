import { checkLists } from "../../errors/index.ts";
import { readTable, type Table } from "../table.ts";

/**
 * Where a table has no value.
 *
 * @param table - Shape `[samples][features]`, NaN where a value is missing.
 * @returns Shape `[samples][features]`: 1 where it is missing, else 0.
 * @throws TonewrightError `empty-table`, `ragged-table`; `non-finite-values` for an infinity.
 * @see scikit-learn 1.9 MissingIndicator
 */
export function missingMask(table: Table): Uint8Array[] {
  checkLists("missingMask(table)", { table });
  return readTable("missingMask", table, { gaps: "allow" }).map((row) => Uint8Array.from(row, isGap));
}

const isGap = (value: number): number => (Number.isNaN(value) ? 1 : 0);
