import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import { type Label, type LabelList, sortedLabels } from "../classification/labels.ts";
import { readWeights } from "../classification/sample-weights.ts";
import { readLabels } from "../classification/targets.ts";
import { meanOver } from "../regression/sum.ts";
import { areaUnderCurve } from "./area-under-curve.ts";
import { type RankingScore, averageOverLabels, inShape, type ScoreAverage } from "./averaging.ts";
import { type BinaryScores, readScores, requireSameCount } from "./binary-scores.ts";
import { requireColumnLabels } from "./class-probabilities.ts";
import { rocPoints } from "./roc-curve.ts";
import { hasRows, type NumberRows, readIndicatorRows, readRows } from "./score-rows.ts";

/** How the area under the ROC curve is taken. */
export interface RocAucOptions<Average = "macro"> {
  /** How classes become one number; "samples" for rows of 0 and 1 only. Default "macro". */
  readonly average?: Average | undefined;
  /** For three classes and more: each against all others, or each pair. There is no default, as they differ. */
  readonly multiclass?: "one-vs-rest" | "one-vs-one" | undefined;
  /** Classes of the columns, sorted; all that occur if left out. */
  readonly labels?: LabelList | undefined;
  /** For two classes and for rows of 0 and 1: only the part of the curve up to here; above 0, at most 1. */
  readonly maxFalsePositiveRate?: number | undefined;
  /** Shape `[samples]`, not negative. */
  readonly sampleWeights?: ArrayLike<number> | undefined;
  /** Called with the reason where a result is undefined. */
  readonly onUndefined?: ((message: string) => void) | undefined;
}

/**
 * Area under the ROC curve: the chance that a positive scores higher than a negative; a tie counts one half.
 *
 * The shape decides the problem: one label and one score per sample (two classes, the greater label positive), one
 * label and a row of probabilities (more classes), or a row of 0 and 1 and a row of scores (several labels at once).
 *
 * @param truth - Shape `[samples]`, or `[samples][labels]` of 0 and 1.
 * @param scores - Shape `[samples]`, `[samples][classes]` with rows that sum to 1, or `[samples][labels]`.
 * @param options.average - "macro" (default), "weighted" by positives, "micro", "samples" (rows of 0 and 1 only) or
 *   "none". One-vs-one knows "macro" (Hand & Till's measure) and "weighted" by the samples of each pair.
 * @param options.multiclass - "one-vs-rest" or "one-vs-one"; needed for three classes and more.
 * @param options.labels - Classes of the columns, sorted, if not all occur.
 * @param options.maxFalsePositiveRate - Only the part of the curve up to here, rescaled so that chance is 0.5
 *   (McClish).
 * @param options.sampleWeights - Shape `[samples]`, not negative; not with one-vs-one.
 * @param options.onUndefined - Called where only one class is present, which makes the area NaN.
 * @returns 0 to 1, 0.5 for chance; shape `[classes]` with "none".
 * @throws TonewrightError `bad-option`, `empty-input`, `length-mismatch`, `score-shape`, `unknown-label`,
 *   `not-probabilities`, `invalid-indicator`, `invalid-label`, `mixed-labels`, `non-finite-score`, `invalid-weight`.
 * @see scikit-learn 1.9 `roc_auc_score`; Hand & Till 2001; McClish 1989
 */
export function rocAuc<Average extends ScoreAverage = "macro">(
  truth: LabelList | NumberRows,
  scores: ArrayLike<number> | NumberRows,
  options: RocAucOptions<Average> = {},
): RankingScore<Average> {
  checkLists("rocAuc(truth, scores, options)", { truth, scores });
  checkOptions("rocAuc(truth, scores, options)", options, {
    average: false,
    multiclass: false,
    labels: false,
    maxFalsePositiveRate: false,
    sampleWeights: false,
    onUndefined: false,
  });
  const metric = "rocAuc";
  const { average, sampleWeights } = options;
  requireReach(options);
  if (hasRows(truth)) {
    const rows = readIndicatorRows(metric, truth, scores, sampleWeights);
    return averageOverLabels(metric, rows, average, (samples) => binaryRocAuc(samples, options));
  }
  const labels = readLabels(metric, truth);
  requireSameCount(metric, labels.length, scores.length);
  const present = sortedLabels(labels);
  if (present.length > 2 || (hasRows(scores) && (scores[0]?.length ?? 0) > 2)) {
    return multiclassRocAuc(labels, scores, options);
  }
  const samples = {
    hits: Uint8Array.from(labels, (label) => (label === present.at(-1) && present.length === 2 ? 1 : 0)),
    scores: readScores(metric, scores as ArrayLike<number>),
    weights: readWeights(metric, sampleWeights, labels.length),
  };
  return inShape(average, binaryRocAuc(samples, options));
}

type BinaryAucOptions = Pick<RocAucOptions, "maxFalsePositiveRate" | "onUndefined">;

