import { TonewrightError } from "../../errors/index.ts";
import type { Samples } from "../matrix.ts";
import { createRealFft } from "../spectrum/fft.ts";

/** The largest transform. */
const mostSamples = 2 ** 27;

/**
 * The signal with another number of samples, by cutting or extending its spectrum.
 *
 * The signal counts as one period: its end runs into its beginning, and rings there if they do not meet.
 *
 * @param x - Shape `[samples]`.
 * @param length - Samples of the result.
 * @returns Shape `[length]`.
 * @throws TonewrightError `signal-too-long` beyond 2^27 samples.
 * @see scipy.signal.resample 1.17
 */
export function fftResample(x: Samples, length: number): Float64Array {
  const before = x.length;
  if (before === 0 || length === 0) return new Float64Array(length);
  if (Math.max(before, length) > mostSamples) {
    throw new TonewrightError(
      "signal-too-long",
      `${before} samples to ${length} by one Fourier transform, which takes at most ${mostSamples}`,
      'use the quality "best", which takes the sound in pieces',
    );
  }
  const forward = createRealFft(before);
  const re = new Float64Array(forward.bins);
  const im = new Float64Array(forward.bins);
  forward.forward(Float64Array.from(x), re, im);

  const inverse = createRealFft(length);
  const newRe = new Float64Array(inverse.bins);
  const newIm = new Float64Array(inverse.bins);
  const shorter = Math.min(before, length);
  const kept = Math.floor(shorter / 2) + 1;
  const scale = length / before;
  for (let k = 0; k < kept; k++) {
    // Half the shorter rate is one bin there and a pair in the longer spectrum.
    const paired = 2 * k === shorter && before !== length ? (length < before ? 2 : 0.5) : 1;
    newRe[k] = re[k]! * scale * paired;
    newIm[k] = im[k]! * scale * paired;
  }
  const y = new Float64Array(length);
  inverse.inverse(newRe, newIm, y);
  return y;
}
