import { TonewrightError } from "../../errors/index.ts";
import type { FeatureMatrix } from "../matrix.ts";
import { fftFrequencies } from "../mel/frequencies.ts";

/** Where the bins of a spectrogram lie. */
export interface BinFrequencies {
  /** Hz. Default 22050. Not used where `frequenciesHz` is given. */
  readonly sampleRate?: number | undefined;
  /** Samples per transform. Default twice the rows, less 2, which is wrong for transforms of odd size. */
  readonly fftSize?: number | undefined;
  /** Hz, shape `[rows]`, or `[rows, frames]` where they change (a reassigned spectrogram). */
  readonly frequenciesHz?: Float64Array | FeatureMatrix | undefined;
}

/**
 * Refuses what is not a spectrogram of magnitudes.
 *
 * @throws TonewrightError `non-finite-values`, `negative-magnitude`.
 */
export function checkMagnitude({ frames, values }: FeatureMatrix): void {
  for (let n = 0; n < values.length; n++) {
    const value = values[n]!;
    if (value >= 0 && value !== Infinity) continue;
    const place = `bin ${Math.floor(n / frames)} of frame ${n % frames} is ${value}`;
    if (value < 0 && value !== -Infinity) {
      throw new TonewrightError(
        "negative-magnitude",
        place,
        "give magnitudes, not decibels or parts of complex numbers",
      );
    }
    throw new TonewrightError("non-finite-values", place, "repair the recording that the spectrogram was made of");
  }
}

/**
 * Refuses NaN and infinities in any table.
 *
 * @throws TonewrightError `non-finite-values`.
 */
export function checkFiniteValues({ frames, values }: FeatureMatrix): void {
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  throw new TonewrightError(
    "non-finite-values",
    `row ${Math.floor(bad / frames)} of frame ${bad % frames} is ${values[bad]}`,
    "find what produced it; before a logarithm, raise powers of zero to a floor",
  );
}

/**
 * Frequencies as a table that is read at `values[k * rowStride + t * frameStride]`.
 *
 * @throws TonewrightError `bad-option` if they do not fit the spectrogram.
 */
export function binFrequencies({ rows, frames }: FeatureMatrix, options: BinFrequencies) {
  const { sampleRate = 22050, fftSize = 2 * (rows - 1), frequenciesHz } = options;
  const given = frequenciesHz ?? fftFrequencies({ sampleRate, fftSize });
  const perFrame = !(given instanceof Float64Array);
  const fits = perFrame ? given.rows === rows && given.frames === frames : given.length === rows;
  if (!fits) {
    throw new TonewrightError(
      "bad-option",
      `${perFrame ? `${given.rows} x ${given.frames}` : given.length} frequencies for a spectrogram of ${rows} x ${frames}`,
      "give the fftSize the spectrogram was made with, or one frequency for each of its rows",
    );
  }
  return {
    values: perFrame ? given.values : given,
    rowStride: perFrame ? frames : 1,
    frameStride: perFrame ? 1 : 0,
  };
}

/** The sum of the magnitudes of each frame, shape `[frames]`; 1 for a silent frame, so that one can divide by it. */
export function frameSums({ rows, frames, values }: FeatureMatrix): Float64Array {
  const sums = new Float64Array(frames);
  for (let k = 0; k < rows; k++) {
    for (let t = 0; t < frames; t++) sums[t]! += values[k * frames + t]!;
  }
  return sums.map((sum) => (sum < 2.2250738585072014e-308 ? 1 : sum));
}