function binaryRocAuc(samples: BinaryScores, { maxFalsePositiveRate = 1, onUndefined }: BinaryAucOptions): number {
  const counts = (hit: number) => samples.hits.some((value, n) => value === hit && samples.weights?.[n] !== 0);
  if (!counts(0) || !counts(1)) {
    onUndefined?.("rocAuc is undefined: only one class is present");
    return Number.NaN;
  }
  const { falsePositiveRates: x, truePositiveRates: y } = rocPoints("rocAuc", samples, { dropIntermediate: false });
  if (maxFalsePositiveRate === 1) return areaUnderCurve(x, y);
  const limit = maxFalsePositiveRate;
  const stop = x.findIndex((rate) => rate > limit);
  const [x0, x1, y0, y1] = [x[stop - 1]!, x[stop]!, y[stop - 1]!, y[stop]!];
  const yAtLimit = y0 + ((y1 - y0) * (limit - x0)) / (x1 - x0);
  const area = areaUnderCurve([...x.subarray(0, stop), limit], [...y.subarray(0, stop), yAtLimit]);
  const chance = limit ** 2 / 2;
  return (1 + (area - chance) / (limit - chance)) / 2;
}

function multiclassRocAuc<Average extends ScoreAverage>(
  labels: readonly Label[],
  scores: ArrayLike<number> | NumberRows,
  options: RocAucOptions<Average>,
): RankingScore<Average> {
  const metric = "rocAuc";
  const { average, multiclass, sampleWeights, maxFalsePositiveRate } = options;
  if (maxFalsePositiveRate !== undefined && maxFalsePositiveRate !== 1) {
    throw badOption(
      `a part of the curve up to ${maxFalsePositiveRate} is asked for`,
      "leave it out for more than two classes",
    );
  }
  if (multiclass !== "one-vs-rest" && multiclass !== "one-vs-one") {
    throw badOption(
      `${multiclass === undefined ? "nothing says" : `"${multiclass}" does not say`} how to treat ${sortedLabels(labels).length} classes`,
      'set multiclass to "one-vs-rest" or "one-vs-one"',
    );
  }
  const { values, columns } = readRows(metric, scores, "scores");
  requireProbabilities(values, columns);
  const classes = requireColumnLabels(metric, labels, { labels: options.labels, columns });
  const codes = Int32Array.from(labels, (label) => classes.indexOf(label));
  if (average === "samples") throw badOption("the average over samples is for rows of 0 and 1", 'choose "macro"');
  if (multiclass === "one-vs-rest") {
    const rows = {
      samples: labels.length,
      columns,
      truth: Float64Array.from(values, (_, k) => (codes[Math.floor(k / columns)] === k % columns ? 1 : 0)),
      scores: values,
      weights: readWeights(metric, sampleWeights, labels.length),
    };
    return averageOverLabels(metric, rows, average, (samples) => binaryRocAuc(samples, options));
  }
  if (sampleWeights !== undefined)
    throw badOption("sample weights with one-vs-one", "leave them out, or use one-vs-rest");
  if (average !== undefined && average !== "macro" && average !== "weighted") {
    throw badOption(`one-vs-one has no average "${average}"`, 'choose "macro" or "weighted"');
  }
  return overPairs(codes, { values, columns }, options) as RankingScore<Average>;
}

/** Mean over all pairs of classes that occur, each the mean of both directions. */
function overPairs(
  codes: Int32Array,
  { values, columns }: { readonly values: Float64Array; readonly columns: number },
  { average, onUndefined }: RocAucOptions<ScoreAverage>,
): number {
  const present = [...new Set(codes)].sort((a, b) => a - b);
  const areas: number[] = [];
  const prevalences: number[] = [];
  for (const [i, a] of present.entries()) {
    for (const b of present.slice(i + 1)) {
      const members = Array.from(codes.keys()).filter((n) => codes[n] === a || codes[n] === b);
      const against = (hit: number) =>
        binaryRocAuc(
          {
            hits: Uint8Array.from(members, (n) => (codes[n] === hit ? 1 : 0)),
            scores: Float64Array.from(members, (n) => values[n * columns + hit]!),
            weights: undefined,
          },
          {},
        );
      areas.push((against(a) + against(b)) / 2);
      prevalences.push(members.length / codes.length);
    }
  }
  if (areas.length === 0) {
    onUndefined?.("rocAuc is undefined: only one class is present");
    return Number.NaN;
  }
  return meanOver(areas.length, (k) => areas[k]!, average === "weighted" ? prevalences : undefined);
}

function requireReach({ maxFalsePositiveRate }: RocAucOptions<ScoreAverage>): void {
  if (maxFalsePositiveRate === undefined || (maxFalsePositiveRate > 0 && maxFalsePositiveRate <= 1)) return;
  throw badOption(`there is no curve up to ${maxFalsePositiveRate}`, "give a rate above 0, at most 1");
}

function requireProbabilities(values: Float64Array, columns: number): void {
  for (let n = 0; n < values.length / columns; n++) {
    const sum = values.subarray(n * columns, (n + 1) * columns).reduce((total, value) => total + value, 0);
    if (Math.abs(1 - sum) <= 1e-8 + 1e-5 * Math.abs(sum)) continue;
    throw new TonewrightError(
      "not-probabilities",
      `rocAuc: the scores of sample ${n} sum to ${sum}`,
      "give probabilities of all classes, for example after a softmax",
    );
  }
}

function badOption(found: string, hint: string): TonewrightError {
  return new TonewrightError("bad-option", `rocAuc: ${found}`, hint);
}
