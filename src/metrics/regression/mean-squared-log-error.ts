import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import { rootOfErrors, squaredError } from "./mean-squared-error.ts";
import {
  type Output,
  type OutputAverage,
  type OutputScore,
  type RegressionOptions,
  scoreOutputs,
  type Targets,
} from "./outputs.ts";

/**
 * Mean squared error of the logarithms of `1 + value`: errors count by ratio, for quantities that grow by factors.
 *
 * @param truth - Shape `[samples]` or `[samples][outputs]`, above -1.
 * @param predicted - Same shape, above -1.
 * @param options - As of `meanSquaredError`.
 * @returns `>= 0`; shape `[outputs]` with "raw".
 * @throws TonewrightError `value-range` for -1 and below, else as `meanSquaredError`.
 * @see scikit-learn 1.9 `mean_squared_log_error`
 */
export function meanSquaredLogError<Average extends OutputAverage = "uniform">(
  truth: Targets,
  predicted: Targets,
  options: RegressionOptions<Average> = {},
): OutputScore<Average> {
  checkLists("meanSquaredLogError(truth, predicted, options)", { truth, predicted });
  checkOptions("meanSquaredLogError(truth, predicted, options)", options, { outputs: false, sampleWeights: false });
  return scoreOutputs("meanSquaredLogError", [truth, predicted], options, (output) =>
    squaredError(logarithms("meanSquaredLogError", output)),
  );
}

/**
 * Root of the mean squared error of the logarithms of `1 + value`.
 *
 * Of several outputs it is the mean of their roots.
 *
 * @param truth - Shape `[samples]` or `[samples][outputs]`, above -1.
 * @param predicted - Same shape, above -1.
 * @param options - As of `meanSquaredError`.
 * @returns `>= 0`; shape `[outputs]` with "raw".
 * @throws TonewrightError as `meanSquaredLogError`.
 * @see scikit-learn 1.9 `root_mean_squared_log_error`
 */
export function rootMeanSquaredLogError<Average extends OutputAverage = "uniform">(
  truth: Targets,
  predicted: Targets,
  options: RegressionOptions<Average> = {},
): OutputScore<Average> {
  checkLists("rootMeanSquaredLogError(truth, predicted, options)", { truth, predicted });
  checkOptions("rootMeanSquaredLogError(truth, predicted, options)", options, { outputs: false, sampleWeights: false });
  const metric = "rootMeanSquaredLogError";
  const raw = { ...options, outputs: "raw" } as const;
  const squared = scoreOutputs(metric, [truth, predicted], raw, (output) => squaredError(logarithms(metric, output)));
  return rootOfErrors(metric, squared, { outputs: options.outputs });
}

function logarithms(metric: string, { truth, predicted, weights }: Output): Output {
  for (const [name, values] of [["truth", truth] as const, ["predicted", predicted] as const]) {
    const wrong = values.findIndex((value) => value <= -1);
    if (wrong < 0) continue;
    throw new TonewrightError(
      "value-range",
      `${metric}: ${name}[${wrong}] is ${values[wrong]}, and log(1 + value) needs values above -1`,
      "use meanSquaredError for values that may be negative",
    );
  }
  return { truth: truth.map(Math.log1p), predicted: predicted.map(Math.log1p), weights };
}
