import { checkMatrix } from "../check-sound.ts";
import { checkOptions, TonewrightError } from "../../errors/index.ts";
import type { FeatureMatrix } from "../matrix.ts";

/** How rises become one number per frame. */
export interface OnsetStrengthOptions {
  /** Samples between the frames of the spectrogram, and samples of its frames: they shift the curve. */
  readonly hop?: number | undefined;
  readonly fftSize?: number | undefined;
  /** Frames to look back. Default 1. */
  readonly lag?: number | undefined;
  /** Rows under the maximum that a rise is measured from; 1 for none. Suppresses vibrato. Default 1. */
  readonly maxSize?: number | undefined;
  /** How rows become one number. Default the mean. */
  readonly aggregate?: "mean" | "median" | undefined;
  /** Removes slow changes. Default false. */
  readonly detrend?: boolean | undefined;
  /** Whether the frames of the spectrogram were centred: shifts the curve by half a frame. Default true. */
  readonly center?: boolean | undefined;
}

/**
 * How strongly something begins in each frame: the mean rise of the bands in decibels since the frame before.
 *
 * Live it lacks the limit to 80 dB below the loudest moment of the whole signal, and comes half a frame later.
 *
 * @param levels - A mel spectrogram in decibels, shape `[bands, frames]`.
 * @returns Shape `[frames]`, `>= 0` unless detrended.
 * @throws TonewrightError `bad-option` for a lag or maximum below 1.
 * @see Böck & Widmer 2013; librosa.onset.onset_strength 0.11
 */
export function onsetStrength(levels: FeatureMatrix, options: OnsetStrengthOptions = {}): Float64Array {
  checkMatrix("onsetStrength(levels, options)", levels);
  checkOptions("onsetStrength(levels, options)", options, {
    hop: false,
    fftSize: false,
    lag: false,
    maxSize: false,
    aggregate: false,
    detrend: false,
    center: false,
  });
  const { rows, frames, values } = levels;
  const {
    hop = 512,
    fftSize = 2048,
    lag = 1,
    maxSize = 1,
    aggregate = "mean",
    detrend = false,
    center = true,
  } = options;
  if (!(Number.isInteger(lag) && lag >= 1 && Number.isInteger(maxSize) && maxSize >= 1)) {
    throw new TonewrightError(
      "bad-option",
      `onsetStrength: lag ${lag}, maxSize ${maxSize}`,
      "give whole numbers from 1",
    );
  }
  const shift = lag + (center ? Math.floor(fftSize / (2 * hop)) : 0);
  const strength = new Float64Array(center ? frames : Math.max(0, frames - lag) + shift);
  const rises = new Float64Array(rows);
  for (let t = lag; t < frames; t++) {
    const to = t - lag + shift;
    if (to >= strength.length) break;
    for (let k = 0; k < rows; k++) {
      rises[k] = Math.max(0, values[k * frames + t]! - referenceAt(values, { k, rows, frames, t: t - lag, maxSize }));
    }
    strength[to] = aggregate === "mean" ? rises.reduce((sum, v) => sum + v, 0) / rows : median(rises);
  }
  return detrend ? withoutTrend(strength) : strength;
}

/** The largest value around row k, as scipy.ndimage.maximum_filter1d finds it with mirrored ends. */
function referenceAt(
  values: Float64Array,
  at: {
    readonly k: number;
    readonly rows: number;
    readonly frames: number;
    readonly t: number;
    readonly maxSize: number;
  },
): number {
  const { k, rows, frames, t, maxSize } = at;
  if (maxSize === 1) return values[k * frames + t]!;
  let largest = Number.NEGATIVE_INFINITY;
  const first = k - Math.floor(maxSize / 2);
  for (let j = first; j < first + maxSize; j++) {
    // Mirrored rows lie inside the reach of the ends anyway.
    const row = j < 0 ? Math.min(-j - 1, rows - 1) : j >= rows ? Math.max(2 * rows - 1 - j, 0) : j;
    largest = Math.max(largest, values[row * frames + t]!);
  }
  return largest;
}

/** Median of a copy. */
export function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : 0.5 * (sorted[middle - 1]! + sorted[middle]!);
}

/** `y[t] = x[t] - x[t-1] + 0.99 y[t-1]`, from rest. */
function withoutTrend(x: Float64Array): Float64Array {
  const y = new Float64Array(x.length);
  for (let t = 0; t < x.length; t++) y[t] = x[t]! - (t > 0 ? x[t - 1]! - 0.99 * y[t - 1]! : 0);
  return y;
}
