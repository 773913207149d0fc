import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkMatrix } from "../check-sound.ts";
import type { FeatureMatrix } from "../matrix.ts";
import { type BinFrequencies, binFrequencies, checkMagnitude } from "./check-magnitude.ts";

/**
 * The frequency below which most of each frame lies: the lowest bin at which the running sum reaches a share of the
 * total.
 *
 * A sum of amplitudes: for the share of energy give a power spectrogram. Can be computed live.
 *
 * @param magnitude - Shape `[bins, frames]`, `>= 0`.
 * @param options.share - Above 0 and below 1. Default 0.85; near 0 for the lowest frequency there is.
 * @returns Shape `[1, frames]`, Hz; 0 for a silent frame.
 * @throws TonewrightError `non-finite-values`, `negative-magnitude`, `bad-option`.
 * @see librosa.feature.spectral_rolloff 0.11 (`share` is its roll_percent)
 */
export function spectralRolloff(
  magnitude: FeatureMatrix,
  given: BinFrequencies & { readonly share?: number } = {},
): FeatureMatrix {
  checkMatrix("spectralRolloff(magnitude, options)", magnitude);
  checkOptions("spectralRolloff(magnitude, options)", given, {
    sampleRate: false,
    fftSize: false,
    frequenciesHz: false,
    share: false,
  });
  const { share = 0.85, ...options } = given;
  if (!(share > 0 && share < 1)) {
    throw new TonewrightError("bad-option", `spectralRolloff: the share is ${share}`, "give a share between 0 and 1");
  }
  checkMagnitude(magnitude);
  const { rows, frames, values } = magnitude;
  const frequencies = binFrequencies(magnitude, options);
  const rolloff = new Float64Array(frames);
  for (let t = 0; t < frames; t++) {
    let total = 0;
    for (let k = 0; k < rows; k++) total += values[k * frames + t]!;
    const threshold = share * total;
    let sum = 0;
    let lowest = Infinity;
    // Frequencies of a reassigned spectrogram need not rise: the lowest of all bins from there on counts.
    for (let k = 0; k < rows; k++) {
      sum += values[k * frames + t]!;
      if (sum < threshold) continue;
      lowest = Math.min(lowest, frequencies.values[k * frequencies.rowStride + t * frequencies.frameStride]!);
      if (frequencies.frameStride === 0 && options.frequenciesHz === undefined) break;
    }
    rolloff[t] = lowest;
  }
  return { rows: 1, frames, values: rolloff };
}
