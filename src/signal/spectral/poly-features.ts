import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkMatrix } from "../check-sound.ts";
import type { FeatureMatrix } from "../matrix.ts";
import { type BinFrequencies, binFrequencies, checkFiniteValues } from "./check-magnitude.ts";
import { polynomialFit } from "./polynomial-fit.ts";

/**
 * The polynomial over frequency that fits each frame best.
 *
 * The first row belongs to the highest power, which is a small number: frequencies are in Hz. Can be computed live.
 *
 * @param magnitude - Shape `[bins, frames]`.
 * @param options.order - Degree, from 0. Default 1.
 * @returns Shape `[order + 1, frames]`.
 * @throws TonewrightError `bad-option`, `non-finite-values`.
 * @see librosa.feature.poly_features 0.11, numpy.polyfit
 */
export function polyFeatures(
  magnitude: FeatureMatrix,
  given: BinFrequencies & { readonly order?: number } = {},
): FeatureMatrix {
  checkMatrix("polyFeatures(magnitude, options)", magnitude);
  checkOptions("polyFeatures(magnitude, options)", given, {
    sampleRate: false,
    fftSize: false,
    frequenciesHz: false,
    order: false,
  });
  const { order = 1, ...options } = given;
  checkFiniteValues(magnitude);
  const { rows, frames, values } = magnitude;
  if (!Number.isInteger(order) || order < 0 || order >= rows) {
    throw new TonewrightError(
      "bad-option",
      `polyFeatures: a polynomial of order ${order} over ${rows} bins`,
      "give a whole number from 0 to below the number of bins",
    );
  }
  const frequencies = binFrequencies(magnitude, options);
  const places = new Float64Array(rows);
  const placesOf = (t: number) => {
    for (let k = 0; k < rows; k++) {
      places[k] = frequencies.values[k * frequencies.rowStride + t * frequencies.frameStride]!;
    }
    return places;
  };
  const coefficients = new Float64Array((order + 1) * frames);
  let weights = polynomialFit(placesOf(0), order);
  for (let t = 0; t < frames; t++) {
    if (t > 0 && frequencies.frameStride > 0) weights = polynomialFit(placesOf(t), order);
    for (let power = 0; power <= order; power++) {
      let sum = 0;
      for (let k = 0; k < rows; k++) sum += weights[power * rows + k]! * values[k * frames + t]!;
      coefficients[(order - power) * frames + t] = sum;
    }
  }
  return { rows: order + 1, frames, values: coefficients };
}
