import { checkSpectrum } from "../check-sound.ts";
import { checkOptions, TonewrightError } from "../../errors/index.ts";
import type { ComplexMatrix } from "../matrix.ts";
import { createRealFft } from "./fft.ts";
import { resolveStft, type StftOptions, stftOptionNames } from "./stft.ts";

/** The framing a spectrum was made with, and how long the signal was. */
export interface IstftOptions extends Omit<StftOptions, "padMode"> {
  /** Samples of the result; without it as many as whole frames give. */
  readonly length?: number | undefined;
}

/** Where the windows add up to less, the sum is left as it is: `numpy.finfo(float64).tiny`. */
const tiny = 2.2250738585072014e-308;

/**
 * The signal of a short-time spectrum: windowed frames added up, divided by the sum of the squared windows.
 *
 * A spectrum that no signal has (one that was edited) gives the signal nearest to it.
 *
 * @param spectrum - Shape `[fftSize / 2 + 1, frames]`.
 * @param options - The same framing as in `stft`. `fftSize` is `2 (rows - 1)` unless given.
 * @returns Shape `[samples]`.
 * @throws TonewrightError `bad-option` if the rows do not fit `fftSize`.
 * @see librosa.istft 0.11; Griffin & Lim 1984
 */
export function istft(spectrum: ComplexMatrix, given: IstftOptions = {}): Float64Array {
  checkSpectrum("istft(spectrum, options)", spectrum);
  checkOptions("istft(spectrum, options)", given, {
    ...stftOptionNames,
    length: false,
  });
  const { length, ...options } = given;
  const { rows, frames } = spectrum;
  const { fftSize, hop, window, center } = resolveStft({ ...options, fftSize: options.fftSize ?? 2 * (rows - 1) });
  const fft = createRealFft(fftSize);
  if (fft.bins !== rows) {
    throw new TonewrightError(
      "bad-option",
      `a spectrum of ${rows} rows does not belong to frames of ${fftSize} samples`,
      `use fftSize ${2 * (rows - 1)}`,
    );
  }
  const left = Math.floor((fftSize - window.length) / 2);
  const before = center ? Math.floor(fftSize / 2) : 0;
  // A wanted length takes only the frames that reach into it.
  const wanted = length === undefined ? frames : Math.min(frames, Math.ceil((length + 2 * before) / hop));
  const samples = length ?? Math.max(0, fftSize + hop * (frames - 1) - 2 * before);
  const sum = new Float64Array(samples);
  const weight = new Float64Array(samples);
  const re = new Float64Array(rows);
  const im = new Float64Array(rows);
  const frame = new Float64Array(fftSize);
  for (let t = 0; t < wanted; t++) {
    for (let k = 0; k < rows; k++) {
      re[k] = spectrum.re[k * frames + t]!;
      im[k] = spectrum.im[k * frames + t]!;
    }
    fft.inverse(re, im, frame);
    const start = t * hop - before + left;
    const from = Math.max(0, -start);
    const to = Math.min(window.length, samples - start);
    for (let n = from; n < to; n++) {
      sum[start + n]! += window[n]! * frame[left + n]!;
      weight[start + n]! += window[n]! * window[n]!;
    }
  }
  for (let n = 0; n < samples; n++) if (weight[n]! > tiny) sum[n]! /= weight[n]!;
  return sum;
}
