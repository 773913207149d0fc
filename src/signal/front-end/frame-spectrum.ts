import { createKernels, fftPlanSize, hasFastFft, type Kernels, writeFftPlan } from "../../kernels/index.ts";
import type { FilterBank } from "../mel/mel-filter-bank.ts";
import { applyFilterBank } from "../mel/mel-filter-bank.ts";
import { createComplexFft } from "../spectrum/complex-fft.ts";
import { createRealFft } from "../spectrum/fft.ts";
import { type FrameStore, frameStoreSize } from "./frame-stream.ts";

/** Power spectra of frames, and what filter banks let through of them. Allocates nothing after it was made. */
export interface FrameSpectrum {
  readonly bins: number;
  /** Shape `[bins]`: squared magnitudes of the last frame. */
  readonly power: Float32Array | Float64Array;
  /** Where frames are to lie: read in place, they need not be copied. */
  readonly store: FrameStore;
  /** Overwrites `power` with that of the frame, shape `[fftSize]`, that begins there in the array of the store. */
  process(at: number): void;
  /** A function that overwrites `out`, shape `[filters]`, with what a filter bank lets through of the last power spectrum. */
  filter(bank: FilterBank): (out: Float64Array) => void;
}

interface Shape {
  readonly fftSize: number;
  /** Shape `[windowLength]`; stands in the middle of the frame. */
  readonly window: Float64Array;
}

/** In float64: the squared magnitudes of `createRealFft`, as far as rounding goes. */
export function createExactSpectrum({ fftSize, window }: Shape): FrameSpectrum {
  const samples = new Float64Array(frameStoreSize(fftSize));
  const power = new Float64Array(Math.floor(fftSize / 2) + 1);
  const powers = fftSize % 2 === 0 ? evenPowers(fftSize) : oddPowers(fftSize);
  const weights = new Float64Array(fftSize);
  weights.set(window, Math.floor((fftSize - window.length) / 2));
  return {
    bins: power.length,
    power,
    store: { array: samples, start: 0 },
    process: (at) => powers(samples, at, weights, power),
    filter: (bank) => (out) => applyFilterBank(bank, power, out),
  };
}

/** Overwrites `power` with that of the samples from `at` on, times the window. */
type Powers = (samples: Float64Array, at: number, window: Float64Array, power: Float64Array) => void;

/**
 * The steps of an even `createRealFft`, with the window in its first pass and the squares in its last. The passes are
 * functions of their arrays, which the compiler makes faster than closures over them: 18 µs instead of 30 for 2048 samples.
 */
function evenPowers(fftSize: number): Powers {
  const half = fftSize / 2;
  const fft = createComplexFft(half);
  const re = new Float64Array(half);
  const im = new Float64Array(half);
  const cos = Float64Array.from({ length: half }, (_, k) => Math.cos((2 * Math.PI * k) / fftSize));
  const sin = Float64Array.from({ length: half }, (_, k) => Math.sin((2 * Math.PI * k) / fftSize));
  return (samples, at, window, power) => {
    splitWindowed(samples, at, window, re, im);
    fft.transform(re, im);
    squareBins(re, im, cos, sin, power);
  };
}

function oddPowers(fftSize: number): Powers {
  const fft = createRealFft(fftSize);
  const windowed = new Float64Array(fftSize);
  const re = new Float64Array(fft.bins);
  const im = new Float64Array(fft.bins);
  return (samples, at, window, power) => {
    for (let n = 0; n < fftSize; n++) windowed[n] = window[n]! * samples[at + n]!;
    fft.forward(windowed, re, im);
    for (let k = 0; k < power.length; k++) power[k] = re[k]! * re[k]! + im[k]! * im[k]!;
  };
}

/** Even samples to `re`, odd ones to `im`, times the window. */
function splitWindowed(
  samples: Float64Array,
  at: number,
  window: Float64Array,
  re: Float64Array,
  im: Float64Array,
): void {
  for (let n = 0, m = 0; n < re.length; n++, m += 2) {
    re[n] = window[m]! * samples[at + m]!;
    im[n] = window[m + 1]! * samples[at + m + 1]!;
  }
}

