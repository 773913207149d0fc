import { checkOptions } from "../../errors/index.ts";
import { checkMatrix } from "../check-sound.ts";
import type { FeatureMatrix } from "../matrix.ts";
import { type BinFrequencies, binFrequencies, checkMagnitude, frameSums } from "./check-magnitude.ts";

/**
 * The mean frequency of each frame, weighted by magnitude: how bright it sounds.
 *
 * Noise in silence has its centroid high up: look at the level beside it. From a signal:
 * `spectralCentroid(spectrogram(x, { hop: 512 }), { sampleRate })`. Can be computed live.
 *
 * @param magnitude - Shape `[bins, frames]`, `>= 0`, amplitudes rather than energies.
 * @returns Shape `[1, frames]`, Hz; 0 for a silent frame.
 * @throws TonewrightError `non-finite-values`, `negative-magnitude`, `bad-option`.
 * @see librosa.feature.spectral_centroid 0.11
 */
export function spectralCentroid(magnitude: FeatureMatrix, options: BinFrequencies = {}): FeatureMatrix {
  checkMatrix("spectralCentroid(magnitude, options)", magnitude);
  checkOptions("spectralCentroid(magnitude, options)", options, {
    sampleRate: false,
    fftSize: false,
    frequenciesHz: false,
  });
  checkMagnitude(magnitude);
  const { rows, frames, values } = magnitude;
  const frequencies = binFrequencies(magnitude, options);
  const sums = frameSums(magnitude);
  const centroid = new Float64Array(frames);
  for (let k = 0; k < rows; k++) {
    for (let t = 0; t < frames; t++) {
      const frequencyHz = frequencies.values[k * frequencies.rowStride + t * frequencies.frameStride]!;
      centroid[t]! += frequencyHz * (values[k * frames + t]! / sums[t]!);
    }
  }
  return { rows: 1, frames, values: centroid };
}
