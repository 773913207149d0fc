import { checkLists, checkOptions } from "../../errors/index.ts";
import { marginSums, tabulate } from "./confusion-matrix.ts";
import { type ClassTargets, readSingleLabelTargets } from "./targets.ts";

/**
 * Matthews correlation coefficient: correlation of true and predicted class, for two classes or more.
 *
 * It is 0 by convention where truth or prediction holds a single class, even if every sample is right.
 *
 * @param truth - True class of each sample, shape `[samples]`.
 * @param predicted - Predicted class of each sample, shape `[samples]`.
 * @param options.sampleWeights - Shape `[samples]`, not negative.
 * @param options.onUndefined - Called with a sentence if a side holds a single class, so that there is nothing to
 * correlate.
 * @returns From -1 to 1; 0 is no better than chance. With more than two classes the least value lies between -1 and 0.
 * @throws TonewrightError `empty-input`, `length-mismatch`, `invalid-label`, `mixed-labels`, `mixed-targets`,
 * `invalid-indicator`, `invalid-weight`; `unsupported-targets` for several labels per sample.
 * @see Gorodkin 2004, https://doi.org/10.1016/j.compbiolchem.2004.09.006; scikit-learn 1.9 `matthews_corrcoef`.
 */
export function matthewsCorrelation(
  truth: ClassTargets,
  predicted: ClassTargets,
  options: {
    readonly sampleWeights?: ArrayLike<number> | undefined;
    readonly onUndefined?: ((message: string) => void) | undefined;
  } = {},
): number {
  checkLists("matthewsCorrelation(truth, predicted, options)", { truth, predicted });
  checkOptions("matthewsCorrelation(truth, predicted, options)", options, { sampleWeights: false, onUndefined: false });
  const { sampleWeights, onUndefined } = options;
  const metric = "matthewsCorrelation";
  const matrix = tabulate(metric, readSingleLabelTargets(metric, truth, predicted, sampleWeights));
  const { rows, columns } = marginSums(matrix);
  const size = matrix.labels.length;
  let total = 0;
  let right = 0;
  let [both, ofTruth, ofPrediction] = [0, 0, 0];
  for (let c = 0; c < size; c++) {
    total += rows[c]!;
    right += matrix.values[c * size + c]!;
    both += rows[c]! * columns[c]!;
    ofTruth += rows[c]! * rows[c]!;
    ofPrediction += columns[c]! * columns[c]!;
  }
  const constant = hasOneEntry(rows) || hasOneEntry(columns);
  if (constant) {
    onUndefined?.(`${metric}: truth or prediction holds a single class, so there is no correlation; it is set to 0`);
    return 0;
  }
  return (right * total - both) / Math.sqrt((total * total - ofPrediction) * (total * total - ofTruth));
}

function hasOneEntry(sums: Float64Array): boolean {
  return sums.filter((sum) => sum !== 0).length === 1;
}
