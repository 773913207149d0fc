import { checkLists } from "../../errors/index.ts";
import type { LabelList } from "../classification/labels.ts";
import { type Contingency, countTogether } from "./contingency-matrix.ts";

/**
 * Rand index: the share of pairs of samples on which two groupings agree, together or apart.
 *
 * Two random groupings agree on most pairs, so it is rarely low: use `adjustedRandIndex`.
 *
 * @param truth - Class of each sample, shape `[samples]`.
 * @param clusters - Cluster of each sample, shape `[samples]`. Names do not matter, and the two may be exchanged.
 * @returns 0 to 1; 1 for fewer than two samples.
 * @throws TonewrightError `length-mismatch`, `invalid-label`, `mixed-labels`.
 * @see scikit-learn 1.9 `rand_score`; Rand 1971
 */
export function randIndex(truth: LabelList, clusters: LabelList): number {
  checkLists("randIndex(truth, clusters)", { truth, clusters });
  const { bothTogether, bothApart, all } = countPairs(countTogether("randIndex", truth, clusters));
  return all === 0 ? 1 : (bothTogether + bothApart) / all;
}

/**
 * Rand index less what chance gives, so that random groupings get 0.
 *
 * @param truth - Class of each sample, shape `[samples]`.
 * @param clusters - Cluster of each sample, shape `[samples]`. Names do not matter, and the two may be exchanged.
 * @returns -0.5 to 1; 1 for equal groupings, also of no samples.
 * @throws TonewrightError `length-mismatch`, `invalid-label`, `mixed-labels`.
 * @see scikit-learn 1.9 `adjusted_rand_score`; Hubert & Arabie 1985
 */
export function adjustedRandIndex(truth: LabelList, clusters: LabelList): number {
  checkLists("adjustedRandIndex(truth, clusters)", { truth, clusters });
  const pairs = countPairs(countTogether("adjustedRandIndex", truth, clusters));
  const { bothTogether: tp, bothApart: tn, clusterOnly: fp, classOnly: fn } = pairs;
  if (fp === 0 && fn === 0) return 1;
  return (2 * (tp * tn - fn * fp)) / ((tp + fn) * (fn + tn) + (tp + fp) * (fp + tn));
}

/**
 * Fowlkes-Mallows index: of pairs put together, the geometric mean of precision and recall.
 *
 * @param truth - Class of each sample, shape `[samples]`.
 * @param clusters - Cluster of each sample, shape `[samples]`. Names do not matter, and the two may be exchanged.
 * @returns 0 to 1; 0 if no pair is together in both.
 * @throws TonewrightError `length-mismatch`, `invalid-label`, `mixed-labels`.
 * @see scikit-learn 1.9 `fowlkes_mallows_score`; Fowlkes & Mallows 1983
 */
export function fowlkesMallowsIndex(truth: LabelList, clusters: LabelList): number {
  checkLists("fowlkesMallowsIndex(truth, clusters)", { truth, clusters });
  const { bothTogether, clusterOnly, classOnly } = countPairs(countTogether("fowlkesMallowsIndex", truth, clusters));
  if (bothTogether === 0) return 0;
  return Math.sqrt(bothTogether / (bothTogether + clusterOnly)) * Math.sqrt(bothTogether / (bothTogether + classOnly));
}

/** Ordered pairs of different samples; whole numbers, exact up to 94 million samples. */
export interface PairCounts {
  /** In one class and in one cluster. */
  readonly bothTogether: number;
  /** In one cluster, of two classes. */
  readonly clusterOnly: number;
  /** Of one class, in two clusters. */
  readonly classOnly: number;
  readonly bothApart: number;
  readonly all: number;
}

/**
 * Pair confusion matrix: how many pairs of samples two groupings put together or apart.
 *
 * Every pair is counted twice, once in each order.
 *
 * @param truth - Class of each sample, shape `[samples]`.
 * @param clusters - Cluster of each sample, shape `[samples]`.
 * @returns Whole numbers.
 * @throws TonewrightError `length-mismatch`, `invalid-label`, `mixed-labels`.
 * @see scikit-learn 1.9 `pair_confusion_matrix`
 */
export function pairCounts(truth: LabelList, clusters: LabelList): PairCounts {
  checkLists("pairCounts(truth, clusters)", { truth, clusters });
  return countPairs(countTogether("pairCounts", truth, clusters));
}

function countPairs({ samples, rowSums, columnSums, cells }: Contingency): PairCounts {
  const square = (sum: number, count: number) => sum + count * count;
  const bothTogether = cells.reduce((sum, { count }) => square(sum, count), 0) - samples;
  const clusterOnly = columnSums.reduce(square, 0) - samples - bothTogether;
  const classOnly = rowSums.reduce(square, 0) - samples - bothTogether;
  const all = samples * (samples - 1);
  return { bothTogether, clusterOnly, classOnly, bothApart: all - bothTogether - clusterOnly - classOnly, all };
}
