import { checkMatrix } from "../check-sound.ts";
import { checkOptions } from "../../errors/index.ts";
import type { FeatureMatrix } from "../matrix.ts";

/** Where peaks are looked for. */
export interface SpectralPeaksOptions {
  /** Hz. */
  readonly sampleRate: number;
  /** Default 150. */
  readonly fminHz?: number | undefined;
  /** Default 4000, at most half the sample rate. */
  readonly fmaxHz?: number | undefined;
  /** A peak is larger than this share of the largest magnitude of its frame. Default 0.1. */
  readonly threshold?: number | undefined;
}

/** One peak of one frame. */
export interface SpectralPeak {
  readonly frame: number;
  /** Hz, between bins by a parabola through three of them. */
  readonly frequencyHz: number;
  /** Magnitude at the top of the parabola. */
  readonly magnitude: number;
}

/**
 * The peaks of a spectrogram, with frequencies finer than its bins. Can be computed live, frame by frame.
 *
 * @param magnitude - Shape `[fftSize / 2 + 1, frames]`, of an even `fftSize`.
 * @returns Peaks in the order of frequency, then of time.
 * @see Smith, Spectral Audio Signal Processing, "Sinusoidal peak interpolation"; librosa.piptrack 0.11
 */
export function spectralPeaks(magnitude: FeatureMatrix, options: SpectralPeaksOptions): SpectralPeak[] {
  checkMatrix("spectralPeaks(magnitude, options)", magnitude);
  checkOptions("spectralPeaks(magnitude, options)", options, {
    sampleRate: true,
    fminHz: false,
    fmaxHz: false,
    threshold: false,
  });
  const { rows, frames, values } = magnitude;
  const { sampleRate, fminHz = 150, fmaxHz = 4000, threshold = 0.1 } = options;
  const fftSize = 2 * (rows - 1);
  const highest = Math.min(fmaxHz, sampleRate / 2);
  const largest = new Float64Array(frames);
  for (let n = 0; n < values.length; n++) largest[n % frames] = Math.max(largest[n % frames]!, values[n]!);
  const peaks: SpectralPeak[] = [];
  for (let k = 1; k < rows; k++) {
    const hz = (k * sampleRate) / fftSize;
    if (hz < Math.max(0, fminHz) || hz >= highest) continue;
    for (let t = 0; t < frames; t++) {
      const bound = threshold * largest[t]!;
      const strong = (j: number) => {
        const value = values[Math.min(j, rows - 1) * frames + t]!;
        return value > bound ? value : 0;
      };
      if (!(strong(k) > strong(k - 1) && strong(k) >= strong(k + 1))) continue;
      const before = values[(k - 1) * frames + t]!;
      const here = values[k * frames + t]!;
      const after = k + 1 < rows ? values[(k + 1) * frames + t]! : here;
      const shift = k + 1 < rows ? parabolicShift(before, here, after) : 0;
      const slope = k + 1 < rows ? (after - before) / 2 : here - before;
      peaks.push({
        frame: t,
        frequencyHz: ((k + shift) * sampleRate) / fftSize,
        magnitude: here + 0.5 * slope * shift,
      });
    }
  }
  return peaks;
}

/** Where the parabola through three neighbours has its top, from the middle one; 0 if that is not between them. */
export function parabolicShift(before: number, here: number, after: number): number {
  const curvature = after + before - 2 * here;
  const slope = (after - before) / 2;
  return Math.abs(slope) >= Math.abs(curvature) ? 0 : -slope / curvature;
}
