import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../kernels/index.ts";
import { brierScore, d2BrierScore } from "./brier-score.ts";
import { calibrationCurve, expectedCalibrationError } from "./calibration.ts";
import { d2LogLossScore, logLoss } from "./log-loss.ts";

const code = (code: string) => expect.objectContaining({ code });

describe("logLoss", () => {
  it("is the mean surprise", () => {
    expect(logLoss([0, 1], [0.5, 0.25])).toBeCloseTo((Math.LN2 + Math.log(4)) / 2, 12);
    expect(
      logLoss(
        ["a", "b"],
        [
          [0.5, 0.5],
          [0.75, 0.25],
        ],
        { normalise: false },
      ),
    ).toBeCloseTo(3 * Math.LN2, 12);
  });

  it("limits a certain mistake by the precision of the numbers", () => {
    expect(
      logLoss(
        [0, 1],
        [
          [0, 1],
          [0, 1],
        ],
        { sampleWeights: [1, 0] },
      ),
    ).toBeCloseTo(52 * Math.LN2, 9);
    const rows = [Float32Array.of(0, 1), Float32Array.of(0, 1)];
    expect(logLoss([0, 1], rows, { sampleWeights: [1, 0] })).toBeCloseTo(23 * Math.LN2, 9);
    expect(logLoss([0, 1], Float32Array.of(1, 1), { sampleWeights: [1, 0] })).toBeCloseTo(23 * Math.LN2, 6);
  });

  it("is least for the true shares", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 20 }), (labels) => {
        const truth = [...labels, 0, 1, 2];
        const shares = [0, 1, 2].map((c) => truth.filter((label) => label === c).length / truth.length);
        const always = (row: readonly number[]) => truth.map(() => row);
        expect(logLoss(truth, always(shares))).toBeLessThanOrEqual(logLoss(truth, always([0.2, 0.3, 0.5])) + 1e-12);
        expect(d2LogLossScore(truth, always(shares))).toBeCloseTo(0, 9);
        expect(d2BrierScore(truth, always(shares))).toBeCloseTo(0, 9);
      }),
    );
  });

  it("wants all classes, sorted, with probabilities", () => {
    expect(() =>
      logLoss(
        [1, 1],
        [
          [0.2, 0.8],
          [0.3, 0.7],
        ],
      ),
    ).toThrow(code("single-class"));
    expect(
      logLoss(
        [1, 1],
        [
          [0.2, 0.8],
          [0.3, 0.7],
        ],
        { labels: [0, 1] },
      ),
    ).toBeGreaterThan(0);
    expect(() =>
      logLoss(
        [0, 1],
        [
          [0.1, 0.9],
          [0.2, 0.8],
        ],
        { labels: [1, 0] },
      ),
    ).toThrow(/not sorted/);
    expect(() =>
      logLoss(
        [0, 3],
        [
          [0.1, 0.9],
          [0.2, 0.8],
        ],
        { labels: [0, 1] },
      ),
    ).toThrow(code("unknown-label"));
    expect(() => logLoss([0, 1, 2], [0.1, 0.2, 0.3])).toThrow(code("score-shape"));
    expect(() => logLoss([0, 1], [0.1, 1.2])).toThrow(/probability of sample 1 is 1.2/);
    expect(() => logLoss([0, 1], [0.1, Number.NaN])).toThrow(code("non-finite-score"));
    expect(() => logLoss([], [])).toThrow(code("empty-input"));
    expect(() => logLoss([0, 1], [0.1])).toThrow(code("length-mismatch"));
  });

  it("tells of probabilities that do not sum to 1, once, and of a single sample", () => {
    const told: string[] = [];
    const onUndefined = (message: string) => told.push(message);
    logLoss(
      [0, 1, 1],
      [
        [0.1, 0.9],
        [0.2, 0.7],
        [0.2, 0.7],
      ],
      { onUndefined },
    );
    expect(told).toEqual([expect.stringMatching(/sample 1 sum to 0\.\d+, so/)]);
    expect(d2LogLossScore([0], [[0.1, 0.9]], { onUndefined })).toBeNaN();
    expect(d2BrierScore([0], [0.9], { onUndefined })).toBeNaN();
    expect(told).toHaveLength(3);
  });
});

