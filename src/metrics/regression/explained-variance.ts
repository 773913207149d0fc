import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import {
  averageOutputs,
  type Output,
  type OutputAverage,
  type OutputScore,
  type RegressionOptions,
  readOutputs,
  type Targets,
} from "./outputs.ts";
import { meanOver, sumOver } from "./sum.ts";

/** As `OutputAverage`; "variance" weights each output by the spread of its true values. */
export type ExplainedAverage = OutputAverage | "variance";

/** What the metrics take that compare an error with the spread of the true values. */
export interface ExplainedOptions<Average = "uniform"> extends RegressionOptions<Average> {
  /** For true values that are all equal: 1 if they are met and 0 if not (default), or NaN and -Infinity. */
  readonly forceFinite?: boolean | undefined;
  /** Called with the reason where the result is undefined. */
  readonly onUndefined?: ((message: string) => void) | undefined;
}

/**
 * R², the coefficient of determination: 1 less the squared error over the squared error of the best constant.
 *
 * 1 is perfect, 0 is as good as the mean of the true values, and there is no lower limit. It is not the square of a
 * correlation: a shifted prediction can be far below 0.
 *
 * @param truth - Shape `[samples]` or `[samples][outputs]`; at least two samples. Truth comes first, it is not
 *   symmetric.
 * @param predicted - Same shape.
 * @param options.outputs - As of `meanSquaredError`, or "variance": outputs weighted by the spread of their true
 *   values.
 * @param options.sampleWeights - Shape `[samples]`, not negative.
 * @param options.forceFinite - Default true: if all true values are equal, 1 for a perfect prediction and 0 for
 *   another.
 * @param options.onUndefined - Called for a single sample.
 * @returns At most 1; NaN for a single sample; shape `[outputs]` with "raw".
 * @throws TonewrightError as `meanSquaredError`.
 * @see scikit-learn 1.9 `r2_score`. True values that are all equal have no spread here; there, the rounding of their
 *   mean may leave some, which makes the result about -1e30.
 */
export function r2Score<Average extends ExplainedAverage = "uniform">(
  truth: Targets,
  predicted: Targets,
  options: ExplainedOptions<Average> = {},
): OutputScore<Average> {
  checkLists("r2Score(truth, predicted, options)", { truth, predicted });
  checkOptions("r2Score(truth, predicted, options)", options, {
    forceFinite: false,
    onUndefined: false,
    outputs: false,
    sampleWeights: false,
  });
  const outputs = readOutputs("r2Score", truth, predicted, options.sampleWeights);
  if (truth.length < 2) return undefinedScore("r2Score", outputs.length, options);
  return explained("r2Score", options, {
    errors: Float64Array.from(outputs, (output) => spread(output, residuals(output), 0)),
    spreads: Float64Array.from(outputs, (output) => spread(output, output.truth)),
  });
}

/**
 * R² less what useless predictors gain by chance: `1 - (1 - R²) (samples - 1) / (samples - predictors - 1)`.
 *
 * The number of predictors is that of the fitted model, without its constant. Meaningful for linear models only.
 *
 * @param truth - Shape `[samples]` or `[samples][outputs]`.
 * @param predicted - Same shape.
 * @param options.predictors - Variables the model was fitted on, at least 1.
 * @param options - The rest as of `r2Score`.
 * @returns At most 1; NaN unless there are at least two samples more than predictors; shape `[outputs]` with "raw".
 * @throws TonewrightError `bad-option` if `predictors` is no whole number above 0, else as `r2Score`.
 * @see Theil 1961, Economic Forecasts and Policy (there "corrected" R²)
 */
