import { checkLists, checkOptions } from "../../errors/index.ts";
import { averageOptionNames } from "./averaging.ts";
import { type Average, type AverageOptions, averagedRatio, type Ratio, type AveragedScore } from "./averaging.ts";
import type { ClassTargets } from "./targets.ts";

/**
 * Jaccard index, also called intersection over union: of the samples that are of a class or predicted as it, the
 * fraction that are both.
 *
 * It is F1 / (2 - F1) for each class: the same ranking, smaller numbers.
 *
 * @param truth - True classes, shape `[samples]`, or `[samples][labels]` of 0 and 1.
 * @param predicted - Predicted classes, same shape.
 * @param options - See `AverageOptions`.
 * @returns From 0 to 1; one per class, shape `[labels]`, with average "none".
 * @throws TonewrightError with the codes of `precisionScore`.
 * @see scikit-learn 1.9 `jaccard_score`.
 */
export function jaccardScore<A extends Average = "binary">(
  truth: ClassTargets,
  predicted: ClassTargets,
  options: AverageOptions<A> = {},
): AveragedScore<A> {
  checkLists("jaccardScore(truth, predicted, options)", { truth, predicted });
  checkOptions("jaccardScore(truth, predicted, options)", options, averageOptionNames);
  return averagedRatio("jaccardScore", { truth, predicted, ratio: JACCARD }, options);
}

const JACCARD: Ratio = {
  name: "the Jaccard index",
  lacks: "true or predicted samples",
  numerator: (counts, n) => counts.truePositives[n]!,
  denominator: (counts, n) => counts.truePositives[n]! + counts.falsePositives[n]! + counts.falseNegatives[n]!,
};
