import { checkLists, checkOptions } from "../../errors/index.ts";
import { type ClassTargets, readTargets } from "./targets.ts";

/**
 * Hamming loss: fraction of the labels that are predicted wrongly.
 *
 * With several labels per sample every cell of the table counts, so that a model which predicts none looks good where
 * labels are rare. With one class per sample it is 1 - accuracy.
 *
 * @param truth - True classes, shape `[samples]`, or `[samples][labels]` of 0 and 1.
 * @param predicted - Predicted classes, same shape.
 * @param options.sampleWeights - Shape `[samples]`, not negative.
 * @returns From 0 to 1, lower is better.
 * @throws TonewrightError with the codes of `accuracy`.
 * @see scikit-learn 1.9 `hamming_loss`.
 */
export function hammingLoss(
  truth: ClassTargets,
  predicted: ClassTargets,
  options: { readonly sampleWeights?: ArrayLike<number> | undefined } = {},
): number {
  checkLists("hammingLoss(truth, predicted, options)", { truth, predicted });
  checkOptions("hammingLoss(truth, predicted, options)", options, { sampleWeights: false });
  const { sampleWeights } = options;
  const targets = readTargets("hammingLoss", truth, predicted, sampleWeights);
  const width = targets.kind === "multilabel" ? targets.present.length : 1;
  let wrong = 0;
  let total = 0;
  for (let n = 0; n < targets.samples; n++) {
    const weight = targets.weights?.[n] ?? 1;
    for (let k = n * width; k < (n + 1) * width; k++) if (targets.truth[k] !== targets.predicted[k]) wrong += weight;
    total += weight * width;
  }
  return wrong / total;
}
