import { checkLists, checkOptions } from "../../errors/index.ts";
import { type ClassTargets, type IndicatorTargets, readTargets, type SingleLabelTargets } from "./targets.ts";

/** Options of `accuracy` and `zeroOneLoss`. */
export interface AccuracyOptions {
  /** Divide by the number (or weight) of samples. Default true. */
  readonly normalise?: boolean | undefined;
  /** Shape `[samples]`, not negative; each sample counts as much. */
  readonly sampleWeights?: ArrayLike<number> | undefined;
}

/**
 * Accuracy: fraction of the samples whose class is predicted.
 *
 * On uneven classes a model that always names the largest one looks good: report `balancedAccuracy` with it. With
 * several labels per sample, a sample is right only if all of its labels are (subset accuracy).
 *
 * @param truth - True classes, shape `[samples]`, or `[samples][labels]` of 0 and 1.
 * @param predicted - Predicted classes, same shape.
 * @param options.normalise - False for the number (or weight) of right samples in place of their fraction.
 * @param options.sampleWeights - Shape `[samples]`, not negative.
 * @returns From 0 to 1; without `normalise`, up to the number (or weight) of samples.
 * @throws TonewrightError `empty-input`, `length-mismatch`, `invalid-label`, `mixed-labels`, `mixed-targets`,
 * `invalid-indicator`, `invalid-weight`.
 * @see scikit-learn 1.9 `accuracy_score`.
 */
export function accuracy(truth: ClassTargets, predicted: ClassTargets, options: AccuracyOptions = {}): number {
  checkLists("accuracy(truth, predicted, options)", { truth, predicted });
  checkOptions("accuracy(truth, predicted, options)", options, { normalise: false, sampleWeights: false });
  const { normalise = true, sampleWeights } = options;
  const { right, total } = countRight(readTargets("accuracy", truth, predicted, sampleWeights));
  return normalise ? right / total : right;
}

/**
 * Zero-one loss: fraction of the samples whose class is not predicted, 1 - accuracy.
 *
 * With several labels per sample, one wrong label makes the sample wrong; `hammingLoss` counts the labels one by one.
 *
 * @param truth - True classes, shape `[samples]`, or `[samples][labels]` of 0 and 1.
 * @param predicted - Predicted classes, same shape.
 * @param options.normalise - False for the number (or weight) of wrong samples in place of their fraction.
 * @param options.sampleWeights - Shape `[samples]`, not negative.
 * @returns From 0 to 1; without `normalise`, up to the number (or weight) of samples.
 * @throws TonewrightError with the codes of `accuracy`.
 * @see scikit-learn 1.9 `zero_one_loss`.
 */
export function zeroOneLoss(truth: ClassTargets, predicted: ClassTargets, options: AccuracyOptions = {}): number {
  checkLists("zeroOneLoss(truth, predicted, options)", { truth, predicted });
  checkOptions("zeroOneLoss(truth, predicted, options)", options, { normalise: false, sampleWeights: false });
  const { normalise = true, sampleWeights } = options;
  const { right, total } = countRight(readTargets("zeroOneLoss", truth, predicted, sampleWeights));
  return normalise ? 1 - right / total : total - right;
}

function countRight(targets: SingleLabelTargets | IndicatorTargets): { right: number; total: number } {
  const { truth, predicted, samples, weights } = targets;
  const width = targets.kind === "multilabel" ? targets.present.length : 1;
  let right = 0;
  let total = 0;
  for (let n = 0; n < samples; n++) {
    const weight = weights?.[n] ?? 1;
    total += weight;
    let k = n * width;
    while (k < (n + 1) * width && truth[k] === predicted[k]) k++;
    if (k === (n + 1) * width) right += weight;
  }
  return { right, total };
}
