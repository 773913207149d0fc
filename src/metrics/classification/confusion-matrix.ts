import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import type { Label, LabelList } from "./labels.ts";
import { requireSomeTruth, selectLabels } from "./outcome-counts.ts";
import { type ClassTargets, readSingleLabelTargets, type SingleLabelTargets } from "./targets.ts";

/** How many samples of each class were taken for which class. */
export interface ConfusionMatrix {
  /** The class of each row and of each column. */
  readonly labels: readonly Label[];
  /** Shape `[classes, classes]`, row after row: a row per true class, a column per predicted class. */
  readonly values: Float64Array;
}

/** What the cells of a confusion matrix are divided by: "true" its row, "pred" its column, "all" the whole matrix. */
export type ConfusionNormalisation = "none" | "true" | "pred" | "all";

/**
 * Confusion matrix: how many samples of each true class were taken for which class.
 *
 * Rows are the true classes and columns the predicted ones; some books have it the other way round. Samples whose true
 * or predicted class is not among `labels` are left out, so that the rows no longer add up to all samples.
 *
 * @param truth - True class of each sample, shape `[samples]`.
 * @param predicted - Predicted class of each sample, shape `[samples]`.
 * @param options.labels - Which classes, in which order; all that occur, sorted, if left out.
 * @param options.normalise - Divide each cell by the sum of its row ("true"), its column ("pred") or the matrix
 * ("all"); a sum of 0 gives zeros. Default "none".
 * @param options.sampleWeights - Shape `[samples]`, not negative; each sample counts as much.
 * @returns Counts (or weights, or fractions from 0 to 1) with the labels of their rows and columns.
 * @throws TonewrightError `empty-input`, `length-mismatch`, `invalid-label`, `mixed-labels`, `mixed-targets`,
 * `invalid-indicator`, `invalid-weight`; `unsupported-targets` for several labels per sample; `duplicate-label`;
 * `unknown-label` if no true label is among `labels`; `bad-option` for an unknown normalisation.
 * @see scikit-learn 1.9 `confusion_matrix`. We refuse a label that is named twice.
 */
export function confusionMatrix(
  truth: ClassTargets,
  predicted: ClassTargets,
  options: {
    readonly labels?: LabelList | undefined;
    readonly normalise?: ConfusionNormalisation | undefined;
    readonly sampleWeights?: ArrayLike<number> | undefined;
  } = {},
): ConfusionMatrix {
  checkLists("confusionMatrix(truth, predicted, options)", { truth, predicted });
  checkOptions("confusionMatrix(truth, predicted, options)", options, {
    labels: false,
    normalise: false,
    sampleWeights: false,
  });
  const { labels, normalise = "none", sampleWeights } = options;
  const metric = "confusionMatrix";
  const targets = readSingleLabelTargets(metric, truth, predicted, sampleWeights);
  const matrix = tabulate(metric, targets, labels);
  return { labels: matrix.labels, values: divided(metric, matrix, normalise) };
}

/** Counts of every pair of classes. @throws TonewrightError as `selectLabels` and `requireSomeTruth`. */
export function tabulate(metric: string, targets: SingleLabelTargets, chosen?: LabelList): ConfusionMatrix {
  const selection = selectLabels(metric, targets, chosen);
  requireSomeTruth(metric, targets, selection);
  const { labels, positions } = selection;
  const values = new Float64Array(labels.length * labels.length);
  for (let n = 0; n < targets.samples; n++) {
    const row = positions[targets.truth[n]!]!;
    const column = positions[targets.predicted[n]!]!;
    if (row >= 0 && column >= 0) values[row * labels.length + column]! += targets.weights?.[n] ?? 1;
  }
  return { labels, values };
}

/** The sums of the rows and of the columns, each of shape `[classes]`. */
export function marginSums({ labels, values }: ConfusionMatrix): { rows: Float64Array; columns: Float64Array } {
  const size = labels.length;
  const rows = new Float64Array(size);
  const columns = new Float64Array(size);
  for (let k = 0; k < values.length; k++) {
    rows[Math.floor(k / size)]! += values[k]!;
    columns[k % size]! += values[k]!;
  }
  return { rows, columns };
}

function divided(metric: string, matrix: ConfusionMatrix, normalise: ConfusionNormalisation): Float64Array {
  const size = matrix.labels.length;
  const { rows, columns } = marginSums(matrix);
  const whole = rows.reduce((sum, value) => sum + value, 0);
  const over = (sum: number) => (value: number) => (sum === 0 ? 0 : value / sum);
  switch (normalise) {
    case "none":
      return matrix.values;
    case "true":
      return matrix.values.map((value, k) => over(rows[Math.floor(k / size)]!)(value));
    case "pred":
      return matrix.values.map((value, k) => over(columns[k % size]!)(value));
    case "all":
      return matrix.values.map(over(whole));
    default:
      normalise satisfies never;
      throw new TonewrightError(
        "bad-option",
        `${metric}: there is no normalisation ${JSON.stringify(normalise)}`,
        'choose "true" (rows), "pred" (columns), "all" or "none"',
      );
  }
}
