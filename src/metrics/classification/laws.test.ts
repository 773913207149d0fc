import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accuracy, zeroOneLoss } from "./accuracy.ts";
import { balancedAccuracy } from "./balanced-accuracy.ts";
import { balancedClassWeights } from "./class-weights.ts";
import { classificationReport } from "./classification-report.ts";
import { cohenKappa } from "./cohen-kappa.ts";
import { confusionMatrix } from "./confusion-matrix.ts";
import { hammingLoss } from "./hamming-loss.ts";
import { jaccardScore } from "./jaccard.ts";
import { matthewsCorrelation } from "./matthews-correlation.ts";
import { multilabelConfusionMatrix } from "./multilabel-confusion-matrix.ts";
import { f1Score, precisionRecallFBeta, precisionScore, recallScore } from "./precision-recall.ts";
import {
  falseDiscoveryRate,
  falseNegativeRate,
  falsePositiveRate,
  negativePredictiveValue,
  specificity,
} from "./rates.ts";
import { topKAccuracy } from "./top-k-accuracy.ts";

/** Samples of up to five classes, as pairs of true and predicted class. */
const pairs = fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 1, maxLength: 40 });
const unzip = (list: readonly (readonly [number, number])[]): [number[], number[]] => [
  list.map(([truth]) => truth),
  list.map(([, predicted]) => predicted),
];
const rows = fc.integer({ min: 2, max: 4 }).chain((columns) => {
  const row = fc.array(fc.constantFrom(0, 1), { minLength: columns, maxLength: columns });
  return fc.array(fc.tuple(row, row), { minLength: 1, maxLength: 20 });
});
const runs = { seed: 20261121, numRuns: 300 };
const averages = ["micro", "macro", "weighted"] as const;

/** Equal up to the rounding of sums of at most 40 terms. */
function expectEqual(found: ArrayLike<number> | number, expected: ArrayLike<number> | number): void {
  const [a, b] = [found, expected].map((value) => (typeof value === "number" ? [value] : Array.from(value)));
  expect(a).toHaveLength(b!.length);
  for (const [n, value] of b!.entries()) {
    if (Number.isNaN(value)) expect(a![n]).toBeNaN();
    else expect(Math.abs(a![n]! - value)).toBeLessThan(1e-12);
  }
}

