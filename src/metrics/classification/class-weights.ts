import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import { type Label, type LabelList, listed, requireLabelList, sortedLabels } from "./labels.ts";
import { readWeights } from "./sample-weights.ts";
import { readLabels } from "./targets.ts";

/**
 * Weights of the classes that make each class count the same: samples / (classes * samples of the class).
 *
 * They are for a loss or for `sampleWeights`; scores on weighted samples do not compare with scores without. The mean
 * over all samples is 1, so that the scale of a loss stays what it was.
 *
 * @param truth - Class of each sample, shape `[samples]`.
 * @param options.classes - The classes in the order of the result; sorted if left out.
 * @param options.sampleWeights - Shape `[samples]`, not negative; samples are counted with them.
 * @returns One weight per class, shape `[classes]`, above 0.
 * @throws TonewrightError `empty-input`, `length-mismatch`, `invalid-label`, `mixed-labels`, `invalid-weight`,
 * `duplicate-label`; `unknown-label` if a class has no samples (or none of any weight).
 * @see King & Zeng 2001, https://doi.org/10.1093/oxfordjournals.pan.a004868; scikit-learn 1.9
 * `compute_class_weight("balanced")`.
 */
export function balancedClassWeights(
  truth: LabelList,
  options: { readonly classes?: LabelList | undefined; readonly sampleWeights?: ArrayLike<number> | undefined } = {},
): Float64Array {
  checkLists("balancedClassWeights(truth, options)", { truth });
  checkOptions("balancedClassWeights(truth, options)", options, { classes: false, sampleWeights: false });
  const { classes, sampleWeights } = options;
  const metric = "balancedClassWeights";
  const labels = readLabels(metric, truth);
  const weights = readWeights(metric, sampleWeights, labels.length);
  const present = sortedLabels(labels);
  const wanted = classes === undefined ? present : requireLabelList(metric, "classes", classes);
  const sums = new Map<Label, number>();
  let total = 0;
  for (const [n, label] of labels.entries()) {
    const weight = weights?.[n] ?? 1;
    sums.set(label, (sums.get(label) ?? 0) + weight);
    total += weight;
  }
  const without = wanted.filter((label) => !sums.get(label));
  const unnamed = present.filter((label) => !wanted.includes(label));
  if (without.length > 0 || unnamed.length > 0) {
    throw new TonewrightError(
      "unknown-label",
      without.length > 0
        ? `${metric}: there are no samples of class ${listed(without)}`
        : `${metric}: there are samples of class ${listed(unnamed)}, which is not among classes`,
      "name exactly the classes that occur, or leave classes out",
    );
  }
  return Float64Array.from(wanted, (label) => total / (present.length * sums.get(label)!));
}
