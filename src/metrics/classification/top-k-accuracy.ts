import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import type { LabelList } from "./labels.ts";
import { type ClassScores, orderedClasses, readScores, requireColumns, type ScoreTable } from "./score-table.ts";
import { readWeights } from "./sample-weights.ts";
import { readLabels } from "./targets.ts";

/**
 * Top-k accuracy: fraction of the samples whose class is among the k with the highest scores.
 *
 * The columns of the scores are the classes in sorted order: give `labels` if a class does not occur in `truth`. Of
 * equal scores the later class comes first. With two classes and one score per sample, the score is that of the second
 * class; it is predicted above 0.5, or above 0 if a score lies outside of 0 to 1.
 *
 * @param truth - True class of each sample, shape `[samples]`.
 * @param scores - Shape `[samples][classes]`; for two classes, `[samples]`. Higher is more likely, on any scale.
 * @param options.k - How many guesses a sample has, default 2.
 * @param options.labels - The class of each column, in sorted order; those that occur in `truth` if left out.
 * @param options.normalise - False for the number (or weight) of right samples in place of their fraction. Default
 * true.
 * @param options.sampleWeights - Shape `[samples]`, not negative.
 * @param options.onUndefined - Called with a sentence if k reaches the number of classes, so that every sample is
 * right.
 * @returns From 0 to 1; without `normalise`, up to the number (or weight) of samples.
 * @throws TonewrightError `empty-input`, `length-mismatch`, `invalid-label`, `mixed-labels`, `invalid-weight`,
 * `duplicate-label`, `non-finite-score`; `unknown-label` if a true class is not among `labels`; `score-shape` if
 * columns and classes differ in number; `bad-option` for a k below 1 or labels out of order.
 * @see scikit-learn 1.9 `top_k_accuracy_score`.
 */
export function topKAccuracy(
  truth: LabelList,
  scores: ClassScores,
  options: {
    readonly k?: number | undefined;
    readonly labels?: LabelList | undefined;
    readonly normalise?: boolean | undefined;
    readonly sampleWeights?: ArrayLike<number> | undefined;
    readonly onUndefined?: ((message: string) => void) | undefined;
  } = {},
): number {
  checkLists("topKAccuracy(truth, scores, options)", { truth, scores });
  checkOptions("topKAccuracy(truth, scores, options)", options, {
    k: false,
    labels: false,
    normalise: false,
    sampleWeights: false,
    onUndefined: false,
  });
  const { k = 2, labels, normalise = true, sampleWeights, onUndefined } = options;
  const metric = "topKAccuracy";
  if (!Number.isInteger(k) || k < 1)
    throw new TonewrightError("bad-option", `${metric}: k is ${k}`, "choose 1 or more");
  const trueLabels = readLabels(metric, truth);
  const table = readScores(metric, scores, trueLabels.length);
  const weights = readWeights(metric, sampleWeights, trueLabels.length);
  const classes = orderedClasses(metric, trueLabels, labels);
  requireColumns(metric, classes, table);
  if (k >= classes.length) {
    onUndefined?.(`${metric}: with ${classes.length} classes and k ${k} every sample is right, so it says nothing`);
  }
  const place = new Map(classes.map((label, c) => [label, c]));
  const isRight = table.classes === undefined ? rightByThreshold(table, k) : rightByRank(table, table.classes, k);
  let right = 0;
  let total = 0;
  for (const [n, label] of trueLabels.entries()) {
    const weight = weights?.[n] ?? 1;
    if (isRight(n, place.get(label)!)) right += weight;
    total += weight;
  }
  return normalise ? right / total : right;
}

function rightByRank({ values }: ScoreTable, classes: number, k: number) {
  return (n: number, own: number) => {
    const row = values.subarray(n * classes, (n + 1) * classes);
    let before = 0;
    for (let c = 0; c < classes; c++) if (row[c]! > row[own]! || (row[c] === row[own] && c > own)) before++;
    return before < k;
  };
}

function rightByThreshold({ values }: ScoreTable, k: number) {
  const threshold = values.every((score) => score >= 0 && score <= 1) ? 0.5 : 0;
  return (n: number, own: number) => k > 1 || Number(values[n]! > threshold) === own;
}
