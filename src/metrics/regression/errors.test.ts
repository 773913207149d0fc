import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meanAbsoluteError } from "../mean-absolute-error.ts";
import { maxError, meanAbsolutePercentageError, medianAbsoluteError } from "./absolute-errors.ts";
import { explainedVariance, r2Score } from "./explained-variance.ts";
import { meanSquaredError, rootMeanSquaredError } from "./mean-squared-error.ts";
import { meanSquaredLogError, rootMeanSquaredLogError } from "./mean-squared-log-error.ts";
import type { OutputAverage, OutputScore, RegressionOptions, Targets } from "./outputs.ts";
import { d2AbsoluteErrorScore, d2PinballScore, meanPinballLoss } from "./pinball.ts";

const code = (code: string) => expect.objectContaining({ code });
type Metric = <Average extends OutputAverage = "uniform">(
  truth: Targets,
  predicted: Targets,
  options?: RegressionOptions<Average>,
) => OutputScore<Average>;
const metrics: Record<string, Metric> = {
  meanSquaredError,
  rootMeanSquaredError,
  meanAbsoluteError,
  medianAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredLogError,
  rootMeanSquaredLogError,
  meanPinballLoss,
  r2Score,
  explainedVariance,
  d2PinballScore,
  d2AbsoluteErrorScore,
};

describe("errors of one output", () => {
  const truth = [1, 2, 4, 10];
  const predicted = [2, 2, 2, 2];

  it("are means, a median and a maximum of the differences 1, 0, 2, 8", () => {
    expect(meanSquaredError(truth, predicted)).toBe(69 / 4);
    expect(rootMeanSquaredError(truth, predicted)).toBe(Math.sqrt(69 / 4));
    expect(meanAbsoluteError(truth, predicted)).toBe(11 / 4);
    expect(medianAbsoluteError(truth, predicted)).toBe(1.5);
    expect(maxError(truth, predicted)).toBe(8);
    expect(meanAbsolutePercentageError(truth, predicted)).toBeCloseTo((1 + 0 + 0.5 + 0.8) / 4, 12);
    expect(meanPinballLoss(truth, predicted, { quantile: 0.25 })).toBe((0.75 + 0 + 0.25 * 10) / 4);
    expect(meanSquaredLogError([0, Math.E - 1], [Math.E - 1, Math.E - 1])).toBeCloseTo(0.5, 12);
    expect(rootMeanSquaredLogError([0, Math.E - 1], [Math.E - 1, Math.E - 1])).toBeCloseTo(Math.sqrt(0.5), 12);
  });

  it("count a weight of 2 as two samples", () => {
    const any = fc.tuple(
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 0, max: 3 }),
    );
    fc.assert(
      fc.property(fc.array(any, { minLength: 2, maxLength: 12 }), (rows) => {
        const [a, b, weights] = [0, 1, 2].map((column) => [...rows.map((row) => row[column]!), column === 2 ? 1 : 7]);
        const repeat = (values: readonly number[]) => values.flatMap((value, n) => new Array(weights![n]!).fill(value));
        for (const [name, metric] of Object.entries(metrics)) {
          const found = metric(a!, b!, { sampleWeights: weights! });
          const expected = metric(repeat(a!), repeat(b!));
          // A single repeated sample is one sample for R² and its like.
          if (Number.isNaN(expected)) continue;
          expect(Math.abs(found - expected), name).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
        }
      }),
    );
  });
});

describe("errors of several outputs", () => {
  const truth = [
    [1, 10],
    [3, 20],
  ];
  const predicted = [
    [2, 10],
    [3, 16],
  ];

  it("come one by one, as a mean, or weighted", () => {
    expect(meanSquaredError(truth, predicted, { outputs: "raw" })).toEqual(Float64Array.of(0.5, 8));
    expect(meanSquaredError(truth, predicted)).toBe(4.25);
    expect(meanSquaredError(truth, predicted, { outputs: [3, 1] })).toBeCloseTo(9.5 / 4, 12);
    expect(rootMeanSquaredError(truth, predicted)).toBeCloseTo((Math.sqrt(0.5) + Math.sqrt(8)) / 2, 12);
  });

  it("are those of every output on its own", () => {
    const cell = fc.double({ min: 0, max: 10, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell, cell), { minLength: 2, maxLength: 8 }), (rows) => {
        const a = rows.map((row) => row.slice(0, 2));
        const b = rows.map((row) => row.slice(2));
        for (const [name, metric] of Object.entries(metrics)) {
          const raw = metric(a, b, { outputs: "raw" });
          const alone = [0, 1].map((k) =>
            metric(
              a.map((row) => row[k]!),
              b.map((row) => row[k]!),
            ),
          );
          expect([...raw], name).toEqual(alone);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("bad input", () => {
  it.each(Object.entries(metrics))("%s refuses it", (_, metric) => {
    expect(() => metric([], [])).toThrow(code("empty-input"));
    expect(() => metric([1, 2], [1])).toThrow(code("length-mismatch"));
    expect(() => metric([1, Number.NaN], [1, 2])).toThrow(/\[1\] is NaN/);
    expect(() => metric([1, 2], [1, Infinity])).toThrow(code("non-finite-values"));
    expect(() =>
      metric(
        [[1, 2], [1]],
        [
          [1, 2],
          [1, 2],
        ],
      ),
    ).toThrow(code("ragged-table"));
    expect(() =>
      metric(
        [
          [1, 2],
          [1, 3],
        ],
        [1, 2],
      ),
    ).toThrow(code("length-mismatch"));
    expect(() => metric([1, 2], [1, 2], { sampleWeights: [0, 0] })).toThrow(code("invalid-weight"));
    expect(() => metric([1, 2], [1, 2], { sampleWeights: [1] })).toThrow(code("length-mismatch"));
    expect(() => metric([1, 2], [1, 2], { outputs: [1] })).toThrow(code("bad-option"));
    expect(() =>
      metric(
        [
          [1, 2],
          [1, 3],
        ],
        [
          [1, 2],
          [1, 2],
        ],
        { outputs: [1, 2, 3] },
      ),
    ).toThrow(code("length-mismatch"));
    expect(() => metric([1, 2], [1, 2], { outputs: "mean" as "raw" })).toThrow(code("bad-option"));
  });

  it("is refused where it is out of range", () => {
    expect(() => maxError([[1, 2]], [[1, 2]])).toThrow(code("unsupported-targets"));
    expect(() => meanSquaredLogError([1, -1], [1, 1])).toThrow(/truth\[1\] is -1/);
    expect(() => rootMeanSquaredLogError([1, 1], [1, -2])).toThrow(code("value-range"));
    expect(() => meanPinballLoss([1, 1], [1, 2], { quantile: 95 })).toThrow(code("bad-option"));
    expect(() => d2PinballScore([1, 1], [1, 2], { quantile: -1 })).toThrow(code("bad-option"));
  });

  it("leaves meanAbsoluteError of signals as it was", () => {
    expect(meanAbsoluteError(new Float32Array(0), new Float32Array(0))).toBe(0);
    expect(() => meanAbsoluteError(new Float32Array(0), [])).toThrow(code("empty-input"));
    expect(() => meanAbsoluteError(Float32Array.of(Number.NaN), new Float32Array(1))).toThrow(
      code("non-finite-samples"),
    );
    expect(meanAbsoluteError(Float32Array.of(1, 2), Float32Array.of(1, 4), { sampleWeights: [1, 3] })).toBe(1.5);
  });
});
