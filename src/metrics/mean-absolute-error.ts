import { checkLists, checkOptions } from "../errors/index.ts";
import { nonFinite, requireSameLength } from "./comparable.ts";
import { meanAbsoluteErrorOfOutputs } from "./regression/absolute-errors.ts";
import type { OutputAverage, OutputScore, RegressionOptions, Targets } from "./regression/outputs.ts";

/**
 * Mean of the absolute differences, of two signals or of the targets of a regression.
 *
 * It depends on the level of the recording: compare it only between models of the same recording. It is symmetric, so either
 * argument may come first.
 *
 * @param predicted - Model output, shape `[samples]`, linear amplitude; or predictions, shape `[samples]` or `[samples][outputs]`.
 * @param target - Recorded output or true values, same shape.
 * @param options.outputs - Of several outputs: "uniform" (their mean), "raw" (one each) or weights.
 * @param options.sampleWeights - Shape `[samples]`, not negative.
 * @returns In the unit of the target, `>= 0`; shape `[outputs]` with "raw". 0 for two empty `Float32Array`s without options.
 * @throws TonewrightError `length-mismatch`; `non-finite-samples` for two `Float32Array`s without options, else as
 * `meanSquaredError`.
 * @see scikit-learn 1.9 `mean_absolute_error`
 */
export function meanAbsoluteError<Average extends OutputAverage = "uniform">(
  predicted: Targets,
  target: Targets,
  options?: RegressionOptions<Average>,
): OutputScore<Average> {
  checkLists("meanAbsoluteError(predicted, target, options)", { predicted, target });
  checkOptions("meanAbsoluteError(predicted, target, options)", options ?? {}, {
    outputs: false,
    sampleWeights: false,
  });
  if (options !== undefined || !(predicted instanceof Float32Array) || !(target instanceof Float32Array)) {
    return meanAbsoluteErrorOfOutputs(target, predicted, options ?? {});
  }
  return meanAbsoluteErrorOfSignals(predicted, target) as OutputScore<Average>;
}

function meanAbsoluteErrorOfSignals(predicted: Float32Array, target: Float32Array): number {
  requireSameLength("meanAbsoluteError", predicted, target);
  let sum = 0;
  for (let n = 0; n < target.length; n++) sum += Math.abs(target[n]! - predicted[n]!);
  if (!Number.isFinite(sum)) throw nonFinite("meanAbsoluteError", predicted, target);
  return target.length === 0 ? 0 : sum / target.length;
}
