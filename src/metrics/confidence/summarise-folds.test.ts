import { expect, it } from "vitest";
import { summariseFolds } from "./summarise-folds.ts";

it("summariseFolds gives mean, deviation with folds - 1, and the ends", () => {
  // Distances from 0.8 are -0.1, 0, 0.1: variance 0.02 / 2.
  const found = summariseFolds([0.7, 0.8, 0.9]);
  expect(found).toMatchObject({ folds: 3, low: 0.7, high: 0.9 });
  expect(found.mean).toBeCloseTo(0.8, 15);
  expect(found.standardDeviation).toBeCloseTo(0.1, 15);
  expect(summariseFolds([0.5])).toEqual({ folds: 1, mean: 0.5, standardDeviation: 0, low: 0.5, high: 0.5 });
});

it("summariseFolds refuses nothing and NaN", () => {
  expect(() => summariseFolds([])).toThrow(expect.objectContaining({ code: "empty-input" }));
  expect(() => summariseFolds([0.5, Number.NaN])).toThrow(/score of fold 1 is NaN/);
});
