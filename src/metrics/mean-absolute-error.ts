import { nonFinite, requireSameLength } from "./comparable.ts";

/**
 * Mean of the absolute differences between two signals.
 *
 * It depends on the level of the recording: compare it only between models of the same recording.
 *
 * @param predicted - Model output, shape `[samples]`, linear amplitude.
 * @param target - Recorded output, same length.
 * @returns Linear amplitude, `>= 0`; 0 for no samples.
 * @throws TonewrightError `length-mismatch`, `non-finite-samples`.
 */
export function meanAbsoluteError(predicted: Float32Array, target: Float32Array): number {
  requireSameLength("meanAbsoluteError", predicted, target);
  let sum = 0;
  for (let n = 0; n < target.length; n++) sum += Math.abs(target[n]! - predicted[n]!);
  if (!Number.isFinite(sum)) throw nonFinite("meanAbsoluteError", predicted, target);
  return target.length === 0 ? 0 : sum / target.length;
}
