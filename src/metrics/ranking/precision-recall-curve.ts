import { checkLists, checkOptions } from "../../errors/index.ts";
import { binaryOptionNames } from "./binary-scores.ts";
import type { LabelList } from "../classification/labels.ts";
import { type BinaryOptions, type BinaryScores, readBinary } from "./binary-scores.ts";
import { countAtThresholds, keptPoints, valuesAt } from "./confusion-at-thresholds.ts";

/** Points of a precision-recall curve. */
export interface PrecisionRecallCurve {
  /**
   * Of the samples called positive, how many are; shape `[thresholds + 1]`, the last 1 (nothing is called positive).
   */
  readonly precisions: Float64Array;
  /** Of the positives, how many are called so; shape `[thresholds + 1]`, falling, the last 0. */
  readonly recalls: Float64Array;
  /** Lowest score that is called positive at each point, rising; shape `[thresholds]`. */
  readonly thresholds: Float64Array;
}

/**
 * Precision against recall at every threshold.
 *
 * The base line is the share of positives, not 0.5. Between two points it is not a straight line, so do not take its
 * area by trapezoids: use `averagePrecision`.
 *
 * @param truth - Class of each sample, shape `[samples]`.
 * @param scores - Shape `[samples]`; high for the positive class. Probabilities or any other decision value.
 * @param options.positiveLabel - The class that high scores stand for; may be left out for labels 0 and 1, or -1 and 1.
 * @param options.sampleWeights - Shape `[samples]`, not negative.
 * @param options.dropIntermediate - Leave out points between others with the same recall. Default false.
 * @param options.onUndefined - Called if there is no positive sample; recall then is 1 throughout.
 * @returns Points from high recall to low; one more than thresholds.
 * @throws TonewrightError as `rocCurve`.
 * @see scikit-learn 1.9 `precision_recall_curve`
 */
export function precisionRecallCurve(
  truth: LabelList,
  scores: ArrayLike<number>,
  given: BinaryOptions & { readonly dropIntermediate?: boolean | undefined } = {},
): PrecisionRecallCurve {
  checkLists("precisionRecallCurve(truth, scores, options)", { truth, scores });
  checkOptions("precisionRecallCurve(truth, scores, options)", given, {
    ...binaryOptionNames,
    dropIntermediate: false,
  });
  const { dropIntermediate = false, ...options } = given;
  const metric = "precisionRecallCurve";
  return precisionRecallPoints(metric, readBinary(metric, truth, scores, options), { ...options, dropIntermediate });
}

/** As `precisionRecallCurve`, of checked scores. */
export function precisionRecallPoints(
  metric: string,
  samples: BinaryScores,
  { dropIntermediate, onUndefined }: Pick<BinaryOptions, "onUndefined"> & { readonly dropIntermediate: boolean },
): PrecisionRecallCurve {
  const counts = countAtThresholds(samples);
  const { truePositives: hits } = counts;
  const kept = keptPoints(hits.length, (k) => !dropIntermediate || hits[k] !== hits[k - 1] || hits[k] !== hits[k + 1]);
  kept.reverse();
  const found = valuesAt(hits, kept);
  const wrong = valuesAt(counts.falsePositives, kept);
  const all = hits.at(-1) ?? 0;
  if (all === 0) onUndefined?.(`${metric}: there is no positive sample, so recall is undefined and set to 1`);
  const precision = (count: number, k: number) => (count + wrong[k]! === 0 ? 0 : count / (count + wrong[k]!));
  return {
    precisions: Float64Array.from([...found.map(precision), 1]),
    recalls: Float64Array.from([...found.map((count) => (all === 0 ? 1 : count / all)), 0]),
    thresholds: valuesAt(counts.thresholds, kept),
  };
}
