import { checkOptions } from "../../errors/index.ts";
import { checkSamples } from "../check-sound.ts";
import { createRealFft } from "./fft.ts";
import { hann } from "./window.ts";

/** Average power over frequency. */
export interface PowerSpectrum {
  /** Shape `[bins]`, Hz, from 0 to half the sample rate. */
  readonly frequencyHz: Float64Array;
  /** Shape `[bins]`, amplitude squared per Hz; times the spacing of the bins it adds up to the mean square. */
  readonly powerPerHz: Float64Array;
}

/**
 * Average power spectrum of a signal by Welch's method: Hann windows that overlap by half.
 *
 * A signal shorter than one frame is padded with zeros at its end, which lowers nothing: power is per sample present.
 *
 * @param x - Shape `[samples]`, at least one sample.
 * @param options.sampleRate - Hz.
 * @param options.fftSize - Samples per frame, a power of two.
 * @see Welch 1967; scipy.signal.welch with window="hann", detrend=False
 */
export function powerSpectrum(
  x: Float32Array | Float64Array,
  options: { readonly sampleRate: number; readonly fftSize?: number },
): PowerSpectrum {
  checkSamples("powerSpectrum(x, options)", x);
  checkOptions("powerSpectrum(x, options)", options, { sampleRate: true, fftSize: false });
  const { sampleRate, fftSize = 4096 } = options;
  const fft = createRealFft(fftSize);
  const window = hann(fftSize);
  const frame = new Float64Array(fftSize);
  const re = new Float64Array(fft.bins);
  const im = new Float64Array(fft.bins);
  const powerPerHz = new Float64Array(fft.bins);
  const hop = fftSize / 2;
  const frames = Math.max(1, 1 + Math.floor((x.length - fftSize) / hop));
  let weight = 0; // sum of the squared window over the samples that were there
  for (let t = 0; t < frames; t++) {
    const start = t * hop;
    const present = Math.min(fftSize, x.length - start);
    for (let n = 0; n < present; n++) {
      frame[n] = window[n]! * x[start + n]!;
      weight += window[n]! * window[n]!;
    }
    fft.forward(frame, re, im);
    for (let k = 0; k < fft.bins; k++) powerPerHz[k]! += re[k]! * re[k]! + im[k]! * im[k]!;
  }
  const frequencyHz = new Float64Array(fft.bins);
  for (let k = 0; k < fft.bins; k++) {
    const sides = k === 0 || k === fft.bins - 1 ? 1 : 2; // the negative frequencies' power is folded in
    powerPerHz[k]! *= sides / (sampleRate * weight);
    frequencyHz[k] = (k * sampleRate) / fftSize;
  }
  return { frequencyHz, powerPerHz };
}