/** The squared magnitudes of the real signal, from the spectrum of its even and odd samples. */
function squareBins(
  re: Float64Array,
  im: Float64Array,
  cos: Float64Array,
  sin: Float64Array,
  power: Float64Array,
): void {
  const half = re.length;
  power[0] = (re[0]! + im[0]!) ** 2;
  power[half] = (re[0]! - im[0]!) ** 2;
  // Bin k and its mirror image half - k have the same sums and differences.
  for (let k = 1, m = half - 1; k <= m; k++, m--) {
    const evenRe = re[k]! + re[m]!;
    const evenIm = im[k]! - im[m]!;
    const oddRe = im[k]! + im[m]!;
    const oddIm = re[m]! - re[k]!;
    const turnRe = cos[k]! * oddRe + sin[k]! * oddIm;
    const turnIm = cos[k]! * oddIm - sin[k]! * oddRe;
    const aRe = evenRe + turnRe;
    const aIm = evenIm + turnIm;
    const bRe = evenRe - turnRe;
    const bIm = evenIm - turnIm;
    power[k] = 0.25 * (aRe * aRe + aIm * aIm);
    power[m] = 0.25 * (bRe * bRe + bIm * bIm);
  }
}

/**
 * The same through the fast kernels, in float32: some ten times faster. Sizes without a fast transform fall back to
 * float64.
 *
 * Bins far below the loudest one of their frame carry its rounding errors: about 140 dB down.
 *
 * @param options.kernels - Default the `simd` build, whose bits are the same on every machine.
 */
export function createFastSpectrum(
  { fftSize, window }: Shape,
  { kernels = createKernels("simd") }: { readonly kernels?: Kernels } = {},
): FrameSpectrum {
  if (!hasFastFft(fftSize)) return createExactSpectrum({ fftSize, window });
  const bins = fftSize / 2 + 1;
  let end = kernels.base;
  const take = (elements: number) => {
    const offset = end;
    // Kernels read up to 8 elements past a row; offsets stay multiples of 4.
    end += (elements + 8 + 3) & ~3;
    kernels.reserve(end);
    return offset;
  };
  const [samples, weights, plan] = [take(frameStoreSize(fftSize)), take(fftSize), take(fftPlanSize(fftSize))];
  const [re, im, power] = [take(bins), take(bins), take(bins)];
  kernels.heap.fill(0, weights, weights + fftSize);
  kernels.heap.set(window, weights + Math.floor((fftSize - window.length) / 2));
  writeFftPlan(fftSize, kernels.heap, plan);
  let view = kernels.heap.subarray(power, power + bins);
  return {
    bins,
    get power() {
      // A heap that grew lies elsewhere. A new view for every frame would be garbage on the audio thread.
      if (view.buffer !== kernels.heap.buffer) view = kernels.heap.subarray(power, power + bins);
      return view;
    },
    store: {
      get array() {
        return kernels.heap;
      },
      start: samples,
    },
    process(at) {
      kernels.realFftForward(fftSize, 1, at, fftSize, weights, plan, re, im, bins);
      kernels.powers(1, bins, re, im, bins, power, bins);
    },
    filter(bank) {
      const { filters } = bank;
      const [starts, lengths, sums] = [take(filters), take(filters), take(filters)];
      const lengthOf = (m: number) => bank.offset[m + 1]! - bank.offset[m]!;
      let elements = 0;
      for (let m = 0; m < filters; m++) elements += (lengthOf(m) + 3) & ~3;
      const values = take(Math.max(1, elements));
      kernels.heap.fill(0, values, values + elements);
      for (let m = 0, at = values; m < filters; m++) {
        kernels.heap[starts + m] = bank.start[m]!;
        kernels.heap[lengths + m] = lengthOf(m);
        kernels.heap.set(bank.weights.subarray(bank.offset[m]!, bank.offset[m + 1]!), at);
        at += (lengthOf(m) + 3) & ~3;
      }
      return (out) => {
        kernels.bandSums(1, filters, power, bins, starts, lengths, values, sums, filters);
        const { heap } = kernels;
        for (let m = 0; m < filters; m++) out[m] = heap[sums + m]!;
      };
    },
  };
}
