import { createComplexFft } from "../spectrum/complex-fft.ts";
import { windowOf } from "../spectrum/window.ts";

/** Bandwidth of a Hann window in bins, as librosa.filters.WINDOW_BANDWIDTHS gives it. */
const hannBandwidth = 1.50018310546875;

/** The bins of one row of filters that matter. */
export interface FilterRow {
  readonly start: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Filters of one transform size. */
export interface WaveletFilters {
  readonly fftSize: number;
  /** One per frequency. */
  readonly rows: FilterRow[];
}

/** Bandwidth of a filter over its frequency, for equal temperament. */
export function relativeBandwidth(binsPerOctave: number): number {
  const ratio = 2 ** (2 / binsPerOctave);
  return (ratio - 1) / (ratio + 1);
}

/** Samples that each filter spans. */
export function waveletLengths(
  frequenciesHz: Float64Array,
  { sampleRate, binsPerOctave, filterScale }: WaveletOptions,
): Float64Array {
  const q = filterScale / relativeBandwidth(binsPerOctave);
  return frequenciesHz.map((hz) => (q * sampleRate) / hz);
}

/** The highest frequency that a filter lets through, Hz. */
export function waveletCutoff(
  frequenciesHz: Float64Array,
  { binsPerOctave, filterScale }: Pick<WaveletOptions, "binsPerOctave" | "filterScale">,
): number {
  const q = filterScale / relativeBandwidth(binsPerOctave);
  return frequenciesHz.reduce((most, hz) => Math.max(most, hz * (1 + (0.5 * hannBandwidth) / q)), 0);
}

/** What decides the shape of the filters. */
export interface WaveletOptions {
  readonly sampleRate: number;
  readonly binsPerOctave: number;
  readonly filterScale: number;
}

/**
 * Complex tones under Hann windows of constant quality, transformed: rows to be multiplied with the spectrum of a frame.
 *
 * The smallest magnitudes of a row, together `sparsity` of its sum, are left out.
 *
 * @param options.atLeast - Smallest transform size.
 * @param options.absolute - Keep magnitudes only.
 * @see librosa.core.constantq.__vqt_filter_fft 0.11; Brown & Puckette 1992
 */
export function waveletFilters(
  frequenciesHz: Float64Array,
  options: WaveletOptions & { readonly sparsity: number; readonly atLeast?: number; readonly absolute?: boolean },
): WaveletFilters {
  const { sampleRate, sparsity, atLeast = 1, absolute = false } = options;
  const lengths = waveletLengths(frequenciesHz, options);
  const longest = lengths.reduce((a, b) => Math.max(a, b), 1);
  const fftSize = 2 ** Math.ceil(Math.log2(Math.max(longest, atLeast)));
  const fft = createComplexFft(fftSize);
  const rows = Array.from(frequenciesHz, (hz, i): FilterRow => {
    const length = lengths[i]!;
    const first = Math.floor(-length / 2);
    const samples = Math.ceil(Math.floor(length / 2) - first);
    const window = windowOf("hann", samples);
    const sum = window.reduce((a, b) => a + Math.abs(b), 0);
    const re = new Float64Array(fftSize);
    const im = new Float64Array(fftSize);
    const left = Math.floor((fftSize - samples) / 2);
    const scale = length / fftSize / sum;
    for (let n = 0; n < samples; n++) {
      const phase = ((first + n) * 2 * Math.PI * hz) / sampleRate;
      re[left + n] = window[n]! * Math.cos(phase) * scale;
      im[left + n] = window[n]! * Math.sin(phase) * scale;
    }
    fft.transform(re, im);
    return sparse(re.subarray(0, fftSize / 2 + 1), im.subarray(0, fftSize / 2 + 1), { sparsity, absolute });
  });
  return { fftSize, rows };
}

function sparse(
  re: Float64Array,
  im: Float64Array,
  { sparsity, absolute }: { readonly sparsity: number; readonly absolute: boolean },
): FilterRow {
  const magnitudes = re.map((value, k) => Math.hypot(value, im[k]!));
  const sorted = magnitudes.slice().sort();
  const total = sorted.reduce((a, b) => a + b, 0);
  let sum = 0;
  let rank = 0;
  for (; rank < sorted.length; rank++) {
    sum += sorted[rank]! / total;
    if (!(sum < sparsity)) break;
  }
  const threshold = sorted[Math.min(rank, sorted.length - 1)]!;
  const start = magnitudes.findIndex((value) => value >= threshold);
  const end = magnitudes.findLastIndex((value) => value >= threshold) + 1;
  const kept = (values: Float64Array) =>
    values.slice(start, end).map((value, k) => (magnitudes[start + k]! >= threshold ? value : 0));
  return absolute
    ? { start, re: kept(magnitudes), im: new Float64Array(end - start) }
    : { start, re: kept(re), im: kept(im) };
}
