import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import { binaryOptionNames } from "./binary-scores.ts";
import { type Label, type LabelList, listed, quoted, sortedLabels } from "../classification/labels.ts";
import { readWeights } from "../classification/sample-weights.ts";
import { readLabels } from "../classification/targets.ts";
import { sumOver } from "../regression/sum.ts";
import { type RankingScore, averageOverLabels, inShape, type ScoreAverage } from "./averaging.ts";
import { type BinaryOptions, type BinaryScores, readScores, requireSameCount } from "./binary-scores.ts";
import { requireColumnLabels } from "./class-probabilities.ts";
import { precisionRecallPoints } from "./precision-recall-curve.ts";
import { hasRows, type NumberRows, readIndicatorRows, readRows } from "./score-rows.ts";

/**
 * Average precision: precision at every threshold, weighted by the recall gained there. What most tagging papers call
 * PR-AUC (with "macro": mAP).
 *
 * A step sum, not the area under trapezoids, which is too optimistic. Chance is the share of positives, not 0.5.
 *
 * @param truth - Shape `[samples]`, or `[samples][labels]` of 0 and 1. Three classes and more are taken each against
 *   the rest.
 * @param scores - Shape `[samples]`, or `[samples][classes or labels]`.
 * @param options.average - "macro" (default), "weighted" by positives, "micro", "samples" or "none".
 * @param options.positiveLabel - For two classes: the one that high scores stand for. Default 1.
 * @param options.sampleWeights - Shape `[samples]`, not negative.
 * @param options.onUndefined - Called if there is no positive sample, which makes the result 0.
 * @returns 0 to 1; shape `[classes]` with "none".
 * @throws TonewrightError `bad-option`, `empty-input`, `length-mismatch`, `score-shape`, `unknown-label`,
 *   `invalid-indicator`, `invalid-label`, `mixed-labels`, `not-rows`, `non-finite-score`, `invalid-weight`.
 * @see scikit-learn 1.9 `average_precision_score`
 */
export function averagePrecision<Average extends ScoreAverage = "macro">(
  truth: LabelList | NumberRows,
  scores: ArrayLike<number> | NumberRows,
  options: BinaryOptions & { readonly average?: Average | undefined } = {},
): RankingScore<Average> {
  checkLists("averagePrecision(truth, scores, options)", { truth, scores });
  checkOptions("averagePrecision(truth, scores, options)", options, { ...binaryOptionNames, average: false });
  const metric = "averagePrecision";
  const { average, positiveLabel, sampleWeights, onUndefined } = options;
  const score = (samples: BinaryScores) => stepSum(samples, onUndefined);
  if (hasRows(truth)) {
    requireFixedPositive(positiveLabel, "rows of 0 and 1");
    return averageOverLabels(metric, readIndicatorRows(metric, truth, scores, sampleWeights), average, score);
  }
  const labels = readLabels(metric, truth);
  requireSameCount(metric, labels.length, scores.length);
  const present = sortedLabels(labels);
  const weights = readWeights(metric, sampleWeights, labels.length);
  if (present.length > 2) {
    requireFixedPositive(positiveLabel, `${present.length} classes`);
    const { values, columns } = readRows(metric, scores, "scores");
    const classes = requireColumnLabels(metric, labels, { labels: undefined, columns });
    const indicators = Float64Array.from(values, (_, k) =>
      labels[Math.floor(k / columns)] === classes[k % columns] ? 1 : 0,
    );
    const rows = { samples: labels.length, columns, truth: indicators, scores: values, weights };
    return averageOverLabels(metric, rows, average, score);
  }
  const hit = positiveLabel ?? 1;
  if (present.length === 2 && !present.includes(hit)) {
    throw new TonewrightError(
      "unknown-label",
      `${metric}: the positive class is ${quoted(hit)}, the labels are ${listed(present)}`,
      `name one of them with \`positiveLabel\``,
    );
  }
  const hits = Uint8Array.from(labels, (label) => (label === hit ? 1 : 0));
  return inShape(average, score({ hits, scores: readScores(metric, scores as ArrayLike<number>), weights }));
}

function stepSum(samples: BinaryScores, onUndefined: BinaryOptions["onUndefined"]): number {
  const { precisions, recalls } = precisionRecallPoints("averagePrecision", samples, {
    dropIntermediate: false,
    onUndefined,
  });
  return Math.max(
    0,
    sumOver(recalls.length - 1, (k) => (recalls[k]! - recalls[k + 1]!) * precisions[k]!),
  );
}

function requireFixedPositive(label: Label | undefined, shape: string): void {
  if (label === undefined || label === 1) return;
  throw new TonewrightError(
    "bad-option",
    `averagePrecision: the positive class is ${quoted(label)}, but with ${shape} every class is positive in its turn`,
    "leave `positiveLabel` out",
  );
}
