import { checkLists, checkOptions } from "../../errors/index.ts";
import { averageOptionNames } from "./averaging.ts";
import { type Average, type AverageOptions, averagedRatio, type Ratio, type AveragedScore } from "./averaging.ts";
import type { OutcomeCounts } from "./outcome-counts.ts";
import type { ClassTargets } from "./targets.ts";

/**
 * Specificity, also called true negative rate: of the samples that are not of a class, the fraction that are not
 * predicted as it.
 *
 * With many classes it is close to 1 whatever the model does, as almost every sample is a negative of almost every
 * class.
 *
 * @param truth - True classes, shape `[samples]`, or `[samples][labels]` of 0 and 1.
 * @param predicted - Predicted classes, same shape.
 * @param options - See `AverageOptions`.
 * @returns From 0 to 1; one per class, shape `[labels]`, with average "none".
 * @throws TonewrightError with the codes of `precisionScore`.
 * @see TN / (TN + FP). scikit-learn has no function for it; the outcomes are those of its
 * `multilabel_confusion_matrix`, and the averages are done as in its `recall_score` ("weighted" by the true samples of
 * each class).
 */
export function specificity<A extends Average = "binary">(
  truth: ClassTargets,
  predicted: ClassTargets,
  options: AverageOptions<A> = {},
): AveragedScore<A> {
  checkLists("specificity(truth, predicted, options)", { truth, predicted });
  checkOptions("specificity(truth, predicted, options)", options, averageOptionNames);
  return averagedRatio("specificity", { truth, predicted, ratio: SPECIFICITY }, options);
}

/**
 * Negative predictive value: of the samples that are not predicted as a class, the fraction that are not of it.
 *
 * Like precision it depends on how frequent the class is, so it does not carry over to data with other proportions.
 *
 * @param truth - True classes, shape `[samples]`, or `[samples][labels]` of 0 and 1.
 * @param predicted - Predicted classes, same shape.
 * @param options - See `AverageOptions`.
 * @returns From 0 to 1; one per class, shape `[labels]`, with average "none".
 * @throws TonewrightError with the codes of `precisionScore`.
 * @see TN / (TN + FN); outcomes and averages as in `specificity`.
 */
export function negativePredictiveValue<A extends Average = "binary">(
  truth: ClassTargets,
  predicted: ClassTargets,
  options: AverageOptions<A> = {},
): AveragedScore<A> {
  checkLists("negativePredictiveValue(truth, predicted, options)", { truth, predicted });
  checkOptions("negativePredictiveValue(truth, predicted, options)", options, averageOptionNames);
  return averagedRatio("negativePredictiveValue", { truth, predicted, ratio: NEGATIVE_PREDICTIVE_VALUE }, options);
}

/**
 * False positive rate, also called fall-out: of the samples that are not of a class, the fraction that are predicted as
 * it.
 *
 * It is 1 - specificity, and lower is better.
 *
 * @param truth - True classes, shape `[samples]`, or `[samples][labels]` of 0 and 1.
 * @param predicted - Predicted classes, same shape.
 * @param options - See `AverageOptions`.
 * @returns From 0 to 1; one per class, shape `[labels]`, with average "none".
 * @throws TonewrightError with the codes of `precisionScore`.
 * @see FP / (FP + TN); outcomes and averages as in `specificity`.
 */
export function falsePositiveRate<A extends Average = "binary">(
  truth: ClassTargets,
  predicted: ClassTargets,
  options: AverageOptions<A> = {},
): AveragedScore<A> {
  checkLists("falsePositiveRate(truth, predicted, options)", { truth, predicted });
  checkOptions("falsePositiveRate(truth, predicted, options)", options, averageOptionNames);
  return averagedRatio("falsePositiveRate", { truth, predicted, ratio: FALSE_POSITIVE_RATE }, options);
}

/**
 * False negative rate, also called miss rate: of the samples of a class, the fraction that are not predicted as it.
 *
 * It is 1 - recall, and lower is better.
 *
 * @param truth - True classes, shape `[samples]`, or `[samples][labels]` of 0 and 1.
 * @param predicted - Predicted classes, same shape.
 * @param options - See `AverageOptions`.
 * @returns From 0 to 1; one per class, shape `[labels]`, with average "none".
 * @throws TonewrightError with the codes of `precisionScore`.
 * @see FN / (FN + TP); outcomes and averages as in `specificity`.
 */
export function falseNegativeRate<A extends Average = "binary">(
  truth: ClassTargets,
  predicted: ClassTargets,
  options: AverageOptions<A> = {},
): AveragedScore<A> {
  checkLists("falseNegativeRate(truth, predicted, options)", { truth, predicted });
  checkOptions("falseNegativeRate(truth, predicted, options)", options, averageOptionNames);
  return averagedRatio("falseNegativeRate", { truth, predicted, ratio: FALSE_NEGATIVE_RATE }, options);
}

/**
 * False discovery rate: of the samples predicted as a class, the fraction that are not of it.
 *
 * It is 1 - precision, and lower is better.
 *
 * @param truth - True classes, shape `[samples]`, or `[samples][labels]` of 0 and 1.
 * @param predicted - Predicted classes, same shape.
 * @param options - See `AverageOptions`.
 * @returns From 0 to 1; one per class, shape `[labels]`, with average "none".
 * @throws TonewrightError with the codes of `precisionScore`.
 * @see FP / (FP + TP); outcomes and averages as in `specificity`.
 */
export function falseDiscoveryRate<A extends Average = "binary">(
  truth: ClassTargets,
  predicted: ClassTargets,
  options: AverageOptions<A> = {},
): AveragedScore<A> {
  checkLists("falseDiscoveryRate(truth, predicted, options)", { truth, predicted });
  checkOptions("falseDiscoveryRate(truth, predicted, options)", options, averageOptionNames);
  return averagedRatio("falseDiscoveryRate", { truth, predicted, ratio: FALSE_DISCOVERY_RATE }, options);
}

type Outcome = keyof OutcomeCounts;

const SPECIFICITY = fraction("specificity", "truly negative samples", "trueNegatives", "falsePositives");
const NEGATIVE_PREDICTIVE_VALUE = fraction(
  "the negative predictive value",
  "samples predicted as negative",
  "trueNegatives",
  "falseNegatives",
);
const FALSE_POSITIVE_RATE = fraction(
  "the false positive rate",
  "truly negative samples",
  "falsePositives",
  "trueNegatives",
);
const FALSE_NEGATIVE_RATE = fraction("the false negative rate", "true samples", "falseNegatives", "truePositives");
const FALSE_DISCOVERY_RATE = fraction(
  "the false discovery rate",
  "predicted samples",
  "falsePositives",
  "truePositives",
);

/** `part / (part + other)`. */
function fraction(name: string, lacks: string, part: Outcome, other: Outcome): Ratio {
  return {
    name,
    lacks,
    numerator: (counts, n) => counts[part][n]!,
    denominator: (counts, n) => counts[part][n]! + counts[other][n]!,
  };
}
