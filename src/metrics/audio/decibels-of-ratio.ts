import { TonewrightError } from "../../errors/index.ts";
import type { Samples } from "../../signal/index.ts";
import { nonFinite } from "../comparable.ts";

/**
 * Ratio of two energies in dB: Infinity for no error, -Infinity for no signal.
 *
 * @throws TonewrightError `non-finite-samples` if an energy is no number; `silent-target`; `silent-prediction` if both
 *   are 0.
 */
export function decibelsOfRatio(
  metric: string,
  { energy, errorEnergy }: { readonly energy: number; readonly errorEnergy: number },
  { predicted, target }: { readonly predicted: Samples; readonly target: Samples },
): number {
  if (!Number.isFinite(energy) || !Number.isFinite(errorEnergy)) throw nonFinite(metric, predicted, target);
  if (!target.some((value: number) => value !== 0)) {
    throw new TonewrightError(
      "silent-target",
      `${metric}: all ${target.length} target samples are zero, so the ratio is undefined`,
      "judge a part of the recording in which something is played",
    );
  }
  if (energy === 0 && errorEnergy === 0) {
    throw new TonewrightError(
      "silent-prediction",
      `${metric}: all ${predicted.length} predicted samples are zero or constant, so there is nothing to scale`,
      "find out why the model is silent, or use signalToNoiseRatioDb, which gives 0 dB for silence",
    );
  }
  return 10 * Math.log10(energy / errorEnergy);
}

/** Sum of the products of two signals of one length. */
export function innerProduct(a: Samples, b: Samples): number {
  let sum = 0;
  for (let n = 0; n < a.length; n++) sum += a[n]! * b[n]!;
  return sum;
}
