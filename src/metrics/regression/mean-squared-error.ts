import { checkLists, checkOptions } from "../../errors/index.ts";
import {
  averageOutputs,
  type OutputAverage,
  type OutputScore,
  type RegressionOptions,
  scoreOutputs,
  type Targets,
} from "./outputs.ts";
import { meanOver } from "./sum.ts";

/**
 * Mean squared error: the mean of the squared differences.
 *
 * Its unit is the square of the target's: a few large errors decide it.
 *
 * @param truth - Shape `[samples]` or `[samples][outputs]`. Truth comes first here, as in scikit-learn.
 * @param predicted - Same shape.
 * @param options.outputs - How the errors of several outputs become one: "uniform" (mean), "raw" (one each) or weights.
 * @param options.sampleWeights - Shape `[samples]`, not negative.
 * @returns `>= 0`; shape `[outputs]` with "raw".
 * @throws TonewrightError `empty-input`, `length-mismatch`, `ragged-table`, `non-finite-values`, `invalid-weight`,
 *   `bad-option`.
 * @see scikit-learn 1.9 `mean_squared_error`
 */
export function meanSquaredError<Average extends OutputAverage = "uniform">(
  truth: Targets,
  predicted: Targets,
  options: RegressionOptions<Average> = {},
): OutputScore<Average> {
  checkLists("meanSquaredError(truth, predicted, options)", { truth, predicted });
  checkOptions("meanSquaredError(truth, predicted, options)", options, { outputs: false, sampleWeights: false });
  return scoreOutputs("meanSquaredError", [truth, predicted], options, squaredError);
}

/**
 * Root mean squared error, in the unit of the target.
 *
 * Of several outputs it is the mean of their roots, not the root of their mean.
 *
 * @param truth - Shape `[samples]` or `[samples][outputs]`.
 * @param predicted - Same shape.
 * @param options - As of `meanSquaredError`.
 * @returns `>= 0`; shape `[outputs]` with "raw".
 * @throws TonewrightError as `meanSquaredError`.
 * @see scikit-learn 1.9 `root_mean_squared_error`
 */
export function rootMeanSquaredError<Average extends OutputAverage = "uniform">(
  truth: Targets,
  predicted: Targets,
  options: RegressionOptions<Average> = {},
): OutputScore<Average> {
  checkLists("rootMeanSquaredError(truth, predicted, options)", { truth, predicted });
  checkOptions("rootMeanSquaredError(truth, predicted, options)", options, { outputs: false, sampleWeights: false });
  const metric = "rootMeanSquaredError";
  return rootOfErrors(metric, scoreOutputs(metric, [truth, predicted], { ...options, outputs: "raw" }, squaredError), {
    outputs: options.outputs,
  });
}

/** The mean of the roots of mean squared errors. */
export function rootOfErrors<Average extends OutputAverage>(
  metric: string,
  squared: Float64Array,
  { outputs }: { readonly outputs: Average | undefined },
): OutputScore<Average> {
  return averageOutputs(metric, squared.map(Math.sqrt), outputs);
}

/** Mean squared error of one output. */
export function squaredError({
  truth,
  predicted,
  weights,
}: {
  readonly truth: Float64Array;
  readonly predicted: Float64Array;
  readonly weights: Float64Array | undefined;
}): number {
  return meanOver(truth.length, (n) => (truth[n]! - predicted[n]!) ** 2, weights);
}
