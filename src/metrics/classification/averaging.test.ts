import { describe, expect, it } from "vitest";
import { balancedAccuracy } from "./balanced-accuracy.ts";
import { classificationReport } from "./classification-report.ts";
import { cohenKappa } from "./cohen-kappa.ts";
import { jaccardScore } from "./jaccard.ts";
import { classLikelihoodRatios } from "./likelihood-ratios.ts";
import { matthewsCorrelation } from "./matthews-correlation.ts";
import { f1Score, fBetaScore, precisionRecallFBeta, precisionScore, recallScore } from "./precision-recall.ts";
import { falsePositiveRate, negativePredictiveValue, specificity } from "./rates.ts";
import { topKAccuracy } from "./top-k-accuracy.ts";

// 3 of 4 dogs and 1 of 2 cats are found; one owl is taken for a dog. By hand:
//         TP FP FN TN
// cat      1  1  1  4
// dog      3  2  1  1
// owl      0  0  1  6
const truth = ["dog", "dog", "dog", "dog", "cat", "cat", "owl"];
const predicted = ["dog", "dog", "dog", "cat", "cat", "dog", "dog"];

describe("averages, by hand", () => {
  it("none gives one score per class, in sorted order or in that of the labels", () => {
    expect(precisionScore(truth, predicted, { average: "none" })).toEqual(Float64Array.of(1 / 2, 3 / 5, 0));
    expect(recallScore(truth, predicted, { average: "none" })).toEqual(Float64Array.of(1 / 2, 3 / 4, 0));
    expect(specificity(truth, predicted, { average: "none" })).toEqual(Float64Array.of(4 / 5, 1 / 3, 1));
    expect(negativePredictiveValue(truth, predicted, { average: "none" })).toEqual(
      Float64Array.of(4 / 5, 1 / 2, 6 / 7),
    );
    const labels = ["owl", "dog", "fox"];
    expect(falsePositiveRate(truth, predicted, { average: "none", labels })).toEqual(Float64Array.of(0, 2 / 3, 0));
  });

  it("micro adds outcomes up, macro counts classes, weighted counts true samples", () => {
    expect(precisionScore(truth, predicted, { average: "micro" })).toBe(4 / 7);
    expect(precisionScore(truth, predicted, { average: "macro" })).toBeCloseTo((1 / 2 + 3 / 5) / 3, 15);
    expect(precisionScore(truth, predicted, { average: "weighted" })).toBeCloseTo((2 / 2 + (4 * 3) / 5) / 7, 15);
    expect(precisionScore(truth, predicted, { average: "micro", labels: ["cat", "owl"] })).toBe(1 / 2);
    expect(specificity(truth, predicted, { average: "micro" })).toBe(11 / 14);
    // F1 of the classes: 1/2, 2/3, 0; not the F1 of mean precision and mean recall.
    expect(f1Score(truth, predicted, { average: "macro" })).toBeCloseTo((1 / 2 + 2 / 3) / 3, 15);
  });

  it("binary scores one class, and the other with positiveLabel", () => {
    const [is, guess] = [
      [1, 1, 1, 0, 0],
      [1, 1, 0, 1, 0],
    ];
    expect(recallScore(is, guess)).toBe(2 / 3);
    expect(recallScore(is, guess, { positiveLabel: 0 })).toBe(1 / 2);
    expect(recallScore(is, guess, { positiveLabel: 0 })).toBe(specificity(is, guess));
    expect(recallScore(Uint8Array.from(is), Float32Array.from(guess))).toBe(2 / 3);
  });

  it("samples is the mean of the rows", () => {
    const tags = [
      [1, 1, 0],
      [0, 1, 0],
      [0, 0, 1],
    ];
    const guess = [
      [1, 0, 0],
      [0, 1, 1],
      [0, 1, 0],
    ];
    expect(recallScore(tags, guess, { average: "samples" })).toBe((1 / 2 + 1 + 0) / 3);
    expect(precisionScore(tags, guess, { average: "samples", sampleWeights: [1, 2, 1] })).toBe((1 + 2 / 2) / 4);
    expect(jaccardScore(tags, guess, { average: "samples", labels: [1] })).toBe((0 + 1 + 0) / 3);
  });

  it("a beta of 0 is precision, of Infinity recall, and of 1 is F1", () => {
    const average = "none";
    const options = { average } as const;
    expect(fBetaScore(truth, predicted, { average, beta: 0 })).toEqual(precisionScore(truth, predicted, options));
    expect(fBetaScore(truth, predicted, { average, beta: Number.POSITIVE_INFINITY })).toEqual(
      recallScore(truth, predicted, options),
    );
    expect(fBetaScore(truth, predicted, { average, beta: 1 })).toEqual(f1Score(truth, predicted, options));
    expect(fBetaScore([1, 1, 0], [1, 0, 0], { beta: 2 })).toBe(5 / 9); // 5 TP / (5 TP + 4 FN + FP)
  });

  it("precisionRecallFBeta says which labels its entries belong to", () => {
    const { labels, support } = precisionRecallFBeta(truth, predicted);
    expect(labels).toEqual(["cat", "dog", "owl"]);
    expect(support).toEqual(Float64Array.of(2, 4, 1));
    expect(precisionRecallFBeta(truth, predicted, { average: "macro" }).support).toBeUndefined();
  });

  it("numbers are sorted by value and texts by code unit; -0 is 0", () => {
    expect(precisionRecallFBeta([10, 9, -1], [10, 9, -0]).labels).toEqual([-1, 0, 9, 10]);
    expect(precisionRecallFBeta(["b", "B", "10"], ["a", "9", "10"]).labels).toEqual(["10", "9", "B", "a", "b"]);
  });
});

