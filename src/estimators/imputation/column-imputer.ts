import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import { percentile } from "../percentile.ts";
import { readTable, type Table } from "../table.ts";
import { fillRow, fitGapPolicy, type GapOptions, type GapPolicy, presentMean, presentValues } from "./gap-policy.ts";

/** What stands in for a missing value. */
export type FillStrategy = "mean" | "median" | "most-frequent" | "constant";

/** One value for the gaps of each column. Plain JSON. */
export interface ColumnImputer extends GapPolicy {
  readonly kind: "column-imputer";
  readonly strategy: FillStrategy;
  /** Shape `[columns]`. */
  readonly fills: readonly number[];
}

/**
 * An imputer that fills every gap of a column with one value: its mean, median, most frequent value, or a constant.
 *
 * Fit on the training rows only. Of equally frequent values the smallest is taken. A column without any value is refused;
 * with `emptyColumns: "fill"` it becomes 0, or the constant.
 *
 * @param table - Shape `[samples][features]`, NaN where a value is missing.
 * @param options.strategy - Default `mean`.
 * @param options.constant - For strategy `constant`; 0 by default.
 * @returns For `imputeColumns`.
 * @throws TonewrightError `empty-column`; `bad-option` if the constant is not finite; `empty-table`, `ragged-table`;
 * `non-finite-values` for an infinity.
 * @see scikit-learn 1.9 SimpleImputer (add_indicator is `indicator`, keep_empty_features is `emptyColumns`)
 */
export function fitColumnImputer(
  table: Table,
  options: GapOptions & { readonly strategy?: FillStrategy; readonly constant?: number } = {},
): ColumnImputer {
  checkLists("fitColumnImputer(table, options)", { table });
  checkOptions("fitColumnImputer(table, options)", options, {
    emptyColumns: false,
    indicator: false,
    strategy: false,
    constant: false,
  });
  const { strategy = "mean", constant = 0, ...gaps } = options;
  const rows = readTable("fitColumnImputer", table, { gaps: "allow" });
  if (!Number.isFinite(constant)) {
    throw new TonewrightError("bad-option", `fitColumnImputer: constant is ${constant}`, "give a finite number");
  }
  const fills = Array.from(rows[0]!, (_, j) => {
    if (strategy === "constant") return constant;
    if (strategy === "mean") return presentMean(rows, j);
    const sorted = presentValues(rows, j).sort();
    if (sorted.length === 0) return 0;
    return strategy === "median" ? percentile(sorted, 50) : mostFrequent(sorted);
  });
  return { kind: "column-imputer", strategy, ...fitGapPolicy("fitColumnImputer", rows, gaps), fills };
}

/**
 * The table with its gaps filled as fitted.
 *
 * @param imputer - From `fitColumnImputer`.
 * @param table - Shape `[samples][features]`, NaN where a value is missing.
 * @returns Shape `[samples][kept columns + indicator columns]`.
 * @throws TonewrightError `column-mismatch`; `empty-table`, `ragged-table`; `non-finite-values` for an infinity.
 */
export function imputeColumns(imputer: ColumnImputer, table: Table): Float64Array[] {
  checkLists("imputeColumns(imputer, table)", { table });
  const rows = readTable("imputeColumns", table, { columns: imputer.columns, gaps: "allow" });
  return rows.map((row) => fillRow(row, imputer, (j) => imputer.fills[j]!));
}

function mostFrequent(sorted: Float64Array): number {
  let best = sorted[0]!;
  let bestCount = 0;
  for (let start = 0, n = 0; n < sorted.length; n++) {
    if (sorted[n] !== sorted[start]) start = n;
    if (n - start + 1 > bestCount) {
      best = sorted[n]!;
      bestCount = n - start + 1;
    }
  }
  return best;
}
