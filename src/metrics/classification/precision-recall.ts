import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import { averageOptionNames } from "./averaging.ts";
import {
  type Average,
  type AverageOptions,
  averagedOutcomes,
  averagedRatio,
  divide,
  type Ratio,
  type AveragedScore,
  support,
} from "./averaging.ts";
import type { Label } from "./labels.ts";
import { type ClassTargets, type IndicatorTargets, readTargets, type SingleLabelTargets } from "./targets.ts";

const PRECISION: Ratio = {
  name: "precision",
  lacks: "predicted samples",
  numerator: (counts, n) => counts.truePositives[n]!,
  denominator: (counts, n) => counts.truePositives[n]! + counts.falsePositives[n]!,
};

const RECALL: Ratio = {
  name: "recall",
  lacks: "true samples",
  numerator: (counts, n) => counts.truePositives[n]!,
  denominator: (counts, n) => counts.truePositives[n]! + counts.falseNegatives[n]!,
};

/**
 * Precision: of the samples predicted as a class, the fraction that are of it.
 *
 * The default average is "binary": with more than two classes choose one, as they differ widely on uneven classes.
 *
 * @param truth - True classes, shape `[samples]`, or `[samples][labels]` of 0 and 1.
 * @param predicted - Predicted classes, same shape.
 * @param options - See `AverageOptions`.
 * @returns From 0 to 1; one per class, shape `[labels]`, with average "none".
 * @throws TonewrightError `empty-input`, `length-mismatch`, `invalid-label`, `mixed-labels`, `mixed-targets`,
 * `invalid-indicator`, `invalid-weight`, `duplicate-label`, `bad-option`; `unknown-label` if the positive label or a
 * chosen column is not there; `unsupported-targets` if the average is not made for such targets.
 * @see scikit-learn 1.9 `precision_score`.
 */
export function precisionScore<A extends Average = "binary">(
  truth: ClassTargets,
  predicted: ClassTargets,
  options: AverageOptions<A> = {},
): AveragedScore<A> {
  checkLists("precisionScore(truth, predicted, options)", { truth, predicted });
  checkOptions("precisionScore(truth, predicted, options)", options, averageOptionNames);
  return averagedRatio("precisionScore", { truth, predicted, ratio: PRECISION }, options);
}

/**
 * Recall, also called sensitivity or true positive rate: of the samples of a class, the fraction that are predicted as
 * it.
 *
 * The default average is "binary": with more than two classes choose one. "macro" is the balanced accuracy.
 *
 * @param truth - True classes, shape `[samples]`, or `[samples][labels]` of 0 and 1.
 * @param predicted - Predicted classes, same shape.
 * @param options - See `AverageOptions`.
 * @returns From 0 to 1; one per class, shape `[labels]`, with average "none".
 * @throws TonewrightError with the codes of `precisionScore`.
 * @see scikit-learn 1.9 `recall_score`.
 */
export function recallScore<A extends Average = "binary">(
  truth: ClassTargets,
  predicted: ClassTargets,
  options: AverageOptions<A> = {},
): AveragedScore<A> {
  checkLists("recallScore(truth, predicted, options)", { truth, predicted });
  checkOptions("recallScore(truth, predicted, options)", options, averageOptionNames);
  return averagedRatio("recallScore", { truth, predicted, ratio: RECALL }, options);
}

/**
 * F1: harmonic mean of precision and recall, 2 TP / (2 TP + FP + FN).
 *
 * "macro" is the mean of the F1 of the classes, not the F1 of mean precision and mean recall; papers use both.
 *
 * @param truth - True classes, shape `[samples]`, or `[samples][labels]` of 0 and 1.
 * @param predicted - Predicted classes, same shape.
 * @param options - See `AverageOptions`.
 * @returns From 0 to 1; one per class, shape `[labels]`, with average "none".
 * @throws TonewrightError with the codes of `precisionScore`.
 * @see scikit-learn 1.9 `f1_score`.
 */
export function f1Score<A extends Average = "binary">(
  truth: ClassTargets,
  predicted: ClassTargets,
  options: AverageOptions<A> = {},
): AveragedScore<A> {
  checkLists("f1Score(truth, predicted, options)", { truth, predicted });
  checkOptions("f1Score(truth, predicted, options)", options, averageOptionNames);
  return averagedRatio("f1Score", { truth, predicted, ratio: fRatio("f1Score", 1) }, options);
}

