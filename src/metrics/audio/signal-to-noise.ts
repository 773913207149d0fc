import { checkLists } from "../../errors/index.ts";
import type { Samples } from "../../signal/index.ts";
import { requireSameLength } from "../comparable.ts";
import { decibelsOfRatio, innerProduct } from "./decibels-of-ratio.ts";

/**
 * Signal-to-noise ratio: energy of the target over energy of the error, in dB. The error-to-signal ratio (plain) on
 * another scale: `-10 log10(ESR)`.
 *
 * Some papers (the Music Demixing Challenge among them) call this number SDR. A wrong level or polarity counts as
 * error: `scaleInvariantSdrDb` forgives it.
 *
 * @param predicted - Model output, shape `[samples]`, linear amplitude.
 * @param target - Recorded output, same length.
 * @returns dB; Infinity for a perfect match, 0 for silence.
 * @throws TonewrightError `length-mismatch`, `silent-target`, `non-finite-samples`.
 * @see Mitsufuji et al. 2022, https://arxiv.org/abs/2108.13559, there with an epsilon that we leave out
 */
export function signalToNoiseRatioDb(predicted: Samples, target: Samples): number {
  checkLists("signalToNoiseRatioDb(predicted, target)", { predicted, target });
  const metric = "signalToNoiseRatioDb";
  requireSameLength(metric, predicted, target);
  let errorEnergy = 0;
  for (let n = 0; n < target.length; n++) errorEnergy += (target[n]! - predicted[n]!) ** 2;
  return decibelsOfRatio(metric, { energy: innerProduct(target, target), errorEnergy }, { predicted, target });
}
