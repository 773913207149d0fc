import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { areaUnderCurve } from "./area-under-curve.ts";
import { averagePrecision } from "./average-precision.ts";
import { confusionAtThresholds } from "./confusion-at-thresholds.ts";
import { detCurve } from "./det-curve.ts";
import { precisionRecallCurve } from "./precision-recall-curve.ts";
import { rocAuc } from "./roc-auc.ts";
import { rocCurve } from "./roc-curve.ts";

const code = (code: string) => expect.objectContaining({ code });
/** Both classes, scores with ties. */
const samples = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 5 })), { minLength: 1, maxLength: 20 })
  .map((pairs) => [...pairs, [0, 2], [1, 3]])
  .map((pairs) => ({ truth: pairs.map(([label]) => label!), scores: pairs.map(([, score]) => score! / 4) }));

describe("rocCurve", () => {
  // Descending: 0.9 hit, 0.8 miss, 0.7 hit, 0.6 hit, 0.5 miss.
  const truth = [1, 0, 1, 1, 0];
  const scores = [0.9, 0.8, 0.7, 0.6, 0.5];

  it("starts at an infinite threshold and leaves points on a line out", () => {
    const { falsePositiveRates, truePositiveRates, thresholds } = rocCurve(truth, scores);
    expect([...falsePositiveRates]).toEqual([0, 0, 0.5, 0.5, 1]);
    expect([...truePositiveRates]).toEqual([0, 1 / 3, 1 / 3, 1, 1]);
    expect([...thresholds]).toEqual([Infinity, 0.9, 0.8, 0.6, 0.5]);
    expect(rocCurve(truth, scores, { dropIntermediate: false }).thresholds).toHaveLength(6);
  });

  it("puts equal scores at one threshold", () => {
    expect([...rocCurve([0, 1, 1], [0.5, 0.5, 0.2]).thresholds]).toEqual([Infinity, 0.5, 0.2]);
  });

  it("names its positive class only if the labels say so", () => {
    expect([...rocCurve([-1, 1], [0, 1]).truePositiveRates]).toEqual([0, 1, 1]);
    expect([...rocCurve(["a", "b"], [0, 1], { positiveLabel: "a" }).truePositiveRates]).toEqual([0, 0, 1]);
    expect(() => rocCurve(["a", "b"], [0, 1])).toThrow(code("unknown-positive"));
    expect(() => rocCurve([1, 2], [0, 1])).toThrow(/classes are 1, 2/);
    expect(() => rocCurve([0, 1, 2], [0, 1, 2])).toThrow(code("not-binary"));
  });

  it("tells where a class is missing, and has no rate for it", () => {
    const told: string[] = [];
    const found = rocCurve([1, 1], [0.1, 0.2], { onUndefined: (message) => told.push(message) });
    expect(told).toEqual(["rocCurve: there are no negative samples, so their rate is undefined"]);
    expect([...found.falsePositiveRates]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect([...found.truePositiveRates]).toEqual([0, 0.5, 1]);
  });

  it("refuses what it cannot read", () => {
    expect(() => rocCurve([], [])).toThrow(code("empty-input"));
    expect(() => rocCurve([0, 1], [0.5])).toThrow(code("length-mismatch"));
    expect(() => rocCurve([0, 1], [0.5, Number.NaN])).toThrow(code("non-finite-score"));
    expect(() =>
      rocCurve([0, 1], [
        [0.5, 0.5],
        [0.5, 0.5],
      ] as never),
    ).toThrow(/scores\[0\] is a row/);
    expect(() => rocCurve([0, 0.5], [0, 1])).toThrow(code("invalid-label"));
    expect(() => rocCurve([0, "1"], [0, 1])).toThrow(code("mixed-labels"));
    expect(() => rocCurve([0, 1], [0, 1], { sampleWeights: [0, 0] })).toThrow(code("invalid-weight"));
    expect(() => rocCurve([0, 1], [0, 1], { sampleWeights: [1] })).toThrow(code("length-mismatch"));
  });
});

describe("rocAuc of two classes", () => {
  it("is the share of pairs in the right order, ties half", () => {
    fc.assert(
      fc.property(samples, ({ truth, scores }) => {
        let right = 0;
        let pairs = 0;
        for (const [i, hit] of truth.entries()) {
          for (const [j, other] of truth.entries()) {
            if (hit !== 1 || other !== 0) continue;
            pairs++;
            right += scores[i]! > scores[j]! ? 1 : scores[i] === scores[j] ? 0.5 : 0;
          }
        }
        expect(rocAuc(truth, scores)).toBeCloseTo(right / pairs, 12);
      }),
    );
  });

  it("turns over with the scores, and counts a weight of 2 as two samples", () => {
    fc.assert(
      fc.property(samples, fc.infiniteStream(fc.integer({ min: 0, max: 3 })), ({ truth, scores }, stream) => {
        const inverted = scores.map((score) => -score);
        expect(rocAuc(truth, inverted)).toBeCloseTo(1 - rocAuc(truth, scores), 12);
        const weights = truth.map((_, n) => (n < truth.length - 2 ? Number(stream.next().value) : 1));
        const repeat = <T>(values: readonly T[]) => values.flatMap((value, n) => new Array<T>(weights[n]!).fill(value));
        const weighted = { sampleWeights: weights };
        expect(rocAuc(truth, scores, weighted)).toBeCloseTo(rocAuc(repeat(truth), repeat(scores)), 12);
        expect(averagePrecision(truth, scores, weighted)).toBeCloseTo(
          averagePrecision(repeat(truth), repeat(scores)),
          12,
        );
      }),
    );
  });

  it("of a part of the curve is 1 for a perfect and 1/2 for a useless score", () => {
    const [truth, useless] = [
      [0, 1, 0, 1],
      [1, 1, 1, 1],
    ];
    for (const maxFalsePositiveRate of [0.1, 0.5, 1]) {
      expect(rocAuc(truth, truth, { maxFalsePositiveRate })).toBeCloseTo(1, 12);
      expect(rocAuc(truth, useless, { maxFalsePositiveRate })).toBeCloseTo(0.5, 12);
    }
    expect(() => rocAuc(truth, truth, { maxFalsePositiveRate: 0 })).toThrow(code("bad-option"));
    expect(() => rocAuc(truth, truth, { maxFalsePositiveRate: 1.1 })).toThrow(code("bad-option"));
  });

  it("is undefined for one class, and says so", () => {
    const told: string[] = [];
    const onUndefined = (message: string) => told.push(message);
    expect(rocAuc([1, 1], [0.1, 0.2], { onUndefined })).toBeNaN();
    expect(rocAuc([0, 1], [0.1, 0.2], { onUndefined, sampleWeights: [0, 1] })).toBeNaN();
    expect(told).toEqual(new Array(2).fill("rocAuc is undefined: only one class is present"));
    expect(rocAuc([1, 1], [0.1, 0.2])).toBeNaN();
  });

  it("is a list of one with average none", () => {
    expect(rocAuc([0, 1], [0, 1], { average: "none" })).toEqual(Float64Array.of(1));
  });
});

describe("precisionRecallCurve and averagePrecision", () => {
  it("end at precision 1 and recall 0", () => {
    const { precisions, recalls, thresholds } = precisionRecallCurve([0, 1, 1], [0.1, 0.1, 0.9]);
    expect([...precisions]).toEqual([2 / 3, 1, 1]);
    expect([...recalls]).toEqual([1, 0.5, 0]);
    expect([...thresholds]).toEqual([0.1, 0.9]);
    // 0.5 * 1 + 0.5 * 2/3.
    expect(averagePrecision([0, 1, 1], [0.1, 0.1, 0.9])).toBeCloseTo(5 / 6, 12);
  });

  it("are the share of positives for a useless score, and never below it for the best", () => {
    fc.assert(
      fc.property(samples, ({ truth }) => {
        const share = truth.filter((label) => label === 1).length / truth.length;
        expect(averagePrecision(truth, new Float64Array(truth.length))).toBeCloseTo(share, 12);
        expect(averagePrecision(truth, truth)).toBe(1);
      }),
    );
  });

  it("tell that recall means nothing without positives", () => {
    const told: string[] = [];
    const options = { onUndefined: (message: string) => told.push(message) };
    expect(averagePrecision([0, 0], [0.1, 0.2], options)).toBe(0);
    expect([...precisionRecallCurve([0, 0], [0.1, 0.2], options).recalls]).toEqual([1, 1, 0]);
    expect(told).toHaveLength(2);
  });

  it("refuse a positive class that is not there", () => {
    expect(() => averagePrecision([2, 3], [0.1, 0.2])).toThrow(/positive class is 1, the labels are 2, 3/);
    expect(() => averagePrecision([[1, 0]], [[0.5, 0.4]], { positiveLabel: 0 })).toThrow(code("bad-option"));
    expect(() => averagePrecision([0, 1, 2], [0.1, 0.2, 0.3])).toThrow(code("not-rows"));
  });
});

describe("detCurve", () => {
  it("trades false alarms for misses", () => {
    const { falsePositiveRates, falseNegativeRates, thresholds } = detCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
    expect([...falsePositiveRates]).toEqual([0.5, 0.5, 0]);
    expect([...falseNegativeRates]).toEqual([0, 0.5, 0.5]);
    expect([...thresholds]).toEqual([0.35, 0.4, 0.8]);
    expect(() => detCurve([1, 1], [0.1, 0.2])).toThrow(code("single-class"));
  });
});

describe("confusionAtThresholds", () => {
  it("always adds up to all samples, and every row is one decision", () => {
    fc.assert(
      fc.property(samples, ({ truth, scores }) => {
        const counts = confusionAtThresholds(truth, scores);
        for (const [k, threshold] of counts.thresholds.entries()) {
          const called = truth.filter((_, n) => scores[n]! >= threshold);
          expect(counts.truePositives[k]).toBe(called.filter((label) => label === 1).length);
          expect(counts.falsePositives[k]).toBe(called.filter((label) => label === 0).length);
          const { trueNegatives, falseNegatives } = counts;
          expect(called.length + trueNegatives[k]! + falseNegatives[k]!).toBe(truth.length);
        }
      }),
    );
  });
});

describe("areaUnderCurve", () => {
  it("is the sum of trapezoids, whichever way x runs", () => {
    expect(areaUnderCurve([0, 1, 3], [0, 2, 2])).toBe(5);
    expect(areaUnderCurve([3, 1, 0], [2, 2, 0])).toBe(5);
    expect(areaUnderCurve([1, 1], [0, 5])).toBe(0);
  });

  it("refuses x that turns round", () => {
    expect(() => areaUnderCurve([0, 1, 0.5], [0, 1, 1])).toThrow(/rises after point 0 and falls after point 1/);
    expect(() => areaUnderCurve([0], [1])).toThrow(code("too-few-points"));
    expect(() => areaUnderCurve([0, 1], [1])).toThrow(code("length-mismatch"));
  });
});
