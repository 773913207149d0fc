import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import type { Label, LabelList } from "./labels.ts";
import { countByLabel, countBySample, selectLabels } from "./outcome-counts.ts";
import { type ClassTargets, readTargets } from "./targets.ts";

/**
 * One confusion matrix of two rows for each label, or for each sample.
 *
 * A label is judged on its own: everything else together is its negative. It works for one class per sample and for
 * tables of 0 and 1.
 *
 * @param truth - True classes, shape `[samples]` or `[samples][labels]`.
 * @param predicted - Predicted classes, same shape.
 * @param options.labels - Which labels, in which order; of a table, its column numbers. All that occur, sorted, if left
 * out.
 * @param options.bySample - One matrix per sample, over its labels, in place of one per label; for tables only. Default
 * false.
 * @param options.sampleWeights - Shape `[samples]`, not negative; each sample counts as much.
 * @returns `values` of shape `[outputs, 2, 2]`: true negatives, false positives, false negatives, true positives of
 * each output; `labels` of the outputs (the sample numbers with `bySample`).
 * @throws TonewrightError `empty-input`, `length-mismatch`, `invalid-label`, `mixed-labels`, `mixed-targets`,
 * `invalid-indicator`, `invalid-weight`, `duplicate-label`; `unknown-label` for a column that is not there;
 * `unsupported-targets` for `bySample` with one class per sample.
 * @see scikit-learn 1.9 `multilabel_confusion_matrix`.
 */
export function multilabelConfusionMatrix(
  truth: ClassTargets,
  predicted: ClassTargets,
  options: {
    readonly labels?: LabelList | undefined;
    readonly bySample?: boolean | undefined;
    readonly sampleWeights?: ArrayLike<number> | undefined;
  } = {},
): { readonly labels: readonly Label[]; readonly values: Float64Array } {
  checkLists("multilabelConfusionMatrix(truth, predicted, options)", { truth, predicted });
  checkOptions("multilabelConfusionMatrix(truth, predicted, options)", options, {
    labels: false,
    bySample: false,
    sampleWeights: false,
  });
  const { labels, bySample = false, sampleWeights } = options;
  const metric = "multilabelConfusionMatrix";
  const targets = readTargets(metric, truth, predicted, sampleWeights);
  const selection = selectLabels(metric, targets, labels);
  if (bySample && targets.kind !== "multilabel") {
    throw new TonewrightError(
      "unsupported-targets",
      `${metric}: a matrix per sample needs rows of 0 and 1, and there is one class per sample`,
      "leave bySample out",
    );
  }
  const perSample = bySample && targets.kind === "multilabel";
  const counts = perSample ? countBySample(targets, selection) : countByLabel(targets, selection);
  const outputs = counts.truePositives.length;
  const values = new Float64Array(outputs * 4);
  for (let n = 0; n < outputs; n++) {
    values[4 * n] = counts.trueNegatives[n]!;
    values[4 * n + 1] = counts.falsePositives[n]!;
    values[4 * n + 2] = counts.falseNegatives[n]!;
    values[4 * n + 3] = counts.truePositives[n]!;
  }
  return { labels: perSample ? Array.from({ length: outputs }, (_, n) => n) : selection.labels, values };
}
