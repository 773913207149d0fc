import { describe, expect, it } from "vitest";
import { golden, refusal, withGaps, worstError } from "../../../fixtures/estimators/golden.ts";
import { fitNeighbourImputer, imputeFromNeighbours, type NeighbourImputer, type NeighbourWeights } from "../index.ts";

type Gappy = (number | null)[][];
const { imputation } = golden as {
  imputation: {
    table: Gappy;
    query: Gappy;
    neighbour: { neighbours: number; weights: NeighbourWeights; own: number[][]; query: number[][] }[];
  };
};
/** The part of the golden table that scikit-learn was given. */
const part = (table: Gappy, rows: number) => withGaps(table.slice(0, rows).map((row) => row.slice(0, 4)));
const table = part(imputation.table, 7);
const query = part(imputation.query, 3);
const gap = Number.NaN;

describe("fitNeighbourImputer", () => {
  it.each(imputation.neighbour)("agrees with scikit-learn: $neighbours neighbours, $weights", (entry) => {
    const { neighbours, weights } = entry;
    const imputer = fitNeighbourImputer(table, { neighbours, weights, emptyColumns: "drop", indicator: "append" });
    // scikit-learn squares distances by products, which costs it some digits in the weights.
    expect(worstError(imputeFromNeighbours(imputer, table), entry.own)).toBeLessThan(1e-12);
    expect(worstError(imputeFromNeighbours(imputer, query), entry.query)).toBeLessThan(1e-12);
  });

  it("weighs by distances over the columns that both rows have", () => {
    const lenders = [
      [0, 0, 10],
      [3, 4, 20],
      [gap, 0, 40],
    ];
    const mean = fitNeighbourImputer(lenders, { neighbours: 2 });
    // Squared distances from (0, 1): 3/2 * 1, 3/2 * 18 and 3/1 * 1: rows 0 and 2 are nearest.
    expect(imputeFromNeighbours(mean, [[0, 1, gap]])).toEqual([Float64Array.of(0, 1, 25)]);
    const near = fitNeighbourImputer(lenders, { neighbours: 3, weights: "distance" });
    // A lender at distance 0 lends alone.
    expect(imputeFromNeighbours(near, [[3, 4, gap]])).toEqual([Float64Array.of(3, 4, 20)]);
  });

  it("takes the column's mean where no lender shares a column", () => {
    const lenders = [
      [1, gap, gap],
      [3, gap, gap],
      [gap, 5, 6],
    ];
    const imputer = fitNeighbourImputer(lenders);
    expect(imputeFromNeighbours(imputer, lenders)[2]).toEqual(Float64Array.of(2, 5, 6));
  });

  it("works the same after a trip through JSON, gaps among its lenders included", () => {
    const imputer = fitNeighbourImputer(table, { neighbours: 2, emptyColumns: "fill" });
    const copy = JSON.parse(JSON.stringify(imputer)) as NeighbourImputer;
    expect(imputeFromNeighbours(copy, query)).toEqual(imputeFromNeighbours(imputer, query));
  });

  it("refuses a column without values, and no neighbours", () => {
    expect(refusal(() => fitNeighbourImputer(table))).toBe("empty-column");
    expect(refusal(() => fitNeighbourImputer([[1]], { neighbours: 0 }))).toBe("bad-option");
  });
});
