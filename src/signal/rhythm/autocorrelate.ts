import { checkOptions } from "../../errors/index.ts";
import { checkSamples } from "../check-sound.ts";
import { createRealFft } from "../spectrum/fft.ts";

/**
 * Autocorrelation, not scaled: `r[k] = sum over n of x[n] x[n + k]`.
 *
 * @param x - Shape `[samples]`.
 * @param options.maxLag - Lags to return; default all.
 * @returns Shape `[maxLag]`, lag 0 first.
 * @see librosa.autocorrelate 0.11
 */
export function autocorrelate(x: Float64Array, options: { readonly maxLag?: number | undefined } = {}): Float64Array {
  checkSamples("autocorrelate(x, options)", x);
  checkOptions("autocorrelate(x, options)", options, { maxLag: false });
  const { maxLag = x.length } = options;
  if (x.length === 0) return new Float64Array(0);
  return createAutocorrelation(x.length)(x).slice(0, Math.min(maxLag, x.length));
}

/**
 * Autocorrelation of signals of one length, with its tables made once.
 *
 * @returns A function that gives the lags from 0 on, shape `[at least length]`, in an array that its next call overwrites;
 *   what stands beyond `length` means nothing.
 */
export function createAutocorrelation(length: number): (x: Float64Array) => Float64Array {
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, 2 * length - 1)));
  const fft = createRealFft(size);
  const padded = new Float64Array(size);
  const re = new Float64Array(fft.bins);
  const im = new Float64Array(fft.bins);
  return (x) => {
    padded.fill(0, length);
    for (let n = 0; n < length; n++) padded[n] = x[n]!;
    fft.forward(padded, re, im);
    for (let k = 0; k < fft.bins; k++) {
      re[k] = re[k]! * re[k]! + im[k]! * im[k]!;
      im[k] = 0;
    }
    fft.inverse(re, im, padded);
    return padded;
  };
}
