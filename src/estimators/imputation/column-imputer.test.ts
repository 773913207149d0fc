import { describe, expect, it } from "vitest";
import { golden, refusal, withGaps, worstError } from "../../../fixtures/estimators/golden.ts";
import { type FillStrategy, fitColumnImputer, imputeColumns, missingMask } from "../index.ts";

type Gappy = (number | null)[][];
const { imputation } = golden as {
  imputation: {
    table: Gappy;
    query: Gappy;
    column: Record<FillStrategy, { fill: number[][]; drop: number[][] | null }>;
  };
};
const table = withGaps(imputation.table);
const query = withGaps(imputation.query);
const gap = Number.NaN;

describe("fitColumnImputer", () => {
  it.each(["mean", "median", "most-frequent", "constant"] as const)("agrees with scikit-learn: %s", (strategy) => {
    const { fill, drop } = imputation.column[strategy];
    const filler = fitColumnImputer(table, { strategy, constant: 2.5, emptyColumns: "fill", indicator: "append" });
    // Means of 8 numbers.
    expect(worstError(imputeColumns(filler, query), fill)).toBeLessThan(1e-14);
    const dropper = fitColumnImputer(table, { strategy, constant: 2.5, emptyColumns: "drop" });
    expect(dropper.keptColumns).toEqual([0, 1, 2, 4]);
    if (drop !== null) expect(worstError(imputeColumns(dropper, query), drop)).toBeLessThan(1e-14);
  });

  it("fills by hand: mean 3, median 2, most frequent 1 before 2", () => {
    const column = [[2], [1], [gap], [1], [2], [9]];
    expect(fitColumnImputer(column).fills).toEqual([3]);
    expect(fitColumnImputer(column, { strategy: "median" }).fills).toEqual([2]);
    expect(fitColumnImputer(column, { strategy: "most-frequent" }).fills).toEqual([1]);
    expect(imputeColumns(fitColumnImputer(column), [[gap], [7]])).toEqual([Float64Array.of(3), Float64Array.of(7)]);
  });

  it("refuses a column without values unless told what to do with it", () => {
    expect(refusal(() => fitColumnImputer(table))).toBe("empty-column");
    expect(() => fitColumnImputer(table)).toThrow("no row has a value in column 3");
    expect(refusal(() => fitColumnImputer([[1, gap]], { strategy: "constant" }))).toBe("empty-column");
    expect(refusal(() => fitColumnImputer([[1]], { strategy: "constant", constant: gap }))).toBe("bad-option");
  });
});

describe("missingMask", () => {
  it("marks what is missing", () => {
    expect(
      missingMask([
        [1, gap],
        [gap, 0],
      ]),
    ).toEqual([Uint8Array.of(0, 1), Uint8Array.of(1, 0)]);
  });
});
