import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkMatrix } from "../check-sound.ts";
import type { FeatureMatrix } from "../matrix.ts";
import { type BinFrequencies, binFrequencies, checkMagnitude, frameSums } from "./check-magnitude.ts";
import { spectralCentroid } from "./spectral-centroid.ts";

/** How the distance from the centroid is measured. */
export interface BandwidthOptions extends BinFrequencies {
  /** Shape `[1, frames]`, Hz. Default `spectralCentroid`. */
  readonly centroid?: FeatureMatrix | undefined;
  /** Exponent of the distance, `> 0`. Default 2: a standard deviation. */
  readonly p?: number | undefined;
  /** Divide each frame by its sum first. Default yes. */
  readonly normalized?: boolean | undefined;
}

/**
 * How far the energy of each frame spreads around its centroid: `(Σ S |f - centroid|^p)^(1/p)`.
 *
 * Not the range that a sound occupies: two tones far apart have a large bandwidth. Can be computed live.
 *
 * @param magnitude - Shape `[bins, frames]`, `>= 0`, amplitudes.
 * @returns Shape `[1, frames]`, Hz if normalized; 0 for a silent frame.
 * @throws TonewrightError `non-finite-values`, `negative-magnitude`, `bad-option`.
 * @see librosa.feature.spectral_bandwidth 0.11
 */
export function spectralBandwidth(magnitude: FeatureMatrix, options: BandwidthOptions = {}): FeatureMatrix {
  checkMatrix("spectralBandwidth(magnitude, options)", magnitude);
  checkOptions("spectralBandwidth(magnitude, options)", options, {
    centroid: false,
    p: false,
    normalized: false,
    sampleRate: false,
    fftSize: false,
    frequenciesHz: false,
  });
  checkMagnitude(magnitude);
  const { rows, frames, values } = magnitude;
  const { p = 2, normalized = true, centroid: given, ...bins } = options;
  const centroid = given ?? spectralCentroid(magnitude, bins);
  if (!(p > 0) || centroid.frames !== frames || centroid.rows !== 1) {
    throw new TonewrightError(
      "bad-option",
      `spectralBandwidth: p ${p}, ${centroid.rows} x ${centroid.frames} centroids for ${frames} frames`,
      "give a p above 0, and one centroid for each frame or none",
    );
  }
  const frequencies = binFrequencies(magnitude, options);
  const sums = normalized ? frameSums(magnitude) : new Float64Array(frames).fill(1);
  const spread = new Float64Array(frames);
  for (let k = 0; k < rows; k++) {
    for (let t = 0; t < frames; t++) {
      const frequencyHz = frequencies.values[k * frequencies.rowStride + t * frequencies.frameStride]!;
      const distance = Math.abs(frequencyHz - centroid.values[t]!);
      spread[t]! += (values[k * frames + t]! / sums[t]!) * (p === 2 ? distance * distance : distance ** p);
    }
  }
  for (let t = 0; t < frames; t++) spread[t] = p === 2 ? Math.sqrt(spread[t]!) : spread[t]! ** (1 / p);
  return { rows: 1, frames, values: spread };
}
