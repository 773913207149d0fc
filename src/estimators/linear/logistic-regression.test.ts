import { describe, expect, it } from "vitest";
import { golden, refusal, worstError } from "../../../fixtures/estimators/golden.ts";
import { createRandom, fitLogisticRegression, predictLogisticClasses, predictLogisticProbabilities } from "../index.ts";

const { logistic } = golden as {
  logistic: {
    table: number[][];
    labels: string[];
    cases: { C: number; classes: number; coefficients: number[][]; intercepts: number[]; probabilities: number[][] }[];
  };
};

describe("fitLogisticRegression", () => {
  it.each(logistic.cases)("agrees with scikit-learn's Newton solver: C = $C, $classes classes", (entry) => {
    const used = ["rain", "dog", "sea", "clock"].slice(0, entry.classes);
    const chosen = logistic.table.filter((_, n) => used.includes(logistic.labels[n]!));
    const labels = logistic.labels.filter((label) => used.includes(label));
    const model = fitLogisticRegression(chosen, labels, { C: entry.C });
    expect(model.classes).toEqual(used.toSorted());
    // The reference stops at slopes of 1e-9 to 2e-8, and the curvature may be as small as 1 / C.
    const tolerance = 1e-7 * Math.max(1, entry.C);
    expect(worstError(model.coefficients, entry.coefficients)).toBeLessThan(tolerance);
    expect(worstError(model.intercepts, entry.intercepts)).toBeLessThan(30 * tolerance); // a column lies around 30
    const found = predictLogisticProbabilities(model, logistic.table.slice(0, 4));
    expect(worstError(found, entry.probabilities)).toBeLessThan(tolerance);
  });

  it("solves two rows by hand: at -1 and 1, w = 2 C / (1 + e^w)", () => {
    const { coefficients, intercepts } = fitLogisticRegression([[-1], [1]], ["no", "yes"], { C: 2 });
    const w = coefficients[0]![0]!;
    expect(Math.abs(w - 4 / (1 + Math.exp(w)))).toBeLessThan(1e-9);
    expect(Math.abs(intercepts[0]!)).toBeLessThan(1e-9);
  });

  it("gives probabilities that sum to 1 and the class of the largest", () => {
    const model = fitLogisticRegression(logistic.table, logistic.labels);
    const probabilities = predictLogisticProbabilities(model, logistic.table);
    const classes = predictLogisticClasses(model, logistic.table);
    for (const [n, row] of probabilities.entries()) {
      expect(Math.abs(row.reduce((sum, value) => sum + value, 0) - 1)).toBeLessThan(1e-14);
      expect(row[model.classes.indexOf(classes[n]!)]).toBe(Math.max(...row));
    }
  });

  it("does not care about the offset of a column", () => {
    const moved = logistic.table.map((row) => row.map((value, j) => value + 1000 * j));
    const a = fitLogisticRegression(logistic.table, logistic.labels);
    const b = fitLogisticRegression(moved, logistic.labels);
    // Offsets of 3000 cost the columns 4 digits.
    expect(worstError(b.coefficients, a.coefficients)).toBeLessThan(1e-9);
  });

  it("converges with more columns than rows, a constant column, and classes apart", () => {
    const random = createRandom(3);
    const table = Array.from({ length: 20 }, (_, n) =>
      Array.from({ length: 50 }, (_, j) => (j === 7 ? 2 : random.normal() + (n % 4) * (j === 0 ? 10 : 0))),
    );
    const labels = table.map((_, n) => n % 4);
    for (const C of [1e-4, 1, 1e4]) {
      const model = fitLogisticRegression(table, labels, { C });
      expect(model.coefficients.every((row) => Math.abs(row[7]!) < 1e-12)).toBe(true);
      if (C >= 1) expect(predictLogisticClasses(model, table)).toEqual(labels);
    }
  });

  it("says so when it has not converged", () => {
    const act = () => fitLogisticRegression(logistic.table, logistic.labels, { maxIterations: 3 });
    expect(refusal(act)).toBe("not-converged");
    expect(act).toThrow("after 3 iterations");
    const never = () => fitLogisticRegression(logistic.table, logistic.labels, { tolerance: 1e-300 });
    expect(refusal(never)).toBe("not-converged");
  });

  it("refuses a single class and options out of range", () => {
    expect(refusal(() => fitLogisticRegression([[0], [1]], ["a", "a"]))).toBe("single-class");
    expect(refusal(() => fitLogisticRegression([[0], [1]], ["a", "b"], { C: 0 }))).toBe("bad-option");
    expect(refusal(() => fitLogisticRegression([[0], [1]], ["a"]))).toBe("length-mismatch");
  });
});
