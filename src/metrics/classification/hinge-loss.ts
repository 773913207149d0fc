import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import { type LabelList, listed } from "./labels.ts";
import { type ClassScores, orderedClasses, readScores, requireColumns } from "./score-table.ts";
import { readWeights } from "./sample-weights.ts";
import { readLabels } from "./targets.ts";

/**
 * Hinge loss: by how much decision values fall short of a margin of 1, on average.
 *
 * It is for raw decision values (of a support vector machine), not for probabilities, which never reach the margin.
 *
 * @param truth - True class of each sample, shape `[samples]`.
 * @param decisions - For two classes, shape `[samples]`, positive for the second class in sorted order; for more,
 * `[samples][classes]` with the classes in sorted order, where the margin is that over the best wrong class (Crammer
 * and Singer).
 * @param options.labels - All classes in sorted order; those that occur in `truth` if left out.
 * @param options.sampleWeights - Shape `[samples]`, not negative.
 * @returns `>= 0`, lower is better, 0 if every sample has the margin.
 * @throws TonewrightError `empty-input`, `length-mismatch`, `invalid-label`, `mixed-labels`, `invalid-weight`,
 * `duplicate-label`, `non-finite-score`, `unknown-label`, `bad-option`; `single-class` if `truth` holds but one class
 * and no `labels` say which; `score-shape` if columns and classes differ in number.
 * @see scikit-learn 1.9 `hinge_loss`; there, a single true class counts as the negative one even if `labels` say
 * otherwise.
 */
export function hingeLoss(
  truth: LabelList,
  decisions: ClassScores,
  options: { readonly labels?: LabelList | undefined; readonly sampleWeights?: ArrayLike<number> | undefined } = {},
): number {
  checkLists("hingeLoss(truth, decisions, options)", { truth, decisions });
  checkOptions("hingeLoss(truth, decisions, options)", options, { labels: false, sampleWeights: false });
  const { labels, sampleWeights } = options;
  const metric = "hingeLoss";
  const trueLabels = readLabels(metric, truth);
  const table = readScores(metric, decisions, trueLabels.length);
  const { classes: columns, values } = table;
  const weights = readWeights(metric, sampleWeights, trueLabels.length);
  const classes = orderedClasses(metric, trueLabels, labels);
  if (classes.length === 1) {
    throw new TonewrightError(
      "single-class",
      `${metric}: all samples are of class ${listed(classes)}`,
      "name all classes with labels",
    );
  }
  requireColumns(metric, classes, table);
  const place = new Map(classes.map((label, c) => [label, c]));
  let loss = 0;
  let total = 0;
  for (const [n, label] of trueLabels.entries()) {
    const own = place.get(label)!;
    const margin =
      columns === undefined
        ? values[n]! * (own === 1 ? 1 : -1)
        : marginOver(values.subarray(n * columns, (n + 1) * columns), own);
    const weight = weights?.[n] ?? 1;
    loss += weight * Math.max(0, 1 - margin);
    total += weight;
  }
  return loss / total;
}

/** By how much the own class is ahead of the best other one. */
function marginOver(row: Float64Array, own: number): number {
  let best = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < row.length; c++) if (c !== own && row[c]! > best) best = row[c]!;
  return row[own]! - best;
}
