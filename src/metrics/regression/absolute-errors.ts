import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import {
  type Output,
  type OutputAverage,
  type OutputScore,
  type RegressionOptions,
  readOutputs,
  scoreOutputs,
  type Targets,
} from "./outputs.ts";
import { meanOver } from "./sum.ts";
import { weightedPercentile } from "./weighted-percentile.ts";

/** Mean absolute error of any targets; `meanAbsoluteError` is the name that users call. */
export function meanAbsoluteErrorOfOutputs<Average extends OutputAverage>(
  truth: Targets,
  predicted: Targets,
  options: RegressionOptions<Average>,
): OutputScore<Average> {
  return scoreOutputs("meanAbsoluteError", [truth, predicted], options, (output) =>
    meanOver(output.truth.length, (n) => absoluteError(output, n), output.weights),
  );
}

/**
 * Median of the absolute differences: half of the samples are closer.
 *
 * Outliers do not move it, so it can look good while some predictions are absurd: report `maxError` next to it.
 *
 * @param truth - Shape `[samples]` or `[samples][outputs]`.
 * @param predicted - Same shape.
 * @param options - As of `meanSquaredError`. With sample weights it is the weighted median.
 * @returns `>= 0`, in the unit of the target; shape `[outputs]` with "raw".
 * @throws TonewrightError as `meanSquaredError`.
 * @see scikit-learn 1.9 `median_absolute_error`
 */
export function medianAbsoluteError<Average extends OutputAverage = "uniform">(
  truth: Targets,
  predicted: Targets,
  options: RegressionOptions<Average> = {},
): OutputScore<Average> {
  checkLists("medianAbsoluteError(truth, predicted, options)", { truth, predicted });
  checkOptions("medianAbsoluteError(truth, predicted, options)", options, { outputs: false, sampleWeights: false });
  return scoreOutputs("medianAbsoluteError", [truth, predicted], options, (output) => {
    const errors = output.truth.map((_, n) => absoluteError(output, n));
    return weightedPercentile(errors, { weights: output.weights, fraction: 0.5 });
  });
}

/**
 * The largest absolute difference.
 *
 * @param truth - Shape `[samples]`.
 * @param predicted - Shape `[samples]`.
 * @returns `>= 0`, in the unit of the target.
 * @throws TonewrightError `unsupported-targets` for several outputs, else as `meanSquaredError`.
 * @see scikit-learn 1.9 `max_error`
 */
export function maxError(truth: Targets, predicted: Targets): number {
  checkLists("maxError(truth, predicted)", { truth, predicted });
  const outputs = readOutputs("maxError", truth, predicted);
  const [only] = outputs;
  if (only === undefined || outputs.length > 1) {
    throw new TonewrightError(
      "unsupported-targets",
      `maxError: there are ${outputs.length} outputs, and the largest error is of one`,
      "call it for one output at a time",
    );
  }
  let largest = 0;
  for (let n = 0; n < only.truth.length; n++) largest = Math.max(largest, absoluteError(only, n));
  return largest;
}

/**
 * Mean of the absolute differences, each divided by the true value: 0.1 is 10 %.
 *
 * A true value of 0 counts as 2.2e-16, which makes the result astronomically large: use another metric if 0 occurs.
 *
 * @param truth - Shape `[samples]` or `[samples][outputs]`.
 * @param predicted - Same shape.
 * @param options - As of `meanSquaredError`.
 * @returns A ratio (not percent), `>= 0`; shape `[outputs]` with "raw".
 * @throws TonewrightError as `meanSquaredError`.
 * @see scikit-learn 1.9 `mean_absolute_percentage_error`
 */
export function meanAbsolutePercentageError<Average extends OutputAverage = "uniform">(
  truth: Targets,
  predicted: Targets,
  options: RegressionOptions<Average> = {},
): OutputScore<Average> {
  checkLists("meanAbsolutePercentageError(truth, predicted, options)", { truth, predicted });
  checkOptions("meanAbsolutePercentageError(truth, predicted, options)", options, {
    outputs: false,
    sampleWeights: false,
  });
  return scoreOutputs("meanAbsolutePercentageError", [truth, predicted], options, (output) => {
    const relative = (n: number) => absoluteError(output, n) / Math.max(Math.abs(output.truth[n]!), Number.EPSILON);
    return meanOver(output.truth.length, relative, output.weights);
  });
}

function absoluteError({ truth, predicted }: Output, n: number): number {
  return Math.abs(predicted[n]! - truth[n]!);
}