describe("what is 0/0", () => {
  const messages: string[] = [];
  const onUndefined = (message: string) => void messages.push(message);
  const told = () => messages.splice(0);

  it("becomes zeroDivision, and NaN is left out of means", () => {
    // No owl is predicted: its precision is 0/0.
    const scores = ([0, 1, Number.NaN] as const).map((zeroDivision) =>
      precisionScore(truth, predicted, { average: "macro", zeroDivision }),
    );
    expect(scores).toEqual([(1 / 2 + 3 / 5) / 3, (1 / 2 + 3 / 5 + 1) / 3, (1 / 2 + 3 / 5) / 2]);
    const none = { average: "none", zeroDivision: Number.NaN } as const;
    expect(precisionScore(truth, predicted, none)).toEqual(Float64Array.of(1 / 2, 3 / 5, Number.NaN));
    expect(f1Score([0, 0], [0, 0], { zeroDivision: Number.NaN })).toBeNaN();
    expect(f1Score([0, 0], [0, 0], { zeroDivision: 1 })).toBe(1);
    expect(f1Score([0, 0], [0, 0])).toBe(0);
  });

  it("is told once per score, with its labels and what became of it", () => {
    precisionScore(truth, predicted, { average: "macro", onUndefined });
    expect(told()).toEqual([
      'precisionScore: precision is undefined for "owl", where there are no predicted samples; it is set to 0',
    ]);
    recallScore([0, 0], [0, 0], { zeroDivision: Number.NaN, onUndefined });
    expect(told()).toEqual(["recallScore: recall is undefined for 1, where there are no true samples; it is left out"]);
    const rows = [
      [0, 0],
      [1, 0],
    ];
    f1Score(rows, rows, { average: "samples", zeroDivision: 1, onUndefined });
    expect(told().join()).toContain("for 1 samples, the first of them sample 0");
    jaccardScore(truth, predicted, { average: "micro", labels: ["fox"], onUndefined });
    expect(told().join()).toContain('over the labels "fox"');
    f1Score(truth, predicted, { average: "macro", onUndefined });
    expect(told()).toEqual([]);
  });

  it("is told by a report once per column, not again for the means", () => {
    classificationReport(truth, predicted, { onUndefined });
    expect(told()).toHaveLength(1);
  });

  it("is told by the metrics that are no ratio of a class", () => {
    // (recall - 1) / 0, as scikit-learn leaves it
    expect(balancedAccuracy(["a"], ["b"], { adjusted: true, onUndefined })).toBe(Number.NEGATIVE_INFINITY);
    expect(told().join()).toMatch(/no true samples of the predicted class "b".*single true class/);
    expect(balancedAccuracy(["a"], ["a"], { adjusted: true })).toBeNaN();
    expect(matthewsCorrelation([1, 1], [1, 1], { onUndefined })).toBe(0);
    expect(told().join()).toContain("single class");
    expect(cohenKappa([1, 1], [1, 1], { onUndefined })).toBeNaN();
    expect(cohenKappa([1, 2], [3, 3], { labels: [1, 2], onUndefined })).toBeNaN();
    expect(told().join()).toMatch(/only one class.*no sample has one of the labels/);
    expect(classLikelihoodRatios([0, 1], [0, 1], { onUndefined })).toEqual({ positive: Number.NaN, negative: 0 });
    expect(told()).toEqual([
      "classLikelihoodRatios: the positive likelihood ratio is undefined, as there are no false positives; it is NaN",
    ]);
    expect(classLikelihoodRatios([0, 0], [0, 1])).toEqual({ positive: Number.NaN, negative: Number.NaN });
    expect(topKAccuracy([0, 1], [0.2, 0.3], { k: 2, onUndefined })).toBe(1);
    expect(told().join()).toContain("every sample is right");
  });

  it("is found exactly, whatever the weights add up to", () => {
    // 0.1 + 0.2 - 0.3 is not 0 in float64; no true negative remains all the same.
    const sampleWeights = [0.1, 0.2, 0.3];
    specificity([1, 1, 1], [1, 1, 1], { sampleWeights, onUndefined });
    specificity([1, 1, 0], [1, 1, 1], { positiveLabel: 1, sampleWeights: [0.1, 0.2, 0], onUndefined });
    expect(told()).toHaveLength(2);
  });
});
