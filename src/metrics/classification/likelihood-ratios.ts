import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import { tabulate } from "./confusion-matrix.ts";
import { type Label, type LabelList, listed } from "./labels.ts";
import { type ClassTargets, readSingleLabelTargets } from "./targets.ts";

/**
 * Likelihood ratios of a test with two classes: by how much a positive, and a negative, prediction changes the odds of
 * the class.
 *
 * They do not depend on how frequent the class is. The positive class is the second label in sorted order ("dog" before
 * "no dog"): give `labels` if that is not meant.
 *
 * @param truth - True class of each sample, shape `[samples]`, at most two classes.
 * @param predicted - Predicted class of each sample, shape `[samples]`.
 * @param options.labels - The negative class and the positive class.
 * @param options.sampleWeights - Shape `[samples]`, not negative.
 * @param options.onUndefined - Called with a sentence for each ratio that is undefined.
 * @returns `positive`, recall / (1 - specificity), 1 for a useless test and without upper limit; `negative`, (1 -
 * recall) / specificity, 0 at best and 1 for a useless test. NaN where undefined: without false positives, without true
 * negatives, and both without samples of the positive class.
 * @throws TonewrightError `empty-input`, `length-mismatch`, `invalid-label`, `mixed-labels`, `mixed-targets`,
 * `invalid-indicator`, `invalid-weight`, `duplicate-label`, `unknown-label`; `unsupported-targets` for more than two
 * classes; `single-class` if there is but one and no `labels`; `bad-option` if `labels` are not two.
 * @see scikit-learn 1.9 `class_likelihood_ratios`; there, a single class is an error of unpacking.
 */
export function classLikelihoodRatios(
  truth: ClassTargets,
  predicted: ClassTargets,
  options: {
    readonly labels?: LabelList | undefined;
    readonly sampleWeights?: ArrayLike<number> | undefined;
    readonly onUndefined?: ((message: string) => void) | undefined;
  } = {},
): { readonly positive: number; readonly negative: number } {
  checkLists("classLikelihoodRatios(truth, predicted, options)", { truth, predicted });
  checkOptions("classLikelihoodRatios(truth, predicted, options)", options, {
    labels: false,
    sampleWeights: false,
    onUndefined: false,
  });
  const { labels, sampleWeights, onUndefined } = options;
  const metric = "classLikelihoodRatios";
  const targets = readSingleLabelTargets(metric, truth, predicted, sampleWeights);
  requireTwo(metric, targets.present, labels);
  const [trueNegatives, falsePositives, falseNegatives, truePositives] = tabulate(metric, targets, labels)
    .values as unknown as readonly [number, number, number, number];
  const positives = truePositives + falseNegatives;
  const negatives = trueNegatives + falsePositives;
  const ratio = (name: string, numerator: number, count: number, lacks: string) => {
    if (positives > 0 && count > 0) return numerator / (count * positives);
    const reason = positives > 0 ? lacks : "truly positive samples";
    onUndefined?.(`${metric}: the ${name} likelihood ratio is undefined, as there are no ${reason}; it is NaN`);
    return Number.NaN;
  };
  return {
    positive: ratio("positive", truePositives * negatives, falsePositives, "false positives"),
    negative: ratio("negative", falseNegatives * negatives, trueNegatives, "true negatives"),
  };
}

function requireTwo(metric: string, present: readonly Label[], labels: LabelList | undefined): void {
  if (present.length > 2) {
    throw new TonewrightError(
      "unsupported-targets",
      `${metric}: ${present.length} classes occur (${listed(present)}), and the ratios are defined for two`,
      "call it once per class, with the other classes joined into one",
    );
  }
  if (labels !== undefined && labels.length !== 2) {
    throw new TonewrightError(
      "bad-option",
      `${metric}: ${labels.length} labels are given`,
      "give two labels, the negative one first",
    );
  }
  if (labels === undefined && present.length === 1) {
    throw new TonewrightError(
      "single-class",
      `${metric}: all samples are of class ${listed(present)}`,
      "name the negative and the positive class with labels",
    );
  }
}