describe("with one class per sample", () => {
  it("micro precision, recall and F1 are the accuracy, and the losses are the rest of it", () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const [truth, predicted] = unzip(list);
        const right = accuracy(truth, predicted);
        for (const score of [precisionScore, recallScore, f1Score]) {
          expectEqual(score(truth, predicted, { average: "micro" }), right);
        }
        expectEqual(zeroOneLoss(truth, predicted), 1 - right);
        expectEqual(hammingLoss(truth, predicted), 1 - right);
      }),
      runs,
    );
  });

  it("the order of the samples does not matter", () => {
    const shuffled = pairs.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        const [truth, predicted] = unzip(list);
        const [otherTruth, otherPredicted] = unzip(other);
        expect(classificationReport(otherTruth, otherPredicted)).toEqual(classificationReport(truth, predicted));
        expectEqual(cohenKappa(otherTruth, otherPredicted), cohenKappa(truth, predicted));
        expectEqual(matthewsCorrelation(otherTruth, otherPredicted), matthewsCorrelation(truth, predicted));
      }),
      runs,
    );
  });

  it("new names in the same order change nothing but the names", () => {
    const names = ["B", "a", "aa", "b", "é"];
    fc.assert(
      fc.property(pairs, (list) => {
        const [truth, predicted] = unzip(list);
        const [trueNames, predictedNames] = [truth, predicted].map((side) => side.map((label) => names[label]!));
        const numbered = confusionMatrix(truth, predicted);
        const named = confusionMatrix(trueNames!, predictedNames!);
        expect(named.values).toEqual(numbered.values);
        expect(named.labels).toEqual(numbered.labels.map((label) => names[label as number]));
        for (const average of averages) {
          const score = f1Score(trueNames!, predictedNames!, { average });
          expect(score).toBe(f1Score(truth, predicted, { average }));
        }
      }),
      runs,
    );
  });

  it("a whole weight counts like as many samples", () => {
    const weighted = fc.array(fc.tuple(fc.nat(4), fc.nat(4), fc.nat(3)), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(weighted, (list) => {
        fc.pre(list.some(([, , weight]) => weight > 0));
        const truth = list.map(([label]) => label);
        const predicted = list.map(([, label]) => label);
        const sampleWeights = list.map(([, , weight]) => weight);
        const repeat = (side: number[]) => side.flatMap((label, n) => new Array<number>(sampleWeights[n]!).fill(label));
        const [longTruth, longPredicted] = [repeat(truth), repeat(predicted)];
        const labels = [0, 1, 2, 3, 4]; // a sample without weight still shows its class
        const options = { labels, average: "none" } as const;
        for (const score of [
          precisionScore,
          recallScore,
          f1Score,
          jaccardScore,
          specificity,
          negativePredictiveValue,
        ]) {
          const found = score(truth, predicted, { ...options, sampleWeights });
          expectEqual(found, score(longTruth, longPredicted, options));
        }
        expectEqual(accuracy(truth, predicted, { sampleWeights }), accuracy(longTruth, longPredicted));
        expectEqual(balancedAccuracy(truth, predicted, { sampleWeights }), balancedAccuracy(longTruth, longPredicted));
        for (const weights of ["none", "linear", "quadratic"] as const) {
          fc.pre(longTruth.some((label) => labels.includes(label)));
          const found = cohenKappa(truth, predicted, { labels, weights, sampleWeights });
          expectEqual(found, cohenKappa(longTruth, longPredicted, { labels, weights }));
        }
        const correlation = matthewsCorrelation(truth, predicted, { sampleWeights });
        expectEqual(correlation, matthewsCorrelation(longTruth, longPredicted));
      }),
      runs,
    );
  });

  it("the confusion matrix adds up to the support, and its divided rows are the recalls", () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const [truth, predicted] = unzip(list);
        const { labels, values } = confusionMatrix(truth, predicted);
        const { support, recall } = precisionRecallFBeta(truth, predicted);
        const size = labels.length;
        const sums = labels.map((_, c) =>
          values.slice(c * size, (c + 1) * size).reduce((sum, value) => sum + value, 0),
        );
        expect(sums).toEqual(Array.from(support));
        const divided = confusionMatrix(truth, predicted, { normalise: "true" }).values;
        expectEqual(
          labels.map((_, c) => divided[c * size + c]!),
          recall,
        );
      }),
      runs,
    );
  });

  it("balanced accuracy is the mean recall of the classes that are true, and 0 at chance when adjusted", () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const [truth, predicted] = unzip(list);
        const mean = recallScore(truth, predicted, { average: "macro", labels: [...new Set(truth)] });
        expectEqual(balancedAccuracy(truth, predicted), mean);
        const classes = new Set(truth).size;
        const constant = truth.map(() => truth[0]!);
        if (classes > 1) expectEqual(balancedAccuracy(truth, constant, { adjusted: true }), 0);
      }),
      runs,
    );
  });

  it("kappa and Matthews do not care which side is the truth, and end at 1", () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const [truth, predicted] = unzip(list);
        for (const weights of ["none", "linear", "quadratic"] as const) {
          expectEqual(cohenKappa(truth, predicted, { weights }), cohenKappa(predicted, truth, { weights }));
        }
        const correlation = matthewsCorrelation(truth, predicted);
        expectEqual(correlation, matthewsCorrelation(predicted, truth));
        expect(Math.abs(correlation)).toBeLessThan(1 + 1e-12);
        if (new Set(truth).size > 1) {
          expectEqual(cohenKappa(truth, truth), 1);
          expectEqual(matthewsCorrelation(truth, truth), 1);
        }
      }),
      runs,
    );
  });

  it("balanced class weights give every class the same weight, and all samples their number", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 1, maxLength: 40 }), (truth) => {
        const classes = [...new Set(truth)].sort();
        const weights = balancedClassWeights(truth);
        const shares = classes.map((label, c) => weights[c]! * truth.filter((one) => one === label).length);
        expectEqual(
          shares,
          classes.map(() => truth.length / classes.length),
        );
      }),
      runs,
    );
  });

  it("top-1 of scores is the accuracy of the largest, and more guesses are never worse", () => {
    const scored = fc.array(fc.tuple(fc.nat(3), fc.array(fc.nat(3), { minLength: 4, maxLength: 4 })), { minLength: 1 });
    fc.assert(
      fc.property(scored, (list) => {
        const truth = list.map(([label]) => label);
        const scores = list.map(([, row]) => row);
        const labels = [0, 1, 2, 3];
        const largest = scores.map((row) => row.lastIndexOf(Math.max(...row))); // of equal scores, the later class
        const found = [1, 2, 3, 4].map((k) => topKAccuracy(truth, scores, { k, labels }));
        expectEqual(found[0]!, accuracy(truth, largest));
        expect(found).toEqual([...found].sort((a, b) => a - b));
        expect(found[3]).toBe(1);
      }),
      runs,
    );
  });
});

