import { describe, expect, it } from "vitest";
import { golden, worstError } from "../../../fixtures/estimators/golden.ts";
import { normaliseRows, type RowNorm } from "../index.ts";

const { scaling } = golden as { scaling: { table: number[][]; normed: Record<RowNorm, number[][]> } };

describe("normaliseRows", () => {
  it.each(["l1", "l2", "max"] as const)("agrees with scikit-learn by %s, on a row of zeros too", (norm) => {
    const table = [...scaling.table, [0, 0, 0, 0, 0]];
    expect(worstError(normaliseRows(table, { norm }), scaling.normed[norm])).toBeLessThan(1e-12);
  });

  it("makes of 3 and -4: length 5, magnitudes 7, largest 4", () => {
    expect(normaliseRows([[3, -4]])).toEqual([Float64Array.of(0.6, -0.8)]);
    expect(normaliseRows([[3, -4]], { norm: "l1" })).toEqual([Float64Array.of(3 / 7, -4 / 7)]);
    expect(normaliseRows([[3, -4]], { norm: "max" })).toEqual([Float64Array.of(0.75, -1)]);
  });
});
