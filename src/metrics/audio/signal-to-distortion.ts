import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import type { Samples } from "../../signal/index.ts";
import { requireSameLength } from "../comparable.ts";
import { decibelsOfRatio, innerProduct } from "./decibels-of-ratio.ts";

/**
 * Signal-to-distortion ratio as BSS Eval (version 3) defines it: energy of the target after the best filter over energy
 * of the rest, in dB.
 *
 * The filter forgives any delay and any linear change of sound within its length, so it says nothing about an
 * equaliser: use `signalToNoiseRatioDb` where that matters. With one tap it is `scaleInvariantSdrDb`. For one source:
 * interference from other sources counts as distortion.
 *
 * @param predicted - Model output, shape `[samples]`, linear amplitude.
 * @param target - Recorded output, same length.
 * @param options.taps - Length of the filter; 512 by default, as in BSS Eval.
 * @returns dB.
 * @throws TonewrightError `length-mismatch`, `silent-target`, `silent-prediction`, `non-finite-samples`, `bad-option`.
 * @see Vincent, Gribonval & Févotte 2006; `bss_eval_sources` of mir_eval with one source. A ridge of 1e-10 of the energy
 *   keeps the filter finite for targets without treble; on our goldens it changes the ninth digit
 */
export function signalToDistortionRatioDb(
  predicted: Samples,
  target: Samples,
  options: { readonly taps?: number | undefined } = {},
): number {
  checkLists("signalToDistortionRatioDb(predicted, target, options)", { predicted, target });
  checkOptions("signalToDistortionRatioDb(predicted, target, options)", options, { taps: false });
  const { taps = 512 } = options;
  const metric = "signalToDistortionRatioDb";
  requireSameLength(metric, predicted, target);
  if (!Number.isInteger(taps) || taps < 1) {
    throw new TonewrightError(
      "bad-option",
      `${metric}: a filter of ${taps} taps`,
      "give a whole number of taps, at least 1",
    );
  }
  const own = correlation(target, target, taps);
  const sums = { energy: innerProduct(target, target), errorEnergy: innerProduct(predicted, predicted) };
  if (!(own[0]! > 0) || !Number.isFinite(sums.errorEnergy)) return decibelsOfRatio(metric, sums, { predicted, target });
  own[0]! *= 1 + RIDGE;
  const filter = solveToeplitz(own, correlation(target, predicted, taps));
  let energy = 0;
  let errorEnergy = 0;
  for (let n = 0; n < target.length + taps - 1; n++) {
    let filtered = 0;
    const first = Math.max(0, n - target.length + 1);
    const last = Math.min(taps - 1, n);
    for (let k = first; k <= last; k++) filtered += filter[k]! * target[n - k]!;
    energy += filtered * filtered;
    errorEnergy += (filtered - (predicted[n] ?? 0)) ** 2;
  }
  return decibelsOfRatio(metric, { energy, errorEnergy }, { predicted, target });
}

const RIDGE = 1e-10;

/** `r[k] = sum of y[n] * x[n - k]` for k below `lags`, with zeros around both signals. */
function correlation(x: Samples, y: Samples, lags: number): Float64Array {
  const sums = new Float64Array(lags);
  for (let k = 0; k < lags; k++) {
    let sum = 0;
    for (let n = k; n < y.length; n++) sum += y[n]! * x[n - k]!;
    sums[k] = sum;
  }
  return sums;
}

/** The `h` with `sum over j of column[|i - j|] * h[j] = right[i]`, by Levinson's recursion. */
function solveToeplitz(column: Float64Array, right: Float64Array): Float64Array {
  const size = column.length;
  const solution = new Float64Array(size);
  let predictor = new Float64Array(size); // predictor[0] is 1
  predictor[0] = 1;
  let power = column[0]!;
  solution[0] = right[0]! / power;
  for (let m = 1; m < size; m++) {
    let overlap = 0;
    let reached = 0;
    for (let k = 0; k < m; k++) {
      overlap += predictor[k]! * column[m - k]!;
      reached += solution[k]! * column[m - k]!;
    }
    const reflection = -overlap / power;
    const next = predictor.slice();
    for (let k = 1; k <= m; k++) next[k]! += reflection * predictor[m - k]!;
    predictor = next;
    power *= 1 - reflection * reflection;
    const step = (right[m]! - reached) / power;
    for (let k = 0; k <= m; k++) solution[k]! += step * predictor[m - k]!;
  }
  return solution;
}
