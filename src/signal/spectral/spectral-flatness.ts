import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkMatrix } from "../check-sound.ts";
import type { FeatureMatrix } from "../matrix.ts";
import { checkMagnitude } from "./check-magnitude.ts";

/**
 * How much each frame is like noise: geometric over arithmetic mean of its energies.
 *
 * Silence is flat: with every bin at the floor the result is 1. Can be computed live.
 *
 * @param magnitude - Shape `[bins, frames]`, `>= 0`, amplitudes.
 * @param options.floor - Energies below count as this; above 0. Default 1e-10.
 * @param options.power - Exponent that makes energies of the magnitudes. Default 2.
 * @returns Shape `[1, frames]`, above 0 (a tone) to 1 (white noise in the mean).
 * @throws TonewrightError `non-finite-values`, `negative-magnitude`, `bad-option`.
 * @see librosa.feature.spectral_flatness 0.11; Dubnov 2004
 */
export function spectralFlatness(
  magnitude: FeatureMatrix,
  options: { readonly floor?: number; readonly power?: number } = {},
): FeatureMatrix {
  checkMatrix("spectralFlatness(magnitude, options)", magnitude);
  checkOptions("spectralFlatness(magnitude, options)", options, { floor: false, power: false });
  const { floor = 1e-10, power = 2 } = options;
  if (!(floor > 0)) {
    throw new TonewrightError("bad-option", `spectralFlatness: the floor is ${floor}`, "give a floor above 0");
  }
  checkMagnitude(magnitude);
  const { rows, frames, values } = magnitude;
  const flatness = new Float64Array(frames);
  for (let t = 0; t < frames; t++) {
    let logarithms = 0;
    let sum = 0;
    for (let k = 0; k < rows; k++) {
      const value = values[k * frames + t]!;
      const energy = Math.max(floor, power === 2 ? value * value : value ** power);
      logarithms += Math.log(energy);
      sum += energy;
    }
    flatness[t] = Math.exp(logarithms / rows) / (sum / rows);
  }
  return { rows: 1, frames, values: flatness };
}
