import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { stftOptionNames } from "../spectrum/stft.ts";
import { checkMatrix, checkSamples } from "../check-sound.ts";
import type { ComplexMatrix, FeatureMatrix, Samples } from "../matrix.ts";
import { istft } from "../spectrum/istft.ts";
import { sourceIndex } from "../spectrum/padding.ts";
import { type StftOptions, stft } from "../spectrum/stft.ts";
import { softMask } from "./soft-mask.ts";

/** How strictly a spectrogram is divided. */
export interface HarmonicPercussiveOptions {
  /** Frames and bins under the two medians, odd. Default 31 each. */
  readonly kernel?: readonly [frames: number, bins: number] | undefined;
  /** Exponent of the masks; Infinity gives everything to the stronger part. Default 2. */
  readonly power?: number | undefined;
  /** A part counts only where it exceeds the other by this factor; above 1 a rest remains that is in neither. Default 1 each. */
  readonly margin?: readonly [harmonic: number, percussive: number] | undefined;
}

/**
 * The share of every bin that is harmonic (steady over time) and percussive (spread over frequency): masks from 0 to 1.
 *
 * With margins of 1 the two add up to 1. Cannot be computed live: the median looks half of its frames ahead.
 *
 * @param magnitude - Shape `[bins, frames]`, `>= 0`.
 * @returns Two masks of the same shape.
 * @throws TonewrightError `bad-option` for kernels that are not odd or margins below 1.
 * @see Fitzgerald 2010; Driedger, Müller & Disch 2014; librosa.decompose.hpss 0.11
 */
export function harmonicPercussiveMasks(
  magnitude: FeatureMatrix,
  options: HarmonicPercussiveOptions = {},
): { readonly harmonic: FeatureMatrix; readonly percussive: FeatureMatrix } {
  checkMatrix("harmonicPercussiveMasks(magnitude, options)", magnitude);
  checkOptions("harmonicPercussiveMasks(magnitude, options)", options, { kernel: false, power: false, margin: false });
  const { kernel = [31, 31], power = 2, margin = [1, 1] } = options;
  if (kernel.some((size) => !(Number.isInteger(size) && size % 2 === 1 && size > 0)) || margin.some((m) => !(m >= 1))) {
    throw new TonewrightError(
      "bad-option",
      `harmonicPercussiveMasks: kernel ${kernel.join(" x ")}, margin ${margin.join(", ")}`,
      "give odd kernel sizes and margins of at least 1",
    );
  }
  const { rows, frames } = magnitude;
  const steady = new Float64Array(rows * frames);
  const spread = new Float64Array(rows * frames);
  for (let k = 0; k < rows; k++) {
    medians(magnitude.values, steady, { start: k * frames, stride: 1, count: frames, size: kernel[0] });
  }
  for (let t = 0; t < frames; t++) {
    medians(magnitude.values, spread, { start: t, stride: frames, count: rows, size: kernel[1] });
  }
  const splitZeros = margin[0] === 1 && margin[1] === 1;
  const scaled = (values: Float64Array, factor: number) => (factor === 1 ? values : values.map((v) => v * factor));
  return {
    harmonic: { rows, frames, values: softMask(steady, scaled(spread, margin[0]), { power, splitZeros }) },
    percussive: { rows, frames, values: softMask(spread, scaled(steady, margin[1]), { power, splitZeros }) },
  };
}

/**
 * The harmonic and the percussive part of a signal.
 *
 * @param x - Shape `[samples]`.
 * @returns Two signals of the same length; with margins of 1 they add up to the signal.
 * @throws TonewrightError as `stft` and `harmonicPercussiveMasks` do.
 * @see librosa.effects.hpss 0.11
 */
export function separateHarmonicPercussive(
  x: Samples,
  options: HarmonicPercussiveOptions & StftOptions = {},
): { readonly harmonic: Float64Array; readonly percussive: Float64Array } {
  checkSamples("separateHarmonicPercussive(x, options)", x);
  checkOptions("separateHarmonicPercussive(x, options)", options, {
    ...stftOptionNames,
    kernel: false,
    power: false,
    margin: false,
  });
  const { kernel, power, margin, ...framing } = options;
  const spectrum = stft(x, framing);
  const { rows, frames } = spectrum;
  const values = spectrum.re.map((re, n) => Math.hypot(re, spectrum.im[n]!));
  const masks = harmonicPercussiveMasks({ rows, frames, values }, { kernel, power, margin });
  const { padMode: _, ...framed } = framing;
  const part = (mask: FeatureMatrix) =>
    istft(masked(spectrum, mask), { ...framed, fftSize: framing.fftSize ?? 2048, length: x.length });
  return { harmonic: part(masks.harmonic), percussive: part(masks.percussive) };
}

function masked({ rows, frames, re, im }: ComplexMatrix, { values }: FeatureMatrix): ComplexMatrix {
  return { rows, frames, re: re.map((v, n) => v * values[n]!), im: im.map((v, n) => v * values[n]!) };
}

interface Line {
  readonly start: number;
  readonly stride: number;
  readonly count: number;
  /** Values under the median. */
  readonly size: number;
}

/** Running medians along a line, the ends mirrored with their last value (scipy.ndimage's "reflect"). */
function medians(from: Float64Array, to: Float64Array, { start, stride, count, size }: Line): void {
  const half = (size - 1) / 2;
  const source = sourceIndex("symmetric", count);
  const at = (n: number) => from[start + stride * (n >= 0 && n < count ? n : source(n))]!;
  // The window in rising order: one value leaves, one comes, each by moving its neighbours.
  const sorted = Float64Array.from({ length: size }, (_, n) => at(n - half)).sort();
  to[start] = sorted[half]!;
  for (let n = 1; n < count; n++) {
    const leaving = at(n - 1 - half);
    const coming = at(n + half);
    let k = 0;
    while (sorted[k]! < leaving) k++;
    if (coming >= leaving) {
      for (; k + 1 < size && sorted[k + 1]! < coming; k++) sorted[k] = sorted[k + 1]!;
    } else {
      for (; k > 0 && sorted[k - 1]! > coming; k--) sorted[k] = sorted[k - 1]!;
    }
    sorted[k] = coming;
    to[start + stride * n] = sorted[half]!;
  }
}
