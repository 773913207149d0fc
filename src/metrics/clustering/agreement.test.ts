import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../kernels/index.ts";
import { contingencyMatrix } from "./contingency-matrix.ts";
import { completeness, homogeneity, homogeneityScores, vMeasure } from "./homogeneity.ts";
import { adjustedMutualInformation, mutualInformation, normalisedMutualInformation } from "./mutual-information.ts";
import { adjustedRandIndex, fowlkesMallowsIndex, pairCounts, randIndex } from "./rand-index.ts";

const code = (code: string) => expect.objectContaining({ code });
const symmetric = {
  randIndex,
  adjustedRandIndex,
  fowlkesMallowsIndex,
  mutualInformation,
  normalisedMutualInformation,
  adjustedMutualInformation,
  vMeasure,
};
const groups = fc.integer({ min: 0, max: 3 });
const pairs = fc.array(fc.tuple(groups, groups), { minLength: 1, maxLength: 25 });
const split = (list: readonly (readonly [number, number])[]) =>
  [list.map(([first]) => first), list.map(([, second]) => second)] as const;

describe("agreement of two groupings", () => {
  it("does not change with names or exchange", () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const [a, b] = split(list);
        const renamed = a.map((group) => ["d", "a", "c", "b"][group]!);
        for (const [name, metric] of Object.entries(symmetric)) {
          expect(metric(renamed, b), name).toBeCloseTo(metric(a, b), 10);
          expect(metric(b, a), name).toBeCloseTo(metric(a, b), 10);
        }
        expect(completeness(a, b)).toBeCloseTo(homogeneity(b, a), 12);
      }),
    );
  });

  it("is 1 for equal groupings, except where it has another unit", () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const [a] = split(list);
        for (const [name, metric] of Object.entries(symmetric)) {
          if (name === "mutualInformation") continue;
          const alone = name === "fowlkesMallowsIndex" && new Set(a).size === a.length; // no pair is together
          expect(metric(a, a), name).toBeCloseTo(alone ? 0 : 1, 9);
        }
      }),
    );
  });

  it("is around 0 for random groupings, if corrected for chance", () => {
    const random = createRandom(6);
    const [a, b] = [20, 20].map((sizes) => Array.from({ length: 100 }, () => random.integer(sizes)));
    expect(Math.abs(adjustedRandIndex(a!, b!))).toBeLessThan(0.05);
    expect(Math.abs(adjustedMutualInformation(a!, b!))).toBeLessThan(0.1);
    expect(normalisedMutualInformation(a!, b!)).toBeGreaterThan(0.4);
  });

  it("counts pairs in both orders", () => {
    // Truth {0, 1}, {2}; clusters {0}, {1, 2}.
    expect(pairCounts(["x", "x", "y"], [1, 2, 2])).toEqual({
      bothTogether: 0,
      clusterOnly: 2,
      classOnly: 2,
      bothApart: 2,
      all: 6,
    });
    expect(randIndex(["x", "x", "y"], [1, 2, 2])).toBeCloseTo(1 / 3, 12);
    expect(adjustedRandIndex(["x", "x", "y"], [1, 2, 2])).toBe(-0.5);
  });

  it("is 0 or exactly nothing for independent groupings", () => {
    const [a, b] = [
      [0, 0, 0, 1, 1, 1, 2, 2, 2],
      [0, 1, 2, 0, 1, 2, 0, 1, 2],
    ];
    expect(mutualInformation(a!, b!)).toBe(0);
    expect(normalisedMutualInformation(a!, b!)).toBe(0);
    expect(homogeneityScores(a!, b!)).toEqual({ homogeneity: 0, completeness: 0, vMeasure: 0 });
  });

  it("knows homogeneous from complete", () => {
    const [truth, finer] = [
      [0, 0, 1, 1],
      [0, 1, 2, 3],
    ];
    expect(homogeneity(truth!, finer!)).toBe(1);
    expect(completeness(truth!, finer!)).toBe(0.5);
    expect(vMeasure(truth!, finer!)).toBeCloseTo(2 / 3, 12);
    expect(vMeasure(truth!, finer!, { beta: 0 })).toBe(1);
    expect(mutualInformation(truth!, finer!)).toBeCloseTo(Math.LN2, 12);
  });

  it("has agreed values for no samples", () => {
    expect([randIndex([], []), adjustedRandIndex([], []), fowlkesMallowsIndex([], [])]).toEqual([1, 1, 0]);
    expect([normalisedMutualInformation([], []), adjustedMutualInformation([], [])]).toEqual([1, 1]);
    expect(homogeneityScores([], [])).toEqual({ homogeneity: 1, completeness: 1, vMeasure: 1 });
    expect(() => mutualInformation([], [])).toThrow(code("empty-input"));
    expect(() => contingencyMatrix([], [])).toThrow(code("empty-input"));
  });

  it.each(Object.entries(symmetric))("%s refuses bad input", (_, metric) => {
    expect(() => metric([0, 1], [0])).toThrow(code("length-mismatch"));
    expect(() => metric([0, 0.5], [0, 1])).toThrow(code("invalid-label"));
    expect(() => metric([0, "a"], [0, 1])).toThrow(code("mixed-labels"));
  });

  it("refuses an unknown mean of entropies", () => {
    const average = "median" as "min";
    expect(() => adjustedMutualInformation([0, 1], [0, 1], { average })).toThrow(code("bad-option"));
    expect(() => normalisedMutualInformation([0, 1], [0, 1], { average })).toThrow(code("bad-option"));
  });
});

describe("contingencyMatrix", () => {
  it("has a row per class and a column per cluster", () => {
    const { classes, clusters, values } = contingencyMatrix(["b", "a", "b"], [7, 7, 3]);
    expect([classes, clusters]).toEqual([
      ["a", "b"],
      [3, 7],
    ]);
    expect([...values]).toEqual([0, 1, 1, 1]);
  });
});
