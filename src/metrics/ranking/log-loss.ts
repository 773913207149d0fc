import { checkLists, checkOptions } from "../../errors/index.ts";
import type { LabelList } from "../classification/labels.ts";
import { meanOver, sumOver } from "../regression/sum.ts";
import { type ClassProbabilities, type ProbabilityOptions, readClassProbabilities } from "./class-probabilities.ts";
import { hasRows, type NumberRows } from "./score-rows.ts";

/**
 * Log loss (cross entropy): the mean of `-ln` of the probability that was given to the true class.
 *
 * A single confident mistake decides it: a probability of 0 costs 36 (it is raised to 2.2e-16, or 1.2e-7 in rows of
 * float32, where it costs 16).
 *
 * @param truth - Class of each sample, shape `[samples]`.
 * @param probabilities - Shape `[samples][classes]`, classes sorted; or `[samples]`, of the greater of two classes.
 * @param options.labels - Classes of the columns, sorted, if not all occur.
 * @param options.normalise - The mean over samples (default), or with false the sum.
 * @param options.sampleWeights - Shape `[samples]`, not negative.
 * @param options.onUndefined - Called if the probabilities of a sample do not sum to 1; they are used as they are.
 * @returns `>= 0`, in nats.
 * @throws TonewrightError `single-class` if all samples have one class and `labels` is left out; `not-probabilities`,
 *   `empty-input`, `length-mismatch`, `score-shape`, `bad-option`, `unknown-label`, `invalid-label`, `mixed-labels`,
 *   `non-finite-score`, `invalid-weight`.
 * @see scikit-learn 1.9 `log_loss`, which sorts unsorted labels silently where we refuse them
 */
export function logLoss(
  truth: LabelList,
  probabilities: ArrayLike<number> | NumberRows,
  given: ProbabilityOptions & { readonly normalise?: boolean | undefined } = {},
): number {
  checkLists("logLoss(truth, probabilities, options)", { truth, probabilities });
  checkOptions("logLoss(truth, probabilities, options)", given, {
    labels: false,
    sampleWeights: false,
    onUndefined: false,
    normalise: false,
  });
  const { normalise = true, ...options } = given;
  const classes = readClassProbabilities("logLoss", truth, probabilities, options);
  const loss = lossesOf(classes, smallestOf(probabilities));
  const { samples, weights } = classes;
  return normalise ? meanOver(samples, loss, weights) : sumOver(samples, (n) => (weights?.[n] ?? 1) * loss(n));
}

/**
 * 1 less the log loss over that of always predicting the shares of the classes: what R² is for squared errors.
 *
 * The shares are those of the samples given here, not of the training data.
 *
 * @param truth - Class of each sample, shape `[samples]`; at least two samples.
 * @param probabilities - Shape `[samples][classes]`, classes sorted; or `[samples]`, of the greater of two classes.
 * @param options.labels - Classes of the columns, sorted, if not all occur.
 * @param options.sampleWeights - Shape `[samples]`, not negative.
 * @param options.onUndefined - Called for a single sample, and as by `logLoss`.
 * @returns At most 1, 0 for the shares; NaN for a single sample.
 * @throws TonewrightError as `logLoss`.
 * @see scikit-learn 1.9 `d2_log_loss_score`
 */
export function d2LogLossScore(
  truth: LabelList,
  probabilities: ArrayLike<number> | NumberRows,
  options: ProbabilityOptions = {},
): number {
  checkLists("d2LogLossScore(truth, probabilities, options)", { truth, probabilities });
  checkOptions("d2LogLossScore(truth, probabilities, options)", options, {
    labels: false,
    sampleWeights: false,
    onUndefined: false,
  });
  if (truth.length === 1 && probabilities.length === 1) {
    options.onUndefined?.("d2LogLossScore is undefined for a single sample");
    return Number.NaN;
  }
  const classes = readClassProbabilities("d2LogLossScore", truth, probabilities, options);
  const { samples, weights } = classes;
  const shares = classShares(classes);
  const known = classes.values.map((_, k) => shares[k % classes.columns]!);
  const total = (loss: (n: number) => number) => sumOver(samples, (n) => (weights?.[n] ?? 1) * loss(n));
  const smallest = smallestOf(probabilities);
  return 1 - total(lossesOf(classes, smallest)) / total(lossesOf({ ...classes, values: known }, Number.EPSILON));
}

/** Weighted share of every class, shape `[classes]`. */
export function classShares({ samples, columns, codes, weights }: ClassProbabilities): Float64Array {
  return Float64Array.from({ length: columns }, (_, c) => meanOver(samples, (n) => (codes[n] === c ? 1 : 0), weights));
}

function lossesOf({ codes, values, columns }: ClassProbabilities, smallest: number): (n: number) => number {
  return (n) => -Math.log(Math.min(Math.max(values[n * columns + codes[n]!]!, smallest), 1 - smallest));
}

/** The distance of 1 to the next number in the format of the probabilities, below which none is taken. */
function smallestOf(probabilities: ArrayLike<number> | NumberRows): number {
  const float32 = hasRows(probabilities)
    ? probabilities.every((row) => row instanceof Float32Array)
    : probabilities instanceof Float32Array;
  return float32 ? 2 ** -23 : Number.EPSILON;
}
