import { checkLists, checkOptions } from "../../errors/index.ts";
import { checkMatrix } from "../check-sound.ts";
import type { FeatureMatrix } from "../matrix.ts";
import { hzToOctaves } from "../mel/frequencies.ts";
import { median } from "../rhythm/onset-strength.ts";
import { type SpectralPeaksOptions, spectralPeaks } from "./spectral-peaks.ts";

/** How finely the tuning is told. */
export interface TuningOptions {
  /** Default 0.01. */
  readonly resolution?: number | undefined;
  /** Default 12. */
  readonly binsPerOctave?: number | undefined;
}

/**
 * How far a piece is tuned from A4 = 440 Hz, in fractions of a semitone (or of another bin).
 *
 * The commonest deviation of the stronger half of all spectral peaks. Needs the whole piece.
 *
 * @param magnitude - Shape `[fftSize / 2 + 1, frames]`.
 * @returns -0.5 to 0.5.
 * @see librosa.estimate_tuning 0.11
 */
export function estimateTuning(magnitude: FeatureMatrix, options: TuningOptions & SpectralPeaksOptions): number {
  checkMatrix("estimateTuning(magnitude, options)", magnitude);
  checkOptions("estimateTuning(magnitude, options)", options, {
    resolution: false,
    binsPerOctave: false,
    sampleRate: true,
    fminHz: false,
    fmaxHz: false,
    threshold: false,
  });
  const { resolution, binsPerOctave, ...where } = options;
  const peaks = spectralPeaks(magnitude, where).filter(({ frequencyHz }) => frequencyHz > 0);
  const threshold = peaks.length === 0 ? 0 : median(Float64Array.from(peaks, (peak) => peak.magnitude));
  const strong = peaks.filter((peak) => peak.magnitude >= threshold);
  return tuningOf(
    strong.map(({ frequencyHz }) => frequencyHz),
    { resolution, binsPerOctave },
  );
}

/**
 * The commonest deviation of some frequencies from equal temperament on A4 = 440 Hz.
 *
 * @param frequenciesHz - Above 0.
 * @returns Fractions of a bin, -0.5 to 0.5; 0 for no frequencies.
 * @see librosa.pitch_tuning 0.11
 */
export function tuningOf(frequenciesHz: readonly number[], options: TuningOptions = {}): number {
  checkLists("tuningOf(frequenciesHz, options)", { frequenciesHz });
  checkOptions("tuningOf(frequenciesHz, options)", options, { resolution: false, binsPerOctave: false });
  const { resolution = 0.01, binsPerOctave = 12 } = options;
  if (frequenciesHz.length === 0) return 0;
  const count = Math.ceil(1 / resolution);
  const edge = (n: number) => -0.5 + n / count;
  const histogram = new Uint32Array(count);
  for (const hz of frequenciesHz) {
    const bins = binsPerOctave * hzToOctaves(hz);
    let rest = bins - Math.floor(bins);
    if (rest >= 0.5) rest -= 1;
    let n = Math.min(count - 1, Math.max(0, Math.floor((rest + 0.5) * count)));
    // The product may round across an edge.
    if (rest < edge(n)) n--;
    else if (n + 1 < count && rest >= edge(n + 1)) n++;
    histogram[n]!++;
  }
  return edge(histogram.indexOf(Math.max(...histogram)));
}
