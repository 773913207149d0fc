import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import { type ExplainedOptions, explained, undefinedScore } from "./explained-variance.ts";
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

/**
 * Mean pinball loss, which the `quantile` of the target minimises: being too low costs `quantile` per unit, too high
 * the rest to 1.
 *
 * With the default of 1/2 it is half of the mean absolute error.
 *
 * @param truth - Shape `[samples]` or `[samples][outputs]`.
 * @param predicted - Same shape; predictions of this quantile.
 * @param options.quantile - 0 to 1; scikit-learn's `alpha`.
 * @param options - The rest as of `meanSquaredError`.
 * @returns `>= 0`, in the unit of the target; shape `[outputs]` with "raw".
 * @throws TonewrightError `bad-option` for a quantile outside of 0 to 1, else as `meanSquaredError`.
 * @see scikit-learn 1.9 `mean_pinball_loss`
 */
export function meanPinballLoss<Average extends OutputAverage = "uniform">(
  truth: Targets,
  predicted: Targets,
  given: RegressionOptions<Average> & { readonly quantile?: number | undefined } = {},
): OutputScore<Average> {
  checkLists("meanPinballLoss(truth, predicted, options)", { truth, predicted });
  checkOptions("meanPinballLoss(truth, predicted, options)", given, {
    outputs: false,
    sampleWeights: false,
    quantile: false,
  });
  const { quantile = 0.5, ...options } = given;
  requireQuantile("meanPinballLoss", quantile);
  return scoreOutputs("meanPinballLoss", [truth, predicted], options, (output) =>
    pinball(output, quantile, (n) => output.predicted[n]!),
  );
}

/**
 * 1 less the pinball loss over that of the best constant: what R² is for squared errors.
 *
 * The best constant is the same quantile of the true values that are given here, not of the training data.
 *
 * @param truth - Shape `[samples]` or `[samples][outputs]`; at least two samples.
 * @param predicted - Same shape; predictions of this quantile.
 * @param options.quantile - 0 to 1; scikit-learn's `alpha`.
 * @param options.onUndefined - Called for a single sample.
 * @param options - The rest as of `meanSquaredError`.
 * @returns At most 1; NaN for a single sample; shape `[outputs]` with "raw".
 * @throws TonewrightError as `meanPinballLoss`.
 * @see scikit-learn 1.9 `d2_pinball_score`
 */
export function d2PinballScore<Average extends OutputAverage = "uniform">(
  truth: Targets,
  predicted: Targets,
  options: Omit<ExplainedOptions<Average>, "forceFinite"> & { readonly quantile?: number | undefined } = {},
): OutputScore<Average> {
  checkLists("d2PinballScore(truth, predicted, options)", { truth, predicted });
  checkOptions("d2PinballScore(truth, predicted, options)", options, {
    onUndefined: false,
    outputs: false,
    sampleWeights: false,
    quantile: false,
  });
  return d2Score("d2PinballScore", [truth, predicted], options);
}

/**
 * 1 less the mean absolute error over that of the median of the true values: what R² is for squared errors.
 *
 * @param truth - Shape `[samples]` or `[samples][outputs]`; at least two samples.
 * @param predicted - Same shape.
 * @param options.onUndefined - Called for a single sample.
 * @param options - The rest as of `meanSquaredError`.
 * @returns At most 1; NaN for a single sample; shape `[outputs]` with "raw".
 * @throws TonewrightError as `meanSquaredError`.
 * @see scikit-learn 1.9 `d2_absolute_error_score`
 */
export function d2AbsoluteErrorScore<Average extends OutputAverage = "uniform">(
  truth: Targets,
  predicted: Targets,
  options: Omit<ExplainedOptions<Average>, "forceFinite"> = {},
): OutputScore<Average> {
  checkLists("d2AbsoluteErrorScore(truth, predicted, options)", { truth, predicted });
  checkOptions("d2AbsoluteErrorScore(truth, predicted, options)", options, {
    onUndefined: false,
    outputs: false,
    sampleWeights: false,
  });
  return d2Score("d2AbsoluteErrorScore", [truth, predicted], options);
}

function d2Score<Average extends OutputAverage>(
  metric: string,
  [truth, predicted]: readonly [Targets, Targets],
  { quantile = 0.5, ...options }: ExplainedOptions<Average> & { readonly quantile?: number | undefined },
): OutputScore<Average> {
  requireQuantile(metric, quantile);
  const outputs = readOutputs(metric, truth, predicted, options.sampleWeights);
  if (truth.length < 2) return undefinedScore(metric, outputs.length, options);
  return explained(metric, options, {
    errors: Float64Array.from(outputs, (output) => pinball(output, quantile, (n) => output.predicted[n]!)),
    spreads: Float64Array.from(outputs, (output) => {
      const constant = weightedPercentile(output.truth, { weights: output.weights, fraction: quantile });
      return pinball(output, quantile, () => constant);
    }),
  });
}

function pinball({ truth, weights }: Output, quantile: number, predictionOf: (n: number) => number): number {
  const loss = (n: number) => {
    const difference = truth[n]! - predictionOf(n);
    return difference >= 0 ? quantile * difference : (quantile - 1) * difference;
  };
  return meanOver(truth.length, loss, weights);
}

function requireQuantile(metric: string, quantile: number): void {
  if (quantile >= 0 && quantile <= 1) return;
  throw new TonewrightError("bad-option", `${metric}: there is no quantile ${quantile}`, "give one from 0 to 1");
}
