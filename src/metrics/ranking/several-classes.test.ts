import { describe, expect, it } from "vitest";
import { averagePrecision } from "./average-precision.ts";
import { discountedCumulativeGain, normalisedDiscountedCumulativeGain } from "./discounted-gain.ts";
import { coverageError, labelRankingAveragePrecision, labelRankingLoss } from "./label-ranking.ts";
import { rocAuc } from "./roc-auc.ts";

const code = (code: string) => expect.objectContaining({ code });
const truth = [0, 1, 2, 2];
const scores = [
  [0.5, 0.3, 0.2],
  [0.2, 0.6, 0.2],
  [0.1, 0.4, 0.5],
  [0.4, 0.3, 0.3],
];

describe("rocAuc of several classes", () => {
  it("takes each class against the others, or pair by pair", () => {
    // Class 0 before 1, 2, 2: 0.5 against 0.2, 0.1, 0.4. Class 1: 0.6 against 0.3, 0.4, 0.3. Class 2: 0.5, 0.3 against 0.2, 0.2.
    expect(rocAuc(truth, scores, { multiclass: "one-vs-rest", average: "none" })).toEqual(Float64Array.of(1, 1, 1));
    expect(rocAuc(truth, scores, { multiclass: "one-vs-one" })).toBe(1);
    const swapped = [scores[3]!, scores[1]!, scores[2]!, scores[0]!];
    // Class 0 now has 0.4 against 0.2, 0.1, 0.5: two of three pairs.
    const found = rocAuc(truth, swapped, { multiclass: "one-vs-rest", average: "none" });
    expect(found[0]).toBeCloseTo(2 / 3, 12);
  });

  it("does not choose between them", () => {
    expect(() => rocAuc(truth, scores)).toThrow(/nothing says how to treat 3 classes/);
    expect(() => rocAuc(truth, scores, { multiclass: "ovr" as never })).toThrow(code("bad-option"));
    const one = { multiclass: "one-vs-one" } as const;
    expect(() => rocAuc(truth, scores, { ...one, average: "micro" })).toThrow(code("bad-option"));
    expect(() => rocAuc(truth, scores, { ...one, average: "samples" })).toThrow(code("bad-option"));
    expect(() => rocAuc(truth, scores, { ...one, sampleWeights: [1, 1, 1, 1] })).toThrow(code("bad-option"));
    expect(() => rocAuc(truth, scores, { ...one, maxFalsePositiveRate: 0.5 })).toThrow(code("bad-option"));
    expect(() => rocAuc([[1, 0]], [[1, 0]], { average: "mean" as "macro" })).toThrow(code("bad-option"));
  });

  it("wants probabilities with a column for every class", () => {
    const rest = { multiclass: "one-vs-rest" } as const;
    expect(() => rocAuc(truth, [[1, 2, 3], ...scores.slice(1)], rest)).toThrow(/scores of sample 0 sum to 6/);
    expect(() => rocAuc(truth, [0.1, 0.2, 0.3, 0.4], rest)).toThrow(code("not-rows"));
    expect(() => rocAuc([0, 1, 2, 3], scores, rest)).toThrow(code("score-shape"));
    expect(() => rocAuc([0, 1, 1, 1], scores, { ...rest, labels: [0, 2, 1] })).toThrow(code("bad-option"));
    expect(() => rocAuc([0, 1, 1, 5], scores, { ...rest, labels: [0, 1, 2] })).toThrow(code("unknown-label"));
    expect(rocAuc([0, 1, 1, 1], scores, { multiclass: "one-vs-one", labels: [0, 1, 2] })).toBeCloseTo(
      // 0.5 against 0.2, 0.1, 0.4 and 0.6, 0.4, 0.3 against 0.3: (1 + 2.5 / 3) / 2.
      (1 + 2.5 / 3) / 2,
      12,
    );
    expect(rocAuc([1, 1, 1, 1], scores, { multiclass: "one-vs-one", labels: [0, 1, 2] })).toBeNaN();
  });
});

