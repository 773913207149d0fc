import { describe, expect, it } from "vitest";
import { isTonewrightError } from "../../errors/index.ts";
import { accuracy, zeroOneLoss } from "./accuracy.ts";
import { balancedAccuracy } from "./balanced-accuracy.ts";
import { balancedClassWeights } from "./class-weights.ts";
import { classificationReport } from "./classification-report.ts";
import { cohenKappa } from "./cohen-kappa.ts";
import { confusionMatrix } from "./confusion-matrix.ts";
import { hammingLoss } from "./hamming-loss.ts";
import { hingeLoss } from "./hinge-loss.ts";
import { jaccardScore } from "./jaccard.ts";
import { classLikelihoodRatios } from "./likelihood-ratios.ts";
import { matthewsCorrelation } from "./matthews-correlation.ts";
import { multilabelConfusionMatrix } from "./multilabel-confusion-matrix.ts";
import { f1Score, fBetaScore, precisionRecallFBeta, precisionScore, recallScore } from "./precision-recall.ts";
import { formatClassificationReport } from "./format-report.ts";
import {
  falseDiscoveryRate,
  falseNegativeRate,
  falsePositiveRate,
  negativePredictiveValue,
  specificity,
} from "./rates.ts";
import type { ClassTargets } from "./targets.ts";
import { topKAccuracy } from "./top-k-accuracy.ts";

type Judge = (truth: ClassTargets, predicted: ClassTargets, options?: { sampleWeights: number[] }) => unknown;
const judges: readonly Judge[] = [
  accuracy,
  zeroOneLoss,
  balancedAccuracy,
  classificationReport,
  cohenKappa,
  confusionMatrix,
  hammingLoss,
  jaccardScore,
  classLikelihoodRatios,
  matthewsCorrelation,
  multilabelConfusionMatrix,
  precisionScore,
  recallScore,
  f1Score,
  precisionRecallFBeta,
  specificity,
  negativePredictiveValue,
  falsePositiveRate,
  falseNegativeRate,
  falseDiscoveryRate,
];

function refusal(act: () => unknown): { code: string; message: string } {
  try {
    act();
  } catch (error) {
    if (!isTonewrightError(error)) throw error;
    expect(error.hint).not.toBe("");
    return { code: error.code, message: error.message };
  }
  throw new Error("expected a refusal");
}

const table = [
  [0, 1],
  [1, 1],
];

describe("every metric of two label lists refuses", () => {
  const inputs: [string, unknown, unknown, number[] | undefined, string, RegExp][] = [
    ["no samples", [], [], undefined, "empty-input", /true labels are empty/],
    ["no predictions", [1], [], undefined, "empty-input", /predicted labels are empty/],
    ["lists of different length", [1, 0], [1, 0, 0], undefined, "length-mismatch", /2 true labels, 3 predicted/],
    ["NaN", [1, Number.NaN], [1, 0], undefined, "invalid-label", /truth\[1\] is NaN/],
    ["infinity", [1, 0], [1, Number.POSITIVE_INFINITY], undefined, "invalid-label", /predicted\[1\] is Infinity/],
    ["fractions", [1, 0], [0.9, 0.2], undefined, "invalid-label", /predicted\[0\] is 0.9/],
    ["holes", [1, undefined], [1, 0], undefined, "invalid-label", /truth\[1\] is a value of type undefined/],
    ["null", [1, 0], [null, 0], undefined, "invalid-label", /predicted\[0\] is a value of type null/],
    [
      "a text in place of a list",
      "ab",
      "ab",
      undefined,
      "wrong-call",
      /the string "ab" where "(truth|first)" should be/,
    ],
    ["numbers beside texts", [1, 0], ["1", "0"], undefined, "mixed-labels", /numbers \(0\) and partly texts \("0"\)/],
    ["a table beside a list", table, [0, 1], undefined, "mixed-targets", /rows of 2 labels/],
    ["tables of different width", table, [[1], [0]], undefined, "length-mismatch", /rows of 2 true labels, rows of 1/],
    ["ragged tables", [[0, 1], [1]], table, undefined, "length-mismatch", /truth\[0\] is a row of 2.*truth\[1\].*of 1/],
    ["rows beside labels", [[0, 1], 1], table, undefined, "length-mismatch", /truth\[1\] is no row/],
    ["empty rows", [[], []], [[], []], undefined, "length-mismatch", /a row of 0 labels/],
    [
      "scores in a table",
      table,
      [
        [0.5, 1],
        [1, 1],
      ],
      undefined,
      "invalid-indicator",
      /predicted\[0\]\[0\] is 0.5/,
    ],
    ["too few weights", [1, 0], [1, 0], [1], "length-mismatch", /2 samples, 1 sample weights/],
    ["a negative weight", [1, 0], [1, 0], [1, -1], "invalid-weight", /sample 1 weighs -1/],
    ["a weight that is NaN", [1, 0], [1, 0], [Number.NaN, 1], "invalid-weight", /sample 0 weighs NaN/],
    ["weights of nothing", [1, 0], [1, 0], [0, 0], "invalid-weight", /all 2 sample weights are zero/],
  ];
  for (const [what, truth, predicted, sampleWeights, code, message] of inputs) {
    it(what, () => {
      for (const judge of judges) {
        const options = sampleWeights === undefined ? undefined : { sampleWeights };
        const found = refusal(() => judge(truth as ClassTargets, predicted as ClassTargets, options));
        expect(found.code, judge.name).toBe(code);
        expect(found.message, judge.name).toMatch(message);
        expect(found.message.split(":")[0]).toBe(judge.name);
      }
    });
  }
});

