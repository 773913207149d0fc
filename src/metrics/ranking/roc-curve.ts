import { checkLists, checkOptions } from "../../errors/index.ts";
import { binaryOptionNames } from "./binary-scores.ts";
import type { LabelList } from "../classification/labels.ts";
import { type BinaryOptions, type BinaryScores, readBinary } from "./binary-scores.ts";
import { countAtThresholds, keptPoints, valuesAt } from "./confusion-at-thresholds.ts";

/** Points of a ROC curve; each of shape `[points]`. */
export interface RocCurve {
  /** Negatives called positive over all negatives, rising from 0 to 1. */
  readonly falsePositiveRates: Float64Array;
  /** Positives found over all positives, rising from 0 to 1. */
  readonly truePositiveRates: Float64Array;
  /** Lowest score that is called positive at each point; the first is Infinity, at which none is. */
  readonly thresholds: Float64Array;
}

/**
 * Receiver operating characteristic: how many negatives one has to accept to find how many positives.
 *
 * It does not see how rare the positive class is: for rare ones look at `precisionRecallCurve`.
 *
 * @param truth - Class of each sample, shape `[samples]`.
 * @param scores - Shape `[samples]`; high for the positive class. Probabilities or any other decision value.
 * @param options.positiveLabel - The class that high scores stand for; may be left out for labels 0 and 1, or -1 and 1.
 * @param options.sampleWeights - Shape `[samples]`, not negative.
 * @param options.dropIntermediate - Leave out points on a straight line between others. Default true.
 * @param options.onUndefined - Called if a class has no samples; its rates are NaN.
 * @returns Points from (0, 0) to (1, 1).
 * @throws TonewrightError `empty-input`, `length-mismatch`, `invalid-label`, `mixed-labels`, `unknown-positive`,
 *   `not-binary`, `non-finite-score`, `invalid-weight`.
 * @see scikit-learn 1.9 `roc_curve`; older releases began with the largest score plus 1 in place of Infinity
 */
export function rocCurve(
  truth: LabelList,
  scores: ArrayLike<number>,
  given: BinaryOptions & { readonly dropIntermediate?: boolean | undefined } = {},
): RocCurve {
  checkLists("rocCurve(truth, scores, options)", { truth, scores });
  checkOptions("rocCurve(truth, scores, options)", given, { ...binaryOptionNames, dropIntermediate: false });
  const { dropIntermediate = true, ...options } = given;
  const metric = "rocCurve";
  return rocPoints(metric, readBinary(metric, truth, scores, options), { ...options, dropIntermediate });
}

/** As `rocCurve`, of checked scores. */
export function rocPoints(
  metric: string,
  samples: BinaryScores,
  { dropIntermediate, onUndefined }: Pick<BinaryOptions, "onUndefined"> & { readonly dropIntermediate: boolean },
): RocCurve {
  const counts = countAtThresholds(samples);
  const { truePositives, falsePositives } = counts;
  const bends = (values: Float64Array, k: number) => values[k + 1]! - values[k]! - (values[k]! - values[k - 1]!) !== 0;
  const kept = keptPoints(
    counts.thresholds.length,
    (k) => !dropIntermediate || bends(falsePositives, k) || bends(truePositives, k),
  );
  const rates = (positives: Float64Array, what: string) => {
    const all = positives.at(-1) ?? 0;
    if (all <= 0) onUndefined?.(`${metric}: there are no ${what} samples, so their rate is undefined`);
    return Float64Array.from([0, ...valuesAt(positives, kept)], (count) => (all <= 0 ? Number.NaN : count / all));
  };
  return {
    falsePositiveRates: rates(falsePositives, "negative"),
    truePositiveRates: rates(truePositives, "positive"),
    thresholds: Float64Array.from([Number.POSITIVE_INFINITY, ...valuesAt(counts.thresholds, kept)]),
  };
}
