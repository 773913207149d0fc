import { describe, expect, it } from "vitest";
import { golden, refusal, worstError } from "../../../fixtures/estimators/golden.ts";
import { fitRidgeRegression, predictRidge } from "../index.ts";

const { ridge } = golden as {
  ridge: { table: number[][]; targets: number[]; penalty: number; coefficients: number[]; intercept: number }[];
};

describe("fitRidgeRegression", () => {
  it.each(ridge)(
    "agrees with scikit-learn: penalty $penalty",
    ({ table, targets, penalty, coefficients, intercept }) => {
      const model = fitRidgeRegression(table, targets, { penalty });
      // Both decompose; columns differ in size by 100, which costs a few digits.
      expect(worstError(model.coefficients, coefficients)).toBeLessThan(1e-12);
      expect(worstError(model.intercept, intercept)).toBeLessThan(1e-12);
    },
  );

  it("finds the line through points on a line, and shrinks it under a penalty", () => {
    const table = [[0], [1], [2]];
    const line = fitRidgeRegression(table, [1, 3, 5], { penalty: 0 });
    expect(worstError(predictRidge(line, [[10]]), [21])).toBeLessThan(1e-13);
    // Around the means the sums are 4 over 2: 4 / (2 + 2) = 1 with a penalty of 2.
    expect(worstError(fitRidgeRegression(table, [1, 3, 5], { penalty: 2 }).coefficients, [1])).toBeLessThan(1e-13);
  });

  it("predicts the mean from columns that do not vary", () => {
    const model = fitRidgeRegression([[4], [4]], [1, 2], { penalty: 0 });
    expect(predictRidge(model, [[4], [5]])).toEqual(Float64Array.of(1.5, 1.5));
  });

  it("refuses a negative penalty", () => {
    expect(refusal(() => fitRidgeRegression([[1]], [1], { penalty: -1 }))).toBe("bad-option");
  });
});