describe("refused options", () => {
  const [is, guess] = [
    [0, 1, 2],
    [0, 2, 2],
  ];
  const two: [number[], number[]] = [
    [0, 1, 1],
    [0, 1, 0],
  ];
  const cases: [string, () => unknown, string, RegExp][] = [
    ["binary with three classes", () => f1Score(is, guess), "unsupported-targets", /3 classes occur/],
    ["binary with a table", () => f1Score(table, table), "unsupported-targets", /2 labels may hold at once/],
    ["samples without a table", () => f1Score(is, guess, { average: "samples" }), "unsupported-targets", /one class/],
    ["an average that is none", () => f1Score(is, guess, { average: "mean" as "macro" }), "bad-option", /"mean"/],
    ["zeroDivision of 0.5", () => f1Score(...two, { zeroDivision: 0.5 }), "bad-option", /zeroDivision is 0.5/],
    ["an unknown positive class", () => f1Score(...two, { positiveLabel: 3 }), "unknown-label", /is 3.*are 0, 1/],
    ["the default positive class of texts", () => f1Score(["a", "b"], ["a", "b"]), "unknown-label", /is 1.*"a", "b"/],
    ["the same with a single class", () => f1Score(["a"], ["a"]), "mixed-labels", /numbers \(1\).*texts \("a"\)/],
    ["a positive class of NaN", () => f1Score(...two, { positiveLabel: Number.NaN }), "invalid-label", /positiveLabel/],
    ["a negative beta", () => fBetaScore(...two, { beta: -1 }), "bad-option", /beta is -1/],
    ["a beta of NaN", () => precisionRecallFBeta(...two, { beta: Number.NaN }), "bad-option", /beta is NaN/],
    ["no labels", () => f1Score(is, guess, { average: "macro", labels: [] }), "empty-input", /labels is empty/],
    ["labels twice", () => confusionMatrix(is, guess, { labels: [1, 0, 1] }), "duplicate-label", /1 more than once/],
    [
      "labels as one text",
      () => confusionMatrix(["a"], ["a"], { labels: "a" as unknown as [] }),
      "invalid-label",
      /"a"/,
    ],
    ["labels that are texts", () => confusionMatrix(is, guess, { labels: ["a"] }), "mixed-labels", /texts \("a"\)/],
    ["labels that are not true", () => confusionMatrix(is, guess, { labels: [7, 8] }), "unknown-label", /7, 8/],
    ["the same for kappa", () => cohenKappa(is, guess, { labels: [7] }), "unknown-label", /labels 7/],
    [
      "a column that is not there",
      () => multilabelConfusionMatrix(table, table, { labels: [2] }),
      "unknown-label",
      /no column 2 in rows of 2/,
    ],
    [
      "a matrix per sample without a table",
      () => multilabelConfusionMatrix(is, guess, { bySample: true }),
      "unsupported-targets",
      /one class per sample/,
    ],
    ["a matrix of a table", () => confusionMatrix(table, table), "unsupported-targets", /2 labels that may hold/],
    ["Matthews of a table", () => matthewsCorrelation(table, table), "unsupported-targets", /2 labels that may hold/],
    [
      "an unknown normalisation",
      () => confusionMatrix(is, guess, { normalise: "rows" as "true" }),
      "bad-option",
      /"rows"/,
    ],
    ["an unknown weighting", () => cohenKappa(is, guess, { weights: "cubic" as "linear" }), "bad-option", /"cubic"/],
    ["ratios of three classes", () => classLikelihoodRatios(is, guess), "unsupported-targets", /3 classes occur/],
    ["ratios of a single class", () => classLikelihoodRatios([1], [1]), "single-class", /of class 1/],
    ["ratios of one label", () => classLikelihoodRatios(...two, { labels: [1] }), "bad-option", /1 labels are given/],
    [
      "too few names",
      () => classificationReport(is, guess, { targetNames: ["a", "b"] }),
      "length-mismatch",
      /2 names for 3 labels/,
    ],
    [
      "too many names for chosen labels",
      () => classificationReport(is, guess, { labels: [1], targetNames: ["a", "b"] }),
      "length-mismatch",
      /2 names for 1 labels \(1\)/,
    ],
    [
      "half a digit",
      () => formatClassificationReport(classificationReport(is, guess), { digits: 0.5 }),
      "bad-option",
      /digits is 0.5/,
    ],
    ["a class without samples", () => balancedClassWeights(is, { classes: [0, 1, 2, 3] }), "unknown-label", /class 3/],
    ["a class left out", () => balancedClassWeights(is, { classes: [0, 1] }), "unknown-label", /of class 2/],
    ["weights of no classes", () => balancedClassWeights([]), "empty-input", /truth are empty/],
    ["k of 0", () => topKAccuracy([0, 1], [0.1, 0.2], { k: 0 }), "bad-option", /k is 0/],
    ["scores of two columns", () => topKAccuracy([0, 1], table), "score-shape", /2 classes \(0, 1\), 2 scores/],
    [
      "scores of too few columns",
      () => topKAccuracy(is, [table[0]!, table[0]!, table[0]!]),
      "score-shape",
      /3 classes/,
    ],
    ["one class and no labels", () => topKAccuracy([1, 1], [0.1, 0.2]), "score-shape", /1 classes \(1\)/],
    ["too few scores", () => topKAccuracy([0, 1], [0.1]), "length-mismatch", /2 true labels, scores of 1/],
    ["ragged scores", () => topKAccuracy(is, [[1, 2, 3], [1], [1]]), "length-mismatch", /scores\[1\] has 1/],
    ["a score of NaN", () => topKAccuracy([0, 1], [0.1, Number.NaN]), "non-finite-score", /sample 1 is NaN/],
    ["labels out of order", () => topKAccuracy(is, [], { labels: [1, 0, 2] }), "length-mismatch", /scores of 0/],
    [
      "labels out of order",
      () => topKAccuracy([0, 1], [0.1, 0.2], { labels: [1, 0] }),
      "bad-option",
      /1, 0 are not sorted/,
    ],
    [
      "a true class that is no label",
      () => topKAccuracy([0, 5], [0.1, 0.2], { labels: [0, 1] }),
      "unknown-label",
      /true labels 5/,
    ],
    ["hinge of a single class", () => hingeLoss([1, 1], [0.5, 0.2]), "single-class", /of class 1/],
    ["hinge of three classes in one column", () => hingeLoss(is, [1, 2, 3]), "score-shape", /3 classes/],
  ];
  for (const [what, act, code, message] of cases) {
    it(what, () => {
      const found = refusal(act);
      expect(found.code).toBe(code);
      expect(found.message).toMatch(message);
    });
  }
});