/**
 * F-beta: mean of precision and recall in which recall counts `beta` times as much.
 *
 * (1 + beta^2) TP / ((1 + beta^2) TP + beta^2 FN + FP). A beta of 0 is precision, of Infinity recall.
 *
 * @param truth - True classes, shape `[samples]`, or `[samples][labels]` of 0 and 1.
 * @param predicted - Predicted classes, same shape.
 * @param options - See `AverageOptions`.
 * @param options.beta - How much more recall counts than precision, `>= 0`.
 * @returns From 0 to 1; one per class, shape `[labels]`, with average "none".
 * @throws TonewrightError with the codes of `precisionScore`; `bad-option` also for a negative beta.
 * @see scikit-learn 1.9 `fbeta_score`.
 */
export function fBetaScore<A extends Average = "binary">(
  truth: ClassTargets,
  predicted: ClassTargets,
  options: AverageOptions<A> & { readonly beta: number },
): AveragedScore<A> {
  checkLists("fBetaScore(truth, predicted, options)", { truth, predicted });
  checkOptions("fBetaScore(truth, predicted, options)", options, { ...averageOptionNames, beta: true });
  return averagedRatio("fBetaScore", { truth, predicted, ratio: fRatio("fBetaScore", options.beta) }, options);
}

/** Precision, recall and F-beta together. */
export interface PrecisionRecallFBeta<A extends Average> {
  readonly precision: AveragedScore<A>;
  readonly recall: AveragedScore<A>;
  readonly fBeta: AveragedScore<A>;
  /** How often (or with how much weight) each class is true, shape `[labels]`; only with average "none". */
  readonly support: A extends "none" ? Float64Array : undefined;
  /** The labels scored; with average "none", those of the entries. */
  readonly labels: readonly Label[];
}

/**
 * Precision, recall and F-beta in one pass, and the support of each class.
 *
 * Unlike the single scores, it gives one entry per class unless an average is chosen.
 *
 * @param truth - True classes, shape `[samples]`, or `[samples][labels]` of 0 and 1.
 * @param predicted - Predicted classes, same shape.
 * @param options - See `AverageOptions`; the average is "none" if left out.
 * @param options.beta - How much more recall counts than precision, `>= 0`, default 1.
 * @returns Each from 0 to 1, or of shape `[labels]` with average "none".
 * @throws TonewrightError with the codes of `precisionScore`; `bad-option` also for a negative beta.
 * @see scikit-learn 1.9 `precision_recall_fscore_support`.
 */
export function precisionRecallFBeta<A extends Average = "none">(
  truth: ClassTargets,
  predicted: ClassTargets,
  options: AverageOptions<A> & { readonly beta?: number | undefined } = {},
): PrecisionRecallFBeta<A> {
  checkLists("precisionRecallFBeta(truth, predicted, options)", { truth, predicted });
  checkOptions("precisionRecallFBeta(truth, predicted, options)", options, { ...averageOptionNames, beta: false });
  const metric = "precisionRecallFBeta";
  return scoreTargets(metric, readTargets(metric, truth, predicted, options.sampleWeights), options);
}

/** `precisionRecallFBeta` of targets that are read already. @throws TonewrightError as `averagedOutcomes`. */
export function scoreTargets<A extends Average = "none">(
  metric: string,
  targets: SingleLabelTargets | IndicatorTargets,
  options: AverageOptions<A> & { readonly beta?: number | undefined },
): PrecisionRecallFBeta<A> {
  const fBeta = fRatio(metric, options.beta ?? 1);
  const outcomes = averagedOutcomes(metric, { targets, otherwise: "none" }, options);
  return {
    precision: divide(outcomes, PRECISION),
    recall: divide(outcomes, RECALL),
    fBeta: divide(outcomes, fBeta),
    support: outcomes.average === "none" ? support(outcomes.counts) : undefined,
    labels: outcomes.labels,
  } as PrecisionRecallFBeta<A>;
}

/**
 * F-beta from outcomes, which is defined wherever a sample is true or predicted.
 *
 * @throws TonewrightError `bad-option`.
 */
function fRatio(metric: string, beta: number): Ratio {
  if (beta === 0) return PRECISION;
  if (beta === Number.POSITIVE_INFINITY) return RECALL;
  if (!(beta > 0)) throw new TonewrightError("bad-option", `${metric}: beta is ${beta}`, "choose a beta of 0 or more");
  const square = beta * beta;
  return {
    name: beta === 1 ? "F1" : `F-${beta}`,
    lacks: "true or predicted samples",
    numerator: (counts, n) => (1 + square) * counts.truePositives[n]!,
    denominator: (counts, n) =>
      square * (counts.truePositives[n]! + counts.falseNegatives[n]!) +
      (counts.truePositives[n]! + counts.falsePositives[n]!),
  };
}
