import { checkSamples } from "../check-sound.ts";
import { createComplexFft } from "./complex-fft.ts";

/** A real Fourier transform of one size, with its tables made once. */
export interface RealFft {
  /** Real samples per transform. */
  readonly size: number;
  /** `floor(size / 2) + 1`. */
  readonly bins: number;
  /**
   * Overwrites `re` and `im`, shape `[bins]`, with the spectrum of `input`, shape `[size]`:
   * `X[k] = sum over n of x[n] * exp(-2πi k n / size)`, not scaled.
   */
  forward(input: Float64Array, re: Float64Array, im: Float64Array): void;
  /**
   * Overwrites `output`, shape `[size]`, with the signal of a spectrum; `inverse(forward(x))` is `x`. The imaginary parts
   * of the first bin, and of the last where the size is even, count as 0.
   */
  inverse(re: Float64Array, im: Float64Array, output: Float64Array): void;
}

/**
 * The spectrum of a real signal, from 0 to half the sample rate.
 *
 * Not scaled: a sine of amplitude 1 in the middle of a bin has magnitude `length / 2`. Make a `createRealFft` once
 * where many transforms of one size are needed.
 *
 * @param x - Shape `[samples]`, any length from 1.
 * @returns `re` and `im`, shape `[floor(samples / 2) + 1]`.
 * @see numpy.fft.rfft, whose values these are
 */
export function realFft(x: Float64Array): { readonly re: Float64Array; readonly im: Float64Array } {
  checkSamples("realFft(x)", x);
  const fft = createRealFft(x.length);
  const re = new Float64Array(fft.bins);
  const im = new Float64Array(fft.bins);
  fft.forward(x, re, im);
  return { re, im };
}

/**
 * A transform of a fixed size, in float64. Even sizes pack two real samples into each complex one.
 *
 * Fast where the prime factors of the size are small: see `createComplexFft`.
 *
 * @param size - Real samples, from 1 to 2^27.
 * @throws Error `bug: …` for any other size.
 */
export function createRealFft(size: number): RealFft {
  if (!Number.isInteger(size) || size < 1 || size > 2 ** 27) {
    throw new Error(`bug: Fourier transform of ${size} samples`);
  }
  return size % 2 === 0 ? createEvenFft(size) : createOddFft(size);
}

function checkLengths(fft: RealFft, signal: Float64Array, re: Float64Array, im: Float64Array): void {
  if (signal.length !== fft.size || re.length !== fft.bins || im.length !== fft.bins) {
    throw new Error(`bug: transform of ${fft.size} samples got ${signal.length}, ${re.length} and ${im.length}`);
  }
}

function createEvenFft(size: number): RealFft {
  const half = size / 2;
  const fft = createComplexFft(half);
  const cos = Float64Array.from({ length: half }, (_, k) => Math.cos((2 * Math.PI * k) / size));
  const sin = Float64Array.from({ length: half }, (_, k) => Math.sin((2 * Math.PI * k) / size));
  const workRe = new Float64Array(half);
  const workIm = new Float64Array(half);
  return {
    size,
    bins: half + 1,
    forward(input, re, im) {
      checkLengths(this, input, re, im);
      for (let n = 0; n < half; n++) {
        workRe[n] = input[2 * n]!;
        workIm[n] = input[2 * n + 1]!;
      }
      fft.transform(workRe, workIm);
      // The even and odd samples' spectra, separated by symmetry and joined by one more butterfly.
      for (let k = 0; k <= half; k++) {
        const a = k === half ? 0 : k;
        const b = k === 0 ? 0 : half - k;
        const evenRe = 0.5 * (workRe[a]! + workRe[b]!);
        const evenIm = 0.5 * (workIm[a]! - workIm[b]!);
        const oddRe = 0.5 * (workIm[a]! + workIm[b]!);
        const oddIm = -0.5 * (workRe[a]! - workRe[b]!);
        const c = k === half ? -1 : cos[k]!;
        const s = k === half ? 0 : sin[k]!;
        re[k] = evenRe + c * oddRe + s * oddIm;
        im[k] = evenIm + c * oddIm - s * oddRe;
      }
    },
    inverse(re, im, output) {
      checkLengths(this, output, re, im);
      // The same steps backwards; a transform with the parts exchanged is the inverse one.
      for (let k = 0; k < half; k++) {
        const mirror = half - k;
        const imK = k === 0 ? 0 : im[k]!;
        const imMirror = k === 0 ? 0 : im[mirror]!;
        const evenRe = re[k]! + re[mirror]!;
        const evenIm = imK - imMirror;
        const diffRe = re[k]! - re[mirror]!;
        const diffIm = imK + imMirror;
        workRe[k] = evenRe - (cos[k]! * diffIm + sin[k]! * diffRe);
        workIm[k] = evenIm + (cos[k]! * diffRe - sin[k]! * diffIm);
      }
      fft.transform(workIm, workRe);
      for (let n = 0; n < half; n++) {
        output[2 * n] = workRe[n]! / size;
        output[2 * n + 1] = workIm[n]! / size;
      }
    },
  };
}

function createOddFft(size: number): RealFft {
  const fft = createComplexFft(size);
  const bins = (size + 1) / 2;
  const workRe = new Float64Array(size);
  const workIm = new Float64Array(size);
  return {
    size,
    bins,
    forward(input, re, im) {
      checkLengths(this, input, re, im);
      workRe.set(input);
      workIm.fill(0);
      fft.transform(workRe, workIm);
      re.set(workRe.subarray(0, bins));
      im.set(workIm.subarray(0, bins));
    },
    inverse(re, im, output) {
      checkLengths(this, output, re, im);
      workRe[0] = re[0]!;
      workIm[0] = 0;
      for (let k = 1; k < bins; k++) {
        workRe[k] = re[k]!;
        workIm[k] = im[k]!;
        workRe[size - k] = re[k]!;
        workIm[size - k] = -im[k]!;
      }
      fft.transform(workIm, workRe);
      for (let n = 0; n < size; n++) output[n] = workRe[n]! / size;
    },
  };
}