describe("with several labels per sample", () => {
  it("every score of a column is that of its two classes", () => {
    fc.assert(
      fc.property(rows, (list) => {
        const truth = list.map(([row]) => row);
        const predicted = list.map(([, row]) => row);
        for (const score of [
          precisionScore,
          recallScore,
          f1Score,
          jaccardScore,
          specificity,
          negativePredictiveValue,
        ]) {
          const columns = truth[0]!.map((_, c) =>
            score(
              truth.map((row) => row[c]!),
              predicted.map((row) => row[c]!),
            ),
          );
          expectEqual(score(truth, predicted, { average: "none" }), columns);
          expectEqual(
            score(truth, predicted, { average: "macro" }),
            columns.reduce((sum, value) => sum + value, 0) / columns.length,
          );
        }
      }),
      runs,
    );
  });

  it("rates and their complements add up to 1 where they are defined, and Jaccard follows from F1", () => {
    const complements = [
      [recallScore, falseNegativeRate],
      [precisionScore, falseDiscoveryRate],
      [specificity, falsePositiveRate],
    ] as const;
    fc.assert(
      fc.property(rows, (list) => {
        const truth = list.map(([row]) => row);
        const predicted = list.map(([, row]) => row);
        const options = { average: "none", zeroDivision: Number.NaN } as const;
        for (const [rate, complement] of complements) {
          const rest = rate(truth, predicted, options).map((value) => 1 - value);
          expectEqual(complement(truth, predicted, options), rest);
        }
        const jaccard = f1Score(truth, predicted, options).map((f1) => f1 / (2 - f1));
        expectEqual(jaccardScore(truth, predicted, options), jaccard);
      }),
      runs,
    );
  });

  it("the matrices of the samples add up to those of the labels, and Hamming loss is their wrong share", () => {
    fc.assert(
      fc.property(rows, (list) => {
        const truth = list.map(([row]) => row);
        const predicted = list.map(([, row]) => row);
        const total = ({ values }: { values: Float64Array }) =>
          [0, 1, 2, 3].map((k) => values.filter((_, n) => n % 4 === k).reduce((sum, value) => sum + value, 0));
        const byLabel = total(multilabelConfusionMatrix(truth, predicted));
        expect(total(multilabelConfusionMatrix(truth, predicted, { bySample: true }))).toEqual(byLabel);
        expectEqual(hammingLoss(truth, predicted), (byLabel[1]! + byLabel[2]!) / (truth.length * truth[0]!.length));
      }),
      runs,
    );
  });
});
