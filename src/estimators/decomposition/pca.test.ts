import { describe, expect, it } from "vitest";
import { golden, refusal, worstError } from "../../../fixtures/estimators/golden.ts";
import { fitPca, invertPca, type Pca, transformPca } from "../index.ts";

const { pca } = golden as {
  pca: (Pick<Pca, "whitening" | "explainedVariance" | "explainedVarianceRatio" | "singularValues"> & {
    table: number[][];
    components: number[][];
    coordinates: number[][];
    inverse: number[][];
  })[];
};

describe("fitPca", () => {
  it.each(pca)("agrees with scikit-learn: $table.length rows, whitening $whitening", (entry) => {
    const found = fitPca(entry.table, { components: 3, whitening: entry.whitening });
    // Table entries are up to 10: a few roundings of that.
    for (const part of ["components", "explainedVariance", "explainedVarianceRatio", "singularValues"] as const) {
      expect(worstError(found[part], entry[part])).toBeLessThan(1e-12);
    }
    expect(worstError(transformPca(found, entry.table), entry.coordinates)).toBeLessThan(1e-12);
    expect(worstError(invertPca(found, transformPca(found, entry.table)), entry.inverse)).toBeLessThan(1e-12);
  });

  it("finds the diagonal of points on it, with the positive sign", () => {
    const found = fitPca(
      [
        [-1, -2],
        [0, 0],
        [1, 2],
      ],
      { components: 1 },
    );
    expect(worstError(found.components, [[1 / Math.sqrt(5), 2 / Math.sqrt(5)]])).toBeLessThan(1e-15);
    expect(worstError(found.explainedVariance, [5])).toBeLessThan(1e-15);
    expect(found.explainedVarianceRatio).toEqual([1]);
  });

  it("gives the table back when every component is kept, though one holds nothing", () => {
    const table = [
      [1, 2, 3, 4],
      [2, 1, 0, 5],
      [7, 7, 1, 1],
    ];
    const all = fitPca(table);
    expect(all.components.length).toBe(3);
    expect(worstError(invertPca(all, transformPca(all, table)), table)).toBeLessThan(1e-14);
  });

  it("stays finite on rows that are all the same", () => {
    const table = [
      [1, 2],
      [1, 2],
      [1, 2],
    ];
    const found = fitPca(table, { whitening: "unit-variance" });
    expect(found.explainedVarianceRatio).toEqual([0, 0]);
    expect(transformPca(found, table)).toEqual(table.map(() => Float64Array.of(0, 0)));
  });

  it("refuses one row and too many components", () => {
    expect(refusal(() => fitPca([[1, 2]]))).toBe("too-few-rows");
    expect(
      refusal(() =>
        fitPca(
          [
            [1, 2],
            [3, 4],
          ],
          { components: 3 },
        ),
      ),
    ).toBe("bad-option");
    expect(
      refusal(() =>
        fitPca(
          [
            [1, 2],
            [3, 4],
          ],
          { components: 0 },
        ),
      ),
    ).toBe("bad-option");
  });
});
