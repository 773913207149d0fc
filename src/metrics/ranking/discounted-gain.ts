import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import { meanOver, sumOver } from "../regression/sum.ts";
import { type NumberRows, readScoreRows } from "./score-rows.ts";

/** How a ranked list is judged. */
export interface DiscountedGainOptions {
  /** Only the first `k` of the list count. All by default. */
  readonly k?: number | undefined;
  /**
   * Take items with equal scores in any order, which is faster, in place of the mean over their orders. Default false.
   */
  readonly ignoreTies?: boolean | undefined;
  /** Shape `[samples]`, not negative; each list counts as much. */
  readonly sampleWeights?: ArrayLike<number> | undefined;
}

/**
 * Discounted cumulative gain: the relevances of a ranked list, each divided by the logarithm of its place plus 1.
 *
 * Lists of different lengths or relevances cannot be compared by it: use `normalisedDiscountedCumulativeGain`.
 *
 * @param relevance - Shape `[lists][items]`; two items or more. Gains are the relevances, not `2^relevance - 1`.
 * @param scores - Same shape; items are ranked by them, highest first.
 * @param options.k - Only so many first items count.
 * @param options.logBase - Base of the logarithm. Default 2.
 * @param options.ignoreTies - Equal scores in any order (here the later item first). Default false: the mean over their
 *   orders.
 * @param options.sampleWeights - Shape `[lists]`, not negative.
 * @returns Mean over the lists, in the unit of the relevances.
 * @throws TonewrightError `too-few-labels`, `bad-option`, `empty-input`, `length-mismatch`, `not-rows`,
 *   `non-finite-score`, `invalid-weight`.
 * @see scikit-learn 1.9 `dcg_score`; Järvelin & Kekäläinen 2002; McSherry & Najork 2008 for ties
 */
export function discountedCumulativeGain(
  relevance: NumberRows,
  scores: NumberRows,
  given: DiscountedGainOptions & { readonly logBase?: number | undefined } = {},
): number {
  checkLists("discountedCumulativeGain(relevance, scores, options)", { relevance, scores });
  checkOptions("discountedCumulativeGain(relevance, scores, options)", given, {
    k: false,
    ignoreTies: false,
    sampleWeights: false,
    logBase: false,
  });
  const { logBase = 2, ...options } = given;
  const metric = "discountedCumulativeGain";
  if (!(logBase > 0)) {
    throw new TonewrightError(
      "bad-option",
      `${metric}: there is no logarithm to base ${logBase}`,
      "give a base above 0",
    );
  }
  const { lists, gains, weights } = readLists(metric, [relevance, scores], { ...options, logBase });
  return meanOver(lists.length, (n) => gains(lists[n]!), weights);
}

/**
 * Discounted cumulative gain over that of the best order (NDCG).
 *
 * A list in which nothing is relevant counts 0, so its upper limit is below 1 if there are such lists.
 *
 * @param relevance - Shape `[lists][items]`, not negative; two items or more.
 * @param scores - Same shape; items are ranked by them, highest first.
 * @param options - As of `discountedCumulativeGain`; the base of the logarithm does not matter.
 * @returns 0 to 1.
 * @throws TonewrightError `value-range` for a negative relevance, else as `discountedCumulativeGain`.
 * @see scikit-learn 1.9 `ndcg_score`
 */
export function normalisedDiscountedCumulativeGain(
  relevance: NumberRows,
  scores: NumberRows,
  options: DiscountedGainOptions = {},
): number {
  checkLists("normalisedDiscountedCumulativeGain(relevance, scores, options)", { relevance, scores });
  checkOptions("normalisedDiscountedCumulativeGain(relevance, scores, options)", options, {
    k: false,
    ignoreTies: false,
    sampleWeights: false,
  });
  const metric = "normalisedDiscountedCumulativeGain";
  const { lists, gains, bestGains, weights } = readLists(metric, [relevance, scores], options);
  for (const [n, { relevances }] of lists.entries()) {
    const wrong = relevances.findIndex((value) => value < 0);
    if (wrong < 0) continue;
    throw new TonewrightError(
      "value-range",
      `${metric}: relevance[${n}][${wrong}] is ${relevances[wrong]}`,
      "give relevances of 0 and above",
    );
  }
  const share = (n: number) => {
    const best = bestGains(lists[n]!);
    return best === 0 ? 0 : gains(lists[n]!) / best;
  };
  return meanOver(lists.length, share, weights);
}

interface RankedList {
  readonly relevances: Float64Array;
  readonly scores: Float64Array;
}

function readLists(
  metric: string,
  [relevance, scores]: readonly [NumberRows, NumberRows],
  {
    k,
    ignoreTies = false,
    sampleWeights,
    logBase = 2,
  }: DiscountedGainOptions & { readonly logBase?: number | undefined },
) {
  const rows = readScoreRows(metric, relevance, scores, sampleWeights);
  const { columns } = rows;
  if (columns < 2) {
    throw new TonewrightError("too-few-labels", `${metric}: a single item cannot be ranked`, "give two items or more");
  }
  if (k !== undefined && (!Number.isInteger(k) || k < 1)) {
    throw new TonewrightError("bad-option", `${metric}: the first ${k} items`, "give a whole number from 1");
  }
  const discounts = Float64Array.from({ length: columns }, (_, place) =>
    place < (k ?? columns) ? Math.log(logBase) / Math.log(place + 2) : 0,
  );
  const row = (values: Float64Array, n: number) => values.subarray(n * columns, (n + 1) * columns);
  return {
    lists: Array.from({ length: rows.samples }, (_, n) => ({
      relevances: row(rows.truth, n),
      scores: row(rows.scores, n),
    })),
    weights: rows.weights,
    gains: (list: RankedList) => gainOf(list, discounts, ignoreTies),
    bestGains: ({ relevances }: RankedList) => gainOf({ relevances, scores: relevances }, discounts, true),
  };
}

function gainOf({ relevances, scores }: RankedList, discounts: Float64Array, ignoreTies: boolean): number {
  const ranked = Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]! || b - a);
  if (ignoreTies) return sumOver(ranked.length, (place) => discounts[place]! * relevances[ranked[place]!]!);
  let gain = 0;
  for (let start = 0; start < ranked.length; ) {
    let end = start + 1;
    while (end < ranked.length && scores[ranked[end]!] === scores[ranked[start]!]) end++;
    const size = end - start;
    const relevance = sumOver(size, (k) => relevances[ranked[start + k]!]!);
    gain += (relevance / size) * sumOver(size, (k) => discounts[start + k]!);
    start = end;
  }
  return gain;
}
