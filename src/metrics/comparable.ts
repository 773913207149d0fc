import { TonewrightError } from "../errors/index.ts";
import type { Samples } from "../signal/index.ts";

/**
 * Nothing, if two signals can be compared sample by sample.
 *
 * @param metric - Name of the asking function, for the message.
 * @throws TonewrightError `length-mismatch` if the lengths differ.
 */
export function requireSameLength(metric: string, predicted: Samples, target: Samples): void {
  if (predicted.length === target.length) return;
  throw new TonewrightError(
    "length-mismatch",
    `${metric}: ${predicted.length} predicted samples, ${target.length} target samples`,
    "render the model over exactly the input that belongs to the target",
  );
}

/**
 * `energy / targetEnergy`, if both mean something.
 *
 * @throws TonewrightError `silent-target` if the target has no energy, `non-finite-samples` if a sum is no number.
 */
export function ratioToTarget(
  metric: string,
  { energy, targetEnergy }: { readonly energy: number; readonly targetEnergy: number },
  { predicted, target }: { readonly predicted: Samples; readonly target: Samples },
): number {
  if (!Number.isFinite(energy) || !Number.isFinite(targetEnergy)) throw nonFinite(metric, predicted, target);
  if (targetEnergy === 0) {
    throw new TonewrightError(
      "silent-target",
      `${metric}: all ${target.length} target samples are zero, so the ratio is undefined`,
      "judge a part of the recording in which something is played",
    );
  }
  return energy / targetEnergy;
}

/** The error for the first sample that is no number. */
export function nonFinite(metric: string, predicted: Samples, target: Samples): TonewrightError {
  const inTarget = target.findIndex((value: number) => !Number.isFinite(value));
  const inPredicted = predicted.findIndex((value: number) => !Number.isFinite(value));
  const where = inTarget >= 0 ? `target sample ${inTarget} is ${target[inTarget]}` : describe(predicted, inPredicted);
  return new TonewrightError(
    "non-finite-samples",
    `${metric}: ${where}`,
    "find where it comes from: a model that has diverged, or a damaged recording",
  );
}

function describe(predicted: Samples, at: number): string {
  return at >= 0 ? `predicted sample ${at} is ${predicted[at]}` : "the samples are too large to be squared and summed";
}