export function adjustedR2Score<Average extends ExplainedAverage = "uniform">(
  truth: Targets,
  predicted: Targets,
  given: ExplainedOptions<Average> & { readonly predictors: number },
): OutputScore<Average> {
  checkLists("adjustedR2Score(truth, predicted, options)", { truth, predicted });
  checkOptions("adjustedR2Score(truth, predicted, options)", given, {
    forceFinite: false,
    onUndefined: false,
    outputs: false,
    sampleWeights: false,
    predictors: true,
  });
  const { predictors, ...options } = given;
  if (!Number.isInteger(predictors) || predictors < 1) {
    throw new TonewrightError(
      "bad-option",
      `adjustedR2Score: ${predictors} predictors`,
      "give the number of variables the model was fitted on, at least 1",
    );
  }
  const samples = truth.length;
  if (samples < predictors + 2) {
    const outputs = readOutputs("adjustedR2Score", truth, predicted, options.sampleWeights);
    return undefinedScore(
      "adjustedR2Score",
      outputs.length,
      options,
      `${samples} samples for ${predictors} predictors`,
    );
  }
  const adjust = (score: number) => 1 - ((1 - score) * (samples - 1)) / (samples - predictors - 1);
  const score: Float64Array | number = r2Score(truth, predicted, options);
  return (typeof score === "number" ? adjust(score) : score.map(adjust)) as OutputScore<Average>;
}

/**
 * Explained variance: 1 less the variance of the errors over the variance of the true values.
 *
 * As R², but a constant offset of the prediction counts nothing.
 *
 * @param truth - Shape `[samples]` or `[samples][outputs]`.
 * @param predicted - Same shape.
 * @param options - As of `r2Score`.
 * @returns At most 1; shape `[outputs]` with "raw".
 * @throws TonewrightError as `meanSquaredError`.
 * @see scikit-learn 1.9 `explained_variance_score`
 */
export function explainedVariance<Average extends ExplainedAverage = "uniform">(
  truth: Targets,
  predicted: Targets,
  options: ExplainedOptions<Average> = {},
): OutputScore<Average> {
  checkLists("explainedVariance(truth, predicted, options)", { truth, predicted });
  checkOptions("explainedVariance(truth, predicted, options)", options, {
    forceFinite: false,
    onUndefined: false,
    outputs: false,
    sampleWeights: false,
  });
  const outputs = readOutputs("explainedVariance", truth, predicted, options.sampleWeights);
  const mass = (output: Output) =>
    output.weights === undefined ? output.truth.length : sumOver(output.weights.length, (n) => output.weights![n]!);
  return explained("explainedVariance", options, {
    errors: Float64Array.from(outputs, (output) => spread(output, residuals(output)) / mass(output)),
    spreads: Float64Array.from(outputs, (output) => spread(output, output.truth) / mass(output)),
  });
}

/** `1 - errors / spreads` of every output, averaged; also for metrics with other errors and spreads. */
export function explained<Average extends ExplainedAverage>(
  metric: string,
  { outputs, forceFinite = true }: ExplainedOptions<Average>,
  { errors, spreads }: { readonly errors: Float64Array; readonly spreads: Float64Array },
): OutputScore<Average> {
  const scores = errors.map((error, k) => {
    if (spreads[k]! !== 0 || !forceFinite) return 1 - error / spreads[k]!;
    return error === 0 ? 1 : 0;
  });
  if (outputs !== "variance") return averageOutputs(metric, scores, outputs as OutputAverage) as OutputScore<Average>;
  const flat = spreads.every((value) => value === 0);
  return meanOver(scores.length, (k) => scores[k]!, flat ? undefined : spreads) as OutputScore<Average>;
}

/** NaN in the shape that was asked for, after telling why. */
export function undefinedScore<Average>(
  metric: string,
  outputs: number,
  options: ExplainedOptions<Average>,
  reason = "one sample has no spread",
): OutputScore<Average> {
  options.onUndefined?.(`${metric} is undefined: ${reason}`);
  const nan = options.outputs === "raw" ? new Float64Array(outputs).fill(Number.NaN) : Number.NaN;
  return nan as OutputScore<Average>;
}

function residuals({ truth, predicted }: Output): Float64Array {
  return truth.map((value, n) => value - predicted[n]!);
}

/**
 * Weighted sum of the squared distances from `centre`, which is the mean by default; exactly 0 if all values are equal.
 */
function spread({ weights }: Output, values: Float64Array, centre?: number): number {
  if (centre === undefined && values.every((value) => value === values[0])) return 0;
  const middle = centre ?? meanOver(values.length, (n) => values[n]!, weights);
  return sumOver(values.length, (n) => (weights?.[n] ?? 1) * (values[n]! - middle) ** 2);
}