describe("brierScore", () => {
  it("is the mean squared miss, halved for two classes only", () => {
    expect(brierScore([0, 1], [0.5, 0.8])).toBeCloseTo((0.25 + 0.04) / 2, 12);
    expect(
      brierScore(
        [0, 1],
        [
          [0.5, 0.5],
          [0.2, 0.8],
        ],
      ),
    ).toBeCloseTo((0.25 + 0.04) / 2, 12);
    expect(brierScore([0, 1], [0.5, 0.8], { halve: false })).toBeCloseTo(0.25 + 0.04, 12);
    expect(
      brierScore(
        [0, 1, 2],
        [
          [1, 0, 0],
          [1, 0, 0],
          [0, 0, 1],
        ],
      ),
    ).toBeCloseTo(2 / 3, 12);
  });

  it("takes the greater number as positive, and asks where labels are names", () => {
    expect(brierScore([2, 3], [0, 1])).toBe(0);
    expect(brierScore([-1, 0], [0, 1])).toBe(0);
    expect(brierScore([1, 1], [1, 1])).toBe(0);
    expect(() => brierScore(["a", "b"], [0, 1])).toThrow(code("unknown-positive"));
    expect(brierScore(["a", "b"], [0, 1], { positiveLabel: "b" })).toBe(0);
    expect(() => brierScore([0, 1, 2], [0, 1, 1])).toThrow(code("not-binary"));
  });
});

describe("calibrationCurve", () => {
  it("groups by probability, edges downwards", () => {
    const found = calibrationCurve([0, 1, 1, 1], [0.1, 0.5, 0.6, 0.9], { bins: 2 });
    expect([...found.positiveRates]).toEqual([0.5, 1]);
    expect([...found.meanProbabilities]).toEqual([0.3, 0.75]);
    expect([...found.counts]).toEqual([2, 2]);
    const even = calibrationCurve([0, 1, 0, 1], [0.1, 0.11, 0.12, 0.13], { bins: 2, strategy: "quantile" });
    expect([...even.counts]).toEqual([2, 2]);
    expect([...calibrationCurve([0, 1], [0.1, 0.2]).counts]).toEqual([2]);
  });

  it("refuses more classes, and bins that are none", () => {
    expect(() => calibrationCurve([0, 1, 2], [0, 0, 1])).toThrow(code("not-binary"));
    expect(() => calibrationCurve([0, 1, 2], [0, 0, 1], { positiveLabel: 2 })).toThrow(code("not-binary"));
    expect(() => calibrationCurve([0, 1], [0, 1], { bins: 0 })).toThrow(code("bad-option"));
    expect(() => calibrationCurve([0, 1], [0, 1], { strategy: "log" as "uniform" })).toThrow(code("bad-option"));
    expect(() => calibrationCurve([0, 1], [0, 2])).toThrow(code("not-probabilities"));
  });
});

describe("expectedCalibrationError", () => {
  it("weights the gap of each group by its samples", () => {
    // Groups {0.2, 0.4} with one of two, {0.9} with none: (2 * |0.5 - 0.3| + |0 - 0.9|) / 3.
    expect(expectedCalibrationError([0, 1, 0], [0.2, 0.4, 0.9], { bins: 2 })).toBeCloseTo(1.3 / 3, 12);
  });

  it("looks at the most likely class of rows", () => {
    // Confidences 0.6 (right), 0.5 (right), 0.8 (wrong), one group: |2/3 - 1.9/3|.
    const rows = [
      [0.6, 0.3, 0.1],
      [0.2, 0.5, 0.3],
      [0.8, 0.1, 0.1],
    ];
    expect(expectedCalibrationError([0, 1, 2], rows, { bins: 1 })).toBeCloseTo(0.1 / 3, 12);
  });

  it("is small for probabilities that are true, and large for boasting ones", () => {
    const random = createRandom(2);
    const probabilities = Array.from({ length: 20000 }, () => random.uniform());
    const truth = probabilities.map((probability) => (random.uniform() < probability ? 1 : 0));
    // Chance alone leaves about 0.4 / sqrt(20000 / 15) = 0.011.
    expect(expectedCalibrationError(truth, probabilities)).toBeLessThan(0.02);
    const boasting = probabilities.map((probability) => (probability > 0.5 ? 1 : 0));
    expect(expectedCalibrationError(truth, boasting)).toBeCloseTo(0.25, 1);
  });
});
