import { createRealFft } from "./fft.ts";

/** A stretch of a signal: samples `start` to `end - 1`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Cross-correlation over some spans: `r[k] = sum over n in the spans of y[n] * x[n - k]`.
 *
 * A peak at a positive lag means that `y` comes after `x`. Not scaled. `x` is read outside of the spans too, as far as
 * the lags reach, and counts as 0 outside of the signal.
 *
 * @param x - Shape `[samples]`.
 * @param y - Shape `[samples]`.
 * @param options.firstLag - Samples; may be negative.
 * @param options.lastLag - Samples, at least `firstLag`.
 * @param options.spans - Where `y` is read; all of it by default.
 * @returns Shape `[lastLag - firstLag + 1]`, beginning with `firstLag`.
 */
export function crossCorrelation(
  x: Float32Array,
  y: Float32Array,
  {
    firstLag,
    lastLag,
    spans = [{ start: 0, end: y.length }],
  }: { readonly firstLag: number; readonly lastLag: number; readonly spans?: readonly Span[] },
): Float64Array {
  const lags = lastLag - firstLag + 1;
  // Blocks of about 7 times the lags waste an eighth of each transform on the overlap.
  const fft = createRealFft(2 ** Math.max(12, Math.ceil(Math.log2(8 * lags))));
  const blockSamples = fft.size - (lags - 1);
  const frame = new Float64Array(fft.size);
  const re = new Float64Array(fft.bins);
  const im = new Float64Array(fft.bins);
  const xRe = new Float64Array(fft.bins);
  const xIm = new Float64Array(fft.bins);
  const sumRe = new Float64Array(fft.bins);
  const sumIm = new Float64Array(fft.bins);
  for (const { start, end } of spans) {
    for (let from = start; from < end; from += blockSamples) {
      const to = Math.min(from + blockSamples, end);
      copyInto(frame, x, from - lastLag, to - firstLag);
      fft.forward(frame, xRe, xIm);
      frame.fill(0, 0, lags - 1);
      copyInto(frame.subarray(lags - 1), y, from, to);
      fft.forward(frame, re, im);
      for (let k = 0; k < fft.bins; k++) {
        sumRe[k]! += re[k]! * xRe[k]! + im[k]! * xIm[k]!;
        sumIm[k]! += im[k]! * xRe[k]! - re[k]! * xIm[k]!;
      }
    }
  }
  fft.inverse(sumRe, sumIm, frame);
  return frame.slice(0, lags);
}

/** Fills `frame` with `signal[from .. to - 1]`, zeros where the signal has no samples and behind it. */
function copyInto(frame: Float64Array, signal: Float32Array, from: number, to: number): void {
  const first = Math.min(Math.max(from, 0), to);
  const last = Math.max(first, Math.min(to, signal.length));
  frame.fill(0, 0, first - from);
  frame.set(signal.subarray(first, last), first - from);
  frame.fill(0, last - from);
}
