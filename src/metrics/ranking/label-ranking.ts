import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import { meanOver, sumOver } from "../regression/sum.ts";
import { type NumberRows, readIndicatorRows, type ScoreRows } from "./score-rows.ts";

/** What the ranking metrics of tagging take. */
export interface LabelRankingOptions {
  /** Shape `[samples]`, not negative; each sample counts as much. */
  readonly sampleWeights?: ArrayLike<number> | undefined;
}

/**
 * Label ranking average precision: for every label that holds, the share of such labels among those ranked at least as
 * high.
 *
 * Averaged over the labels of a sample first: it asks how good each sample's list of tags is. A sample that carries no
 * label or all counts 1.
 *
 * @param truth - Shape `[samples][labels]`, 0 or 1.
 * @param scores - Same shape; high for labels that hold.
 * @param options.sampleWeights - Shape `[samples]`, not negative.
 * @returns Above 0 to 1.
 * @throws TonewrightError `empty-input`, `length-mismatch`, `not-rows`, `invalid-indicator`, `non-finite-score`,
 *   `invalid-weight`.
 * @see scikit-learn 1.9 `label_ranking_average_precision_score`; Tsoumakas et al. 2010, Mining Multi-label Data
 */
export function labelRankingAveragePrecision(
  truth: NumberRows,
  scores: NumberRows,
  options: LabelRankingOptions = {},
): number {
  checkLists("labelRankingAveragePrecision(truth, scores, options)", { truth, scores });
  checkOptions("labelRankingAveragePrecision(truth, scores, options)", options, { sampleWeights: false });
  const { sampleWeights } = options;
  const rows = readIndicatorRows("labelRankingAveragePrecision", truth, scores, sampleWeights);
  const precision = (n: number) => {
    const { held, others, scoreOf } = labelsOf(rows, n);
    if (held.length === 0 || others.length === 0) return 1;
    const atLeast = (labels: readonly number[], score: number) => labels.filter((c) => scoreOf(c) >= score).length;
    const share = (c: number) => {
      const right = atLeast(held, scoreOf(c));
      return right / (right + atLeast(others, scoreOf(c)));
    };
    return sumOver(held.length, (k) => share(held[k]!)) / held.length;
  };
  return meanOver(rows.samples, precision, rows.weights);
}

/**
 * Coverage error: how far down the ranked labels one has to go, on average, to have met all that hold.
 *
 * At best the mean number of labels per sample, not 0. Ties are counted fully; a sample without labels counts 0.
 *
 * @param truth - Shape `[samples][labels]`, 0 or 1; two labels or more.
 * @param scores - Same shape; high for labels that hold.
 * @param options.sampleWeights - Shape `[samples]`, not negative.
 * @returns 0 to the number of labels.
 * @throws TonewrightError as `labelRankingAveragePrecision`, and `too-few-labels`.
 * @see scikit-learn 1.9 `coverage_error`
 */
export function coverageError(truth: NumberRows, scores: NumberRows, options: LabelRankingOptions = {}): number {
  checkLists("coverageError(truth, scores, options)", { truth, scores });
  checkOptions("coverageError(truth, scores, options)", options, { sampleWeights: false });
  const { sampleWeights } = options;
  const rows = readIndicatorRows("coverageError", truth, scores, sampleWeights);
  requireSeveral("coverageError", rows);
  const depth = (n: number) => {
    const { held, others, scoreOf } = labelsOf(rows, n);
    if (held.length === 0) return 0;
    const lowest = Math.min(...held.map(scoreOf));
    return [...held, ...others].filter((c) => scoreOf(c) >= lowest).length;
  };
  return meanOver(rows.samples, depth, rows.weights);
}

/**
 * Label ranking loss: of all pairs of a label that holds and one that does not, the share in the wrong order; a tie is
 * wrong.
 *
 * A sample that carries no label or all counts 0.
 *
 * @param truth - Shape `[samples][labels]`, 0 or 1; two labels or more.
 * @param scores - Same shape; high for labels that hold.
 * @param options.sampleWeights - Shape `[samples]`, not negative.
 * @returns 0 to 1.
 * @throws TonewrightError as `labelRankingAveragePrecision`, and `too-few-labels`.
 * @see scikit-learn 1.9 `label_ranking_loss`
 */
export function labelRankingLoss(truth: NumberRows, scores: NumberRows, options: LabelRankingOptions = {}): number {
  checkLists("labelRankingLoss(truth, scores, options)", { truth, scores });
  checkOptions("labelRankingLoss(truth, scores, options)", options, { sampleWeights: false });
  const { sampleWeights } = options;
  const rows = readIndicatorRows("labelRankingLoss", truth, scores, sampleWeights);
  requireSeveral("labelRankingLoss", rows);
  const loss = (n: number) => {
    const { held, others, scoreOf } = labelsOf(rows, n);
    if (held.length === 0 || others.length === 0) return 0;
    let wrong = 0;
    for (const c of held) wrong += others.filter((other) => scoreOf(other) >= scoreOf(c)).length;
    return wrong / (held.length * others.length);
  };
  return meanOver(rows.samples, loss, rows.weights);
}

/** Columns of the labels that sample `n` has and has not, and their scores. */
function labelsOf({ truth, scores, columns }: ScoreRows, n: number) {
  const held: number[] = [];
  const others: number[] = [];
  for (let c = 0; c < columns; c++) (truth[n * columns + c] === 1 ? held : others).push(c);
  return { held, others, scoreOf: (c: number) => scores[n * columns + c]! };
}

function requireSeveral(metric: string, { columns }: ScoreRows): void {
  if (columns > 1) return;
  throw new TonewrightError(
    "too-few-labels",
    `${metric}: a single label cannot be ranked`,
    "give rows of two labels or more",
  );
}
