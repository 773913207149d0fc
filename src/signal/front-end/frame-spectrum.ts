import { createKernels, fftPlanSize, hasFastFft, type Kernels, writeFftPlan } from "../../kernels/index.ts";
import type { FilterBank } from "../mel/mel-filter-bank.ts";
import { applyFilterBank } from "../mel/mel-filter-bank.ts";
import { createRealFft } from "../spectrum/fft.ts";

/** Power spectra of frames, and what filter banks let through of them. Allocates nothing after it was made. */
export interface FrameSpectrum {
  readonly bins: number;
  /** Shape `[bins]`: squared magnitudes of the last frame. */
  readonly power: Float32Array | Float64Array;
  /** Overwrites `power` with that of a frame, shape `[fftSize]`. */
  process(frame: Float64Array): void;
  /** A function that overwrites `out`, shape `[filters]`, with what a filter bank lets through of the last power spectrum. */
  filter(bank: FilterBank): (out: Float64Array) => void;
}

interface Shape {
  readonly fftSize: number;
  /** Shape `[windowLength]`; stands in the middle of the frame. */
  readonly window: Float64Array;
}

/** The definition, in float64. */
export function createExactSpectrum({ fftSize, window }: Shape): FrameSpectrum {
  const fft = createRealFft(fftSize);
  const left = Math.floor((fftSize - window.length) / 2);
  const windowed = new Float64Array(fftSize);
  const re = new Float64Array(fft.bins);
  const im = new Float64Array(fft.bins);
  const power = new Float64Array(fft.bins);
  return {
    bins: fft.bins,
    power,
    process(frame) {
      for (let n = 0; n < window.length; n++) windowed[left + n] = window[n]! * frame[left + n]!;
      fft.forward(windowed, re, im);
      for (let k = 0; k < power.length; k++) power[k] = re[k]! * re[k]! + im[k]! * im[k]!;
    },
    filter: (bank) => (out) => applyFilterBank(bank, power, out),
  };
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
  const [x, weights, plan] = [take(fftSize), take(fftSize), take(fftPlanSize(fftSize))];
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
    process(frame) {
      kernels.heap.set(frame, x);
      kernels.realFftForward(fftSize, 1, x, fftSize, weights, plan, re, im, bins);
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
