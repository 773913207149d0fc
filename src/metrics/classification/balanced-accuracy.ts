import { checkLists, checkOptions } from "../../errors/index.ts";
import { support } from "./averaging.ts";
import { listed } from "./labels.ts";
import { countByLabel, selectLabels } from "./outcome-counts.ts";
import { type ClassTargets, readSingleLabelTargets } from "./targets.ts";

/**
 * Balanced accuracy: mean of the recall of the classes, so that rare ones count as much as frequent ones.
 *
 * Only classes with true samples count. A model that guesses reaches 1 / classes, not 0.5 and not 0: `adjusted` puts
 * chance at 0.
 *
 * @param truth - True class of each sample, shape `[samples]`.
 * @param predicted - Predicted class of each sample, shape `[samples]`.
 * @param options.adjusted - Put chance at 0 and perfection at 1. Default false.
 * @param options.sampleWeights - Shape `[samples]`, not negative.
 * @param options.onUndefined - Called with a sentence if predicted classes have no true samples, and if a single class
 * cannot be adjusted.
 * @returns From 0 to 1; adjusted, down to 1 / (1 - classes), and for a single class 0/0 or -1/0.
 * @throws TonewrightError `empty-input`, `length-mismatch`, `invalid-label`, `mixed-labels`, `mixed-targets`,
 * `invalid-indicator`, `invalid-weight`; `unsupported-targets` for several labels per sample.
 * @see scikit-learn 1.9 `balanced_accuracy_score`.
 */
export function balancedAccuracy(
  truth: ClassTargets,
  predicted: ClassTargets,
  options: {
    readonly adjusted?: boolean | undefined;
    readonly sampleWeights?: ArrayLike<number> | undefined;
    readonly onUndefined?: ((message: string) => void) | undefined;
  } = {},
): number {
  checkLists("balancedAccuracy(truth, predicted, options)", { truth, predicted });
  checkOptions("balancedAccuracy(truth, predicted, options)", options, {
    adjusted: false,
    sampleWeights: false,
    onUndefined: false,
  });
  const { adjusted = false, sampleWeights, onUndefined } = options;
  const metric = "balancedAccuracy";
  const targets = readSingleLabelTargets(metric, truth, predicted, sampleWeights);
  const counts = countByLabel(targets, selectLabels(metric, targets));
  const trueWeight = support(counts);
  const recalls = [...counts.truePositives]
    .map((hits, c) => hits / trueWeight[c]!)
    .filter((_, c) => trueWeight[c] !== 0);
  if (recalls.length < trueWeight.length) {
    const without = targets.present.filter((_, c) => trueWeight[c] === 0);
    onUndefined?.(`${metric}: there are no true samples of the predicted class ${listed(without)}; it is left out`);
  }
  const mean = recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length;
  if (!adjusted) return mean;
  if (recalls.length === 1)
    onUndefined?.(`${metric}: with a single true class chance is right too, so it cannot be adjusted`);
  const chance = 1 / recalls.length;
  return (mean - chance) / (1 - chance);
}
