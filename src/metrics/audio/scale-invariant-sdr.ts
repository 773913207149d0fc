import { checkLists, checkOptions } from "../../errors/index.ts";
import type { Samples } from "../../signal/index.ts";
import { requireSameLength } from "../comparable.ts";
import { decibelsOfRatio, innerProduct } from "./decibels-of-ratio.ts";

/**
 * Scale-invariant signal-to-distortion ratio (SI-SDR): energy of the target at its best gain over energy of the rest,
 * in dB.
 *
 * Level and polarity count nothing, so a model that inverts the signal scores as well as one that does not. With
 * `zeroMean` the means are taken off first, which other libraries call SI-SNR.
 *
 * @param predicted - Model output, shape `[samples]`, linear amplitude.
 * @param target - Recorded output, same length.
 * @param options.zeroMean - Take the mean off both signals first. Default false, as in torchmetrics; asteroid does by
 *   default.
 * @returns dB; Infinity if only the level differs, -Infinity for an unrelated signal.
 * @throws TonewrightError `length-mismatch`, `silent-target`, `non-finite-samples`; `silent-prediction` if there is
 *   nothing to scale.
 * @see Le Roux et al. 2019, https://arxiv.org/abs/1811.02508; no epsilon is added
 */
export function scaleInvariantSdrDb(
  predicted: Samples,
  target: Samples,
  options: { readonly zeroMean?: boolean | undefined } = {},
): number {
  checkLists("scaleInvariantSdrDb(predicted, target, options)", { predicted, target });
  checkOptions("scaleInvariantSdrDb(predicted, target, options)", options, { zeroMean: false });
  const { zeroMean = false } = options;
  const metric = "scaleInvariantSdrDb";
  requireSameLength(metric, predicted, target);
  const x = zeroMean ? withoutMean(predicted) : predicted;
  const y = zeroMean ? withoutMean(target) : target;
  const gain = innerProduct(x, y) / innerProduct(y, y);
  let energy = 0;
  let errorEnergy = 0;
  for (let n = 0; n < y.length; n++) {
    const scaled = gain * y[n]!;
    energy += scaled * scaled;
    errorEnergy += (scaled - x[n]!) ** 2;
  }
  // A silent target has no gain at all: let the message be about the silence.
  const known = innerProduct(y, y) === 0 ? { energy: 0, errorEnergy: 0 } : { energy, errorEnergy };
  return decibelsOfRatio(metric, known, { predicted: x, target: y });
}

function withoutMean(x: Samples): Float64Array {
  let sum = 0;
  for (let n = 0; n < x.length; n++) sum += x[n]!;
  return Float64Array.from(x, (value) => value - sum / x.length);
}
