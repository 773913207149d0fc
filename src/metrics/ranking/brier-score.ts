import { checkLists, checkOptions } from "../../errors/index.ts";
import { binaryOptionNames } from "./binary-scores.ts";
import type { Label, LabelList } from "../classification/labels.ts";
import { meanOver, sumOver } from "../regression/sum.ts";
import {
  type ClassProbabilities,
  type ProbabilityOptions,
  readBinaryProbabilities,
  readClassProbabilities,
} from "./class-probabilities.ts";
import { classShares } from "./log-loss.ts";
import { hasRows, type NumberRows } from "./score-rows.ts";

/** What the Brier scores take. */
export interface BrierOptions extends ProbabilityOptions {
  /** For one probability per sample: its class; may be left out for numbers, of which the greater one is positive. */
  readonly positiveLabel?: Label | undefined;
}

/**
 * Brier score: the mean squared difference of probabilities and what happened.
 *
 * It rewards both calibration and telling classes apart; a rare event makes it small by itself: compare it with
 * `d2BrierScore`.
 *
 * @param truth - Class of each sample, shape `[samples]`.
 * @param probabilities - Shape `[samples]`, of the positive class; or `[samples][classes]`, classes sorted.
 * @param options.positiveLabel - For one probability per sample: its class.
 * @param options.labels - For rows: classes of the columns, sorted, if not all occur.
 * @param options.halve - Half of the sum over the classes, as in the two-class definition. Default: for two classes
 *   yes, for more no.
 * @param options.sampleWeights - Shape `[samples]`, not negative.
 * @param options.onUndefined - Called if the probabilities of a sample do not sum to 1.
 * @returns 0 (perfect) to 1, or to 2 where it is not halved.
 * @throws TonewrightError `not-binary`, `unknown-positive`, else as `logLoss`.
 * @see scikit-learn 1.9 `brier_score_loss`; Brier 1950
 */
export function brierScore(
  truth: LabelList,
  probabilities: ArrayLike<number> | NumberRows,
  given: BrierOptions & { readonly halve?: boolean | undefined } = {},
): number {
  checkLists("brierScore(truth, probabilities, options)", { truth, probabilities });
  checkOptions("brierScore(truth, probabilities, options)", given, {
    ...binaryOptionNames,
    labels: false,
    halve: false,
  });
  const { halve, ...options } = given;
  const classes = readEither("brierScore", truth, probabilities, options);
  const score = squaredMiss(classes, classes.values);
  return (halve ?? classes.columns < 3) ? score / 2 : score;
}

/**
 * 1 less the Brier score over that of always predicting the shares of the classes (the Brier skill score).
 *
 * @param truth - Class of each sample, shape `[samples]`; at least two samples.
 * @param probabilities - As of `brierScore`.
 * @param options - As of `brierScore`; `onUndefined` is also called for a single sample.
 * @returns At most 1, 0 for the shares; NaN for a single sample.
 * @throws TonewrightError as `brierScore`.
 * @see scikit-learn 1.9 `d2_brier_score`
 */
export function d2BrierScore(
  truth: LabelList,
  probabilities: ArrayLike<number> | NumberRows,
  options: BrierOptions = {},
): number {
  checkLists("d2BrierScore(truth, probabilities, options)", { truth, probabilities });
  checkOptions("d2BrierScore(truth, probabilities, options)", options, { ...binaryOptionNames, labels: false });
  if (truth.length === 1 && probabilities.length === 1) {
    options.onUndefined?.("d2BrierScore is undefined for a single sample");
    return Number.NaN;
  }
  const classes = readEither("d2BrierScore", truth, probabilities, options);
  const shares = classShares(classes);
  const known = classes.values.map((_, k) => shares[k % classes.columns]!);
  return 1 - squaredMiss(classes, classes.values) / squaredMiss(classes, known);
}

function readEither(
  metric: string,
  truth: LabelList,
  probabilities: ArrayLike<number> | NumberRows,
  options: BrierOptions,
): ClassProbabilities {
  if (hasRows(probabilities) && probabilities[0]?.length !== 1) {
    return readClassProbabilities(metric, truth, probabilities, options);
  }
  const { positiveLabel, sampleWeights } = options;
  return readBinaryProbabilities(metric, truth, probabilities, { positiveLabel, sampleWeights });
}

function squaredMiss({ samples, columns, codes, weights }: ClassProbabilities, values: Float64Array): number {
  const miss = (n: number, c: number) => ((codes[n] === c ? 1 : 0) - values[n * columns + c]!) ** 2;
  return meanOver(samples, (n) => sumOver(columns, (c) => miss(n, c)), weights);
}
