import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import { binaryOptionNames } from "./binary-scores.ts";
import type { LabelList } from "../classification/labels.ts";
import { type BinaryOptions, readBinary } from "./binary-scores.ts";
import { countAtThresholds, keptPoints, valuesAt } from "./confusion-at-thresholds.ts";

/** Points of a detection error tradeoff curve; each of shape `[points]`. */
export interface DetCurve {
  /** Negatives called positive over all negatives, falling. */
  readonly falsePositiveRates: Float64Array;
  /** Positives missed over all positives, rising. */
  readonly falseNegativeRates: Float64Array;
  /** Lowest score that is called positive at each point, rising. */
  readonly thresholds: Float64Array;
}

/**
 * Detection error tradeoff: false alarms against misses. Where they are equal is the equal error rate of speaker
 * detection.
 *
 * It is drawn on normal deviate scales; the rates here are plain. Ends at which a rate does not change any more are cut
 * off.
 *
 * @param truth - Class of each sample, shape `[samples]`; both classes present.
 * @param scores - Shape `[samples]`; high for the positive class.
 * @param options.positiveLabel - The class that high scores stand for; may be left out for labels 0 and 1, or -1 and 1.
 * @param options.sampleWeights - Shape `[samples]`, not negative.
 * @param options.dropIntermediate - Leave out points between others with the same misses. Default false.
 * @returns Points with rising thresholds.
 * @throws TonewrightError `single-class` if a class is absent, else as `rocCurve`.
 * @see scikit-learn 1.9 `det_curve`; Martin et al. 1997
 */
export function detCurve(
  truth: LabelList,
  scores: ArrayLike<number>,
  given: BinaryOptions & { readonly dropIntermediate?: boolean | undefined } = {},
): DetCurve {
  checkLists("detCurve(truth, scores, options)", { truth, scores });
  checkOptions("detCurve(truth, scores, options)", given, { ...binaryOptionNames, dropIntermediate: false });
  const { dropIntermediate = false, ...options } = given;
  const counts = countAtThresholds(readBinary("detCurve", truth, scores, options));
  const positives = counts.truePositives.at(-1) ?? 0;
  const negatives = counts.falsePositives.at(-1) ?? 0;
  if (positives === 0 || negatives === 0) {
    throw new TonewrightError(
      "single-class",
      `detCurve: all samples are ${positives === 0 ? "negative" : "positive"}, so a rate has nothing to be taken of`,
      "give samples of both classes",
    );
  }
  const hits = Float64Array.from([0, ...counts.truePositives]);
  const alarms = Float64Array.from([0, ...counts.falsePositives]);
  const thresholds = Float64Array.from([Number.POSITIVE_INFINITY, ...counts.thresholds]);
  const kept = keptPoints(hits.length, (k) => !dropIntermediate || hits[k] !== hits[k - 1] || hits[k] !== hits[k + 1]);
  // From the last point without a false alarm to the first without a miss.
  const first = kept.findLastIndex((k) => alarms[k] === 0);
  const last = kept.findIndex((k) => hits[k] === positives);
  const shown = kept.slice(first, last + 1).reverse();
  return {
    falsePositiveRates: valuesAt(alarms, shown).map((count) => count / negatives),
    falseNegativeRates: valuesAt(hits, shown).map((count) => (positives - count) / positives),
    thresholds: valuesAt(thresholds, shown),
  };
}
