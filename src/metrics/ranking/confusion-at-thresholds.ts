import { checkLists, checkOptions } from "../../errors/index.ts";
import { binaryOptionNames } from "./binary-scores.ts";
import type { LabelList } from "../classification/labels.ts";
import { type BinaryOptions, type BinaryScores, readBinary } from "./binary-scores.ts";

/** What each threshold gives if every score from it up is called positive; with sample weights, how much weight. */
export interface ThresholdCounts {
  /** Every score that occurs, descending. */
  readonly thresholds: Float64Array;
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
  readonly trueNegatives: Float64Array;
  readonly falseNegatives: Float64Array;
}

/**
 * True and false positives and negatives at every threshold that makes a difference.
 *
 * Samples with equal scores change sides together.
 *
 * @param truth - Class of each sample, shape `[samples]`.
 * @param scores - Shape `[samples]`; high for the positive class. Probabilities or any other decision value.
 * @param options.positiveLabel - The class that high scores stand for; may be left out for labels 0 and 1, or -1 and 1.
 * @param options.sampleWeights - Shape `[samples]`, not negative; samples without weight give no threshold.
 * @returns Each of shape `[thresholds]`, thresholds descending.
 * @throws TonewrightError `empty-input`, `length-mismatch`, `invalid-label`, `mixed-labels`, `unknown-positive`,
 *   `not-binary`, `non-finite-score`, `invalid-weight`.
 * @see scikit-learn 1.9 `confusion_matrix_at_thresholds`
 */
export function confusionAtThresholds(
  truth: LabelList,
  scores: ArrayLike<number>,
  options: BinaryOptions = {},
): ThresholdCounts {
  checkLists("confusionAtThresholds(truth, scores, options)", { truth, scores });
  checkOptions("confusionAtThresholds(truth, scores, options)", options, binaryOptionNames);
  return countAtThresholds(readBinary("confusionAtThresholds", truth, scores, options));
}

/** As `confusionAtThresholds`, of checked scores. */
export function countAtThresholds({ hits, scores, weights }: BinaryScores): ThresholdCounts {
  const order = Array.from(scores.keys())
    .filter((n) => weights === undefined || weights[n]! > 0)
    .sort((a, b) => scores[b]! - scores[a]! || a - b);
  const thresholds: number[] = [];
  const truePositives: number[] = [];
  const falsePositives: number[] = [];
  let positives = 0;
  let negatives = 0;
  for (const [k, n] of order.entries()) {
    const weight = weights?.[n] ?? 1;
    if (hits[n] === 1) positives += weight;
    else negatives += weight;
    const next = order[k + 1];
    if (next !== undefined && scores[next] === scores[n]) continue;
    thresholds.push(scores[n]!);
    truePositives.push(positives);
    falsePositives.push(negatives);
  }
  return {
    thresholds: Float64Array.from(thresholds),
    truePositives: Float64Array.from(truePositives),
    falsePositives: Float64Array.from(falsePositives),
    trueNegatives: Float64Array.from(falsePositives, (count) => negatives - count),
    falseNegatives: Float64Array.from(truePositives, (count) => positives - count),
  };
}

/** Positions of the first and the last point and of those that `keep` names, shape `[kept]`. */
export function keptPoints(points: number, keep: (k: number) => boolean): Int32Array {
  const inner = (k: number) => k > 0 && k < points - 1;
  return Int32Array.from(Array.from({ length: points }, (_, k) => k).filter((k) => !inner(k) || keep(k)));
}

/** The values at some positions. */
export function valuesAt(values: Float64Array, positions: Int32Array): Float64Array {
  return Float64Array.from(positions, (k) => values[k]!);
}