describe("rows of 0 and 1", () => {
  const tags = [
    [1, 0, 1],
    [0, 0, 1],
  ];
  const found = [
    [0.9, 0.5, 0.5],
    [0.4, 0.2, 0.1],
  ];

  it("averages by label, by row or over all cells", () => {
    expect([...averagePrecision(tags, found, { average: "none" })]).toEqual([1, 0, 1]);
    expect(averagePrecision(tags, found)).toBeCloseTo(2 / 3, 12);
    // One positive in the first column, two in the last.
    expect(averagePrecision(tags, found, { average: "weighted" })).toBe(1);
    // Row 0: 1/2 * 1 + 1/2 * 2/3; row 1: the only tag comes last, 1/3.
    expect(averagePrecision(tags, found, { average: "samples" })).toBeCloseTo((5 / 6 + 1 / 3) / 2, 12);
    // 0.9 hit, 0.5 one of two, 0.4 and 0.2 misses, 0.1 hit: (1 + 2/3 + 3/6) / 3.
    expect(averagePrecision(tags, found, { average: "micro" })).toBeCloseTo((1 + 2 / 3 + 3 / 6) / 3, 12);
    expect(rocAuc([[0, 0]], [[0.5, 0.1]], { average: "weighted" })).toBe(0);
    expect(() => rocAuc([[2, 0]], [[0.5, 0.1]])).toThrow(/truth\[0\]\[0\] is 2/);
    expect(() => rocAuc([[1, 0], [1]], [[0, 0], [0]])).toThrow(code("length-mismatch"));
  });

  it("ranks labels: precision, depth and wrong pairs, ties against", () => {
    // Row 0: tag 0 first; tag 2 shares places 2 and 3. Row 1: tag 2 last.
    expect(labelRankingAveragePrecision(tags, found)).toBeCloseTo(((1 + 2 / 3) / 2 + 1 / 3) / 2, 12);
    expect(coverageError(tags, found)).toBe(3);
    expect(labelRankingLoss(tags, found)).toBe((1 / 2 + 2 / 2) / 2);
    expect(labelRankingLoss(tags, found, { sampleWeights: [1, 0] })).toBe(1 / 2);
  });

  it("has agreed values for rows without tags or with all", () => {
    const ends = [
      [0, 0],
      [1, 1],
    ];
    const any = [
      [0.1, 0.2],
      [0.3, 0.4],
    ];
    expect(labelRankingAveragePrecision(ends, any)).toBe(1);
    expect(coverageError(ends, any)).toBe(1);
    expect(labelRankingLoss(ends, any)).toBe(0);
    for (const metric of [coverageError, labelRankingLoss]) {
      expect(() => metric([[1]], [[1]])).toThrow(code("too-few-labels"));
      expect(() => metric([1] as never, [1] as never)).toThrow(code("not-rows"));
    }
  });
});

describe("discounted gains", () => {
  const relevance = [[3, 2, 0]];

  it("divides by the logarithm of the place plus 1", () => {
    // Order 2, 0, 3: 2 / 1 + 0 + 3 / 2.
    expect(discountedCumulativeGain(relevance, [[1, 3, 2]])).toBeCloseTo(3.5, 12);
    expect(discountedCumulativeGain(relevance, [[1, 3, 2]], { k: 1 })).toBeCloseTo(2, 12);
    expect(discountedCumulativeGain(relevance, [[1, 3, 2]], { logBase: 4 })).toBeCloseTo(7, 12);
    const best = 3 + 2 / Math.log2(3);
    expect(normalisedDiscountedCumulativeGain(relevance, [[1, 3, 2]])).toBeCloseTo(3.5 / best, 12);
    expect(normalisedDiscountedCumulativeGain(relevance, relevance)).toBe(1);
  });

  it("takes the mean over the orders of equal scores", () => {
    const all = 1 + 1 / Math.log2(3) + 1 / 2;
    expect(discountedCumulativeGain(relevance, [[1, 1, 1]])).toBeCloseTo((5 / 3) * all, 12);
    expect(discountedCumulativeGain(relevance, [[1, 1, 1]], { ignoreTies: true, k: 1 })).toBe(0);
  });

  it("counts lists without relevant items as 0, and refuses what is no ranking", () => {
    const none = [
      [0, 0],
      [1, 0],
    ];
    expect(
      normalisedDiscountedCumulativeGain(none, [
        [1, 0],
        [1, 0],
      ]),
    ).toBe(0.5);
    expect(() => normalisedDiscountedCumulativeGain([[-1, 0]], [[1, 0]])).toThrow(code("value-range"));
    expect(() => discountedCumulativeGain([[1]], [[1]])).toThrow(code("too-few-labels"));
    expect(() => discountedCumulativeGain(none, [[1, 0]])).toThrow(code("length-mismatch"));
    expect(() => discountedCumulativeGain([[1, 0]], [[1, 0]], { k: 0 })).toThrow(code("bad-option"));
    expect(() => discountedCumulativeGain([[1, 0]], [[1, 0]], { logBase: 0 })).toThrow(code("bad-option"));
  });
});
