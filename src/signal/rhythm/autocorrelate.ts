import { createRealFft } from "../spectrum/fft.ts";

/**
 * Autocorrelation, not scaled: `r[k] = sum over n of x[n] x[n + k]`.
 *
 * @param x - Shape `[samples]`.
 * @param options.maxLag - Lags to return; default all.
 * @returns Shape `[maxLag]`, lag 0 first.
 * @see librosa.autocorrelate 0.11
 */
export function autocorrelate(
  x: Float64Array,
  { maxLag = x.length }: { readonly maxLag?: number | undefined } = {},
): Float64Array {
  if (x.length === 0) return new Float64Array(0);
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, 2 * x.length - 1)));
  const fft = createRealFft(size);
  const padded = new Float64Array(size);
  padded.set(x);
  const re = new Float64Array(fft.bins);
  const im = new Float64Array(fft.bins);
  fft.forward(padded, re, im);
  for (let k = 0; k < fft.bins; k++) {
    re[k] = re[k]! * re[k]! + im[k]! * im[k]!;
    im[k] = 0;
  }
  fft.inverse(re, im, padded);
  return padded.slice(0, Math.min(maxLag, x.length));
}
