import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adjustedR2Score, explainedVariance, r2Score } from "./explained-variance.ts";
import { d2AbsoluteErrorScore } from "./pinball.ts";

const code = (code: string) => expect.objectContaining({ code });

describe("r2Score", () => {
  it("is 1, 0 and below 0 for perfect, constant and reversed predictions", () => {
    expect(r2Score([1, 2, 3], [1, 2, 3])).toBe(1);
    expect(r2Score([1, 2, 3], [2, 2, 2])).toBe(0);
    expect(r2Score([1, 2, 3], [3, 2, 1])).toBe(-3);
  });

  it("is not symmetric: truth comes first", () => {
    expect(r2Score([0, 1, 2], [0, 0, 3])).toBe(0);
    expect(r2Score([0, 0, 3], [0, 1, 2])).toBeCloseTo(2 / 3, 12);
  });

  it("of equal true values is 1 or 0, whatever their mean rounds to, or infinite on request", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: 2, max: 9 }), (value, count) => {
        const truth = new Float64Array(count).fill(value);
        expect(r2Score(truth, truth)).toBe(1);
        expect(r2Score(truth, truth.with(0, value + 1))).toBe(0);
        expect(r2Score(truth, truth, { forceFinite: false })).toBeNaN();
        expect(r2Score(truth, truth.with(0, value + 1), { forceFinite: false })).toBe(-Infinity);
        expect(explainedVariance(truth, truth.with(0, value + 1))).toBe(0);
      }),
    );
  });

  it("is undefined for a single sample, and says so", () => {
    const told: string[] = [];
    const onUndefined = (message: string) => told.push(message);
    expect(r2Score([1], [1], { onUndefined })).toBeNaN();
    expect(r2Score([[1, 2]], [[1, 2]], { outputs: "raw", onUndefined })).toEqual(Float64Array.of(NaN, NaN));
    expect(d2AbsoluteErrorScore([1], [2], { onUndefined })).toBeNaN();
    expect(told[0]).toBe("r2Score is undefined: one sample has no spread");
    expect(told).toHaveLength(3);
  });

  it("weights outputs by their spread with variance, and by nothing if none has any", () => {
    // Spreads 2 and 8, scores 1 and 0.5.
    const [truth, predicted] = [
      [
        [0, 0],
        [2, 4],
      ],
      [
        [0, 2],
        [2, 4],
      ],
    ];
    expect(r2Score(truth!, predicted!, { outputs: "variance" })).toBeCloseTo((2 * 1 + 8 * 0.5) / 10, 12);
    expect(
      r2Score(
        [
          [1, 1],
          [1, 1],
        ],
        [
          [1, 2],
          [1, 1],
        ],
        { outputs: "variance" },
      ),
    ).toBe(0.5);
  });
});

describe("adjustedR2Score", () => {
  it("takes off what useless predictors gain", () => {
    // 1 - 0.5 * 4 / 2.
    const [truth, predicted] = [
      [0, 0, 0, 2, 3],
      [0, 0, 0, 0.5, 2.5 - Math.sqrt(0.5)],
    ];
    const plain = r2Score(truth!, predicted!);
    const options = { predictors: 2 };
    expect(adjustedR2Score(truth!, predicted!, options)).toBeCloseTo(1 - ((1 - plain) * 4) / 2, 12);
    const rows = (values: readonly number[]) => values.map((value) => [value, 2 * value]);
    expect(adjustedR2Score(rows(truth!), rows(predicted!), { ...options, outputs: "raw" })[1]).toBeCloseTo(
      1 - ((1 - plain) * 4) / 2,
      12,
    );
  });

  it("is undefined without a spare sample", () => {
    const told: string[] = [];
    const onUndefined = (message: string) => told.push(message);
    expect(adjustedR2Score([1, 2, 3], [1, 2, 3], { predictors: 2, onUndefined })).toBeNaN();
    expect(told).toEqual(["adjustedR2Score is undefined: 3 samples for 2 predictors"]);
    expect(() => adjustedR2Score([1, 2, 3], [1, 2, 3], { predictors: 0 })).toThrow(code("bad-option"));
  });
});

describe("explainedVariance", () => {
  it("forgives an offset", () => {
    expect(explainedVariance([1, 2, 3], [11, 12, 13])).toBe(1);
    expect(explainedVariance([1, 2, 3], [2, 2, 2])).toBe(0);
    expect(r2Score([1, 2, 3], [11, 12, 13])).toBeLessThan(-100);
  });
});
