import { checkOptions, type OptionNames, TonewrightError } from "../../errors/index.ts";
import { checkSamples, checkSpectrum } from "../check-sound.ts";
import type { ComplexMatrix, FeatureMatrix, Samples } from "../matrix.ts";
import { resample } from "../resample/resample.ts";
import { stft } from "../spectrum/stft.ts";
import { lowestC } from "./chroma.ts";
import { type FilterRow, waveletCutoff, waveletFilters, waveletLengths } from "./wavelets.ts";

/** Which frequencies are looked at, and how sharply. */
export interface ConstantQOptions {
  /** Hz. */
  readonly sampleRate: number;
  /** Samples between frames; a multiple of `2^(octaves - 1)` lets lower octaves run at lower rates. Default 512. */
  readonly hop?: number | undefined;
  /** The lowest bin. Default C1, 32.7 Hz. */
  readonly fminHz?: number | undefined;
  /** Default 84, seven octaves. */
  readonly bins?: number | undefined;
  /** Default 12. */
  readonly binsPerOctave?: number | undefined;
  /** Deviation from A4 = 440 Hz, in fractions of a bin. Default 0. */
  readonly tuning?: number | undefined;
  /** Length of the filters: smaller is faster in time and blurred in frequency. Default 1. */
  readonly filterScale?: number | undefined;
  /** Share of every filter that is left out. Default 0.01. */
  readonly sparsity?: number | undefined;
}

/** For `checkOptions`. */
export const constantQOptionNames: OptionNames<ConstantQOptions> = {
  sampleRate: true,
  hop: false,
  fminHz: false,
  bins: false,
  binsPerOctave: false,
  tuning: false,
  filterScale: false,
  sparsity: false,
};

/**
 * A spectrum whose bins are notes: every bin as wide as its frequency demands.
 *
 * Low octaves are computed at lower rates, so each halving goes through a resampler: librosa's differs from ours by up to
 * 1 %. Needs the whole signal.
 *
 * @param x - Shape `[samples]`.
 * @returns Shape `[bins, frames]`, lowest first. Take magnitudes with `magnitudes`.
 * @throws TonewrightError `bad-option` if the highest bin lies above half the sample rate, `signal-too-short`.
 * @see Schörkhuber & Klapuri 2010; librosa.cqt 0.11
 */
export function constantQ(x: Samples, options: ConstantQOptions): ComplexMatrix {
  checkSamples("constantQ(x, options)", x);
  checkOptions("constantQ(x, options)", options, constantQOptionNames);
  const { sampleRate, hop, frequenciesHz, bins, binsPerOctave, filterScale, sparsity } = resolve(options);
  const octaves = Math.ceil(bins / binsPerOctave);
  const filtersPerOctave = Math.min(binsPerOctave, bins);
  const shape = { binsPerOctave, filterScale };
  let signal = Float64Array.from(x);
  let rate = sampleRate;
  let step = hop;
  const halve = () => {
    signal = resample(signal, { from: 2, to: 1 }).map((value) => value * Math.SQRT2);
    rate /= 2;
    step /= 2;
  };
  const early = earlyHalvings({ sampleRate, hop, octaves, cutoffHz: waveletCutoff(frequenciesHz, shape) });
  for (let i = 0; i < early; i++) halve();
  const firstRate = rate;
  const parts: { readonly from: number; readonly response: ComplexMatrix }[] = [];
  for (let octave = 0; octave < octaves; octave++) {
    const end = bins - octave * filtersPerOctave;
    const from = Math.max(0, end - filtersPerOctave);
    const { fftSize, rows } = waveletFilters(frequenciesHz.subarray(from, end), {
      sampleRate: rate,
      ...shape,
      sparsity,
    });
    const gain = Math.sqrt(firstRate / rate);
    const spectrum = stft(signal, { fftSize, hop: step, window: "boxcar" });
    parts.push({ from, response: respond(rows, spectrum, gain) });
    if (step % 2 === 0 && octave + 1 < octaves) halve();
  }
  const frames = Math.min(...parts.map(({ response }) => response.frames));
  const lengths = waveletLengths(frequenciesHz, { sampleRate: firstRate, ...shape });
  const re = new Float64Array(bins * frames);
  const im = new Float64Array(bins * frames);
  for (const { from, response } of parts) {
    for (let k = 0; k < response.rows; k++) {
      const scale = 1 / Math.sqrt(lengths[from + k]!);
      for (let t = 0; t < frames; t++) {
        re[(from + k) * frames + t] = scale * response.re[k * response.frames + t]!;
        im[(from + k) * frames + t] = scale * response.im[k * response.frames + t]!;
      }
    }
  }
  return { rows: bins, frames, re, im };
}

/**
 * A cheaper look at the same bins: one transform, and magnitudes only.
 *
 * Low bins are blurred in time and high ones in frequency. Can be computed live.
 *
 * @param x - Shape `[samples]`.
 * @returns Magnitudes, shape `[bins, frames]`.
 * @throws TonewrightError as `constantQ` does.
 * @see librosa.pseudo_cqt 0.11
 */
export function pseudoConstantQ(x: Samples, options: ConstantQOptions): FeatureMatrix {
  checkSamples("pseudoConstantQ(x, options)", x);
  checkOptions("pseudoConstantQ(x, options)", options, constantQOptionNames);
  const { sampleRate, hop, frequenciesHz, bins, binsPerOctave, filterScale, sparsity } = resolve(options);
  const { fftSize, rows } = waveletFilters(frequenciesHz, {
    sampleRate,
    binsPerOctave,
    filterScale,
    sparsity,
    atLeast: 2 ** (1 + Math.ceil(Math.log2(hop))),
    absolute: true,
  });
  const spectrum = stft(x, { fftSize, hop, window: "hann" });
  const { frames } = spectrum;
  const magnitude = magnitudes(spectrum).values;
  const values = new Float64Array(bins * frames);
  const scale = 1 / Math.sqrt(fftSize);
  for (const [k, { start, re }] of rows.entries()) {
    for (let n = 0; n < re.length; n++) {
      const weight = scale * re[n]!;
      for (let t = 0; t < frames; t++) values[k * frames + t]! += weight * magnitude[(start + n) * frames + t]!;
    }
  }
  return { rows: bins, frames, values };
}

/** The magnitudes of a complex spectrum. */
export function magnitudes(spectrum: ComplexMatrix): FeatureMatrix {
  checkSpectrum("magnitudes(spectrum)", spectrum);
  const { rows, frames, re, im } = spectrum;
  return { rows, frames, values: re.map((value, n) => Math.sqrt(value * value + im[n]! * im[n]!)) };
}

function resolve(options: ConstantQOptions) {
  const { sampleRate, hop = 512, fminHz = lowestC, bins = 84, binsPerOctave = 12, tuning = 0 } = options;
  const { filterScale = 1, sparsity = 0.01 } = options;
  const whole = [hop, bins, binsPerOctave].every((value) => Number.isInteger(value) && value >= 1);
  if (!whole || !(fminHz > 0) || !(filterScale > 0) || !(sparsity >= 0 && sparsity < 1)) {
    throw new TonewrightError(
      "bad-option",
      `constantQ: ${bins} bins, ${binsPerOctave} per octave, from ${fminHz} Hz, hop ${hop}`,
      "give whole numbers above 0, and frequencies above 0",
    );
  }
  const lowest = fminHz * 2 ** (tuning / binsPerOctave);
  const frequenciesHz = Float64Array.from({ length: bins }, (_, k) => lowest * 2 ** (k / binsPerOctave));
  const cutoffHz = waveletCutoff(frequenciesHz, { binsPerOctave, filterScale });
  if (cutoffHz > sampleRate / 2) {
    throw new TonewrightError(
      "bad-option",
      `constantQ: the highest bin reaches to ${cutoffHz.toFixed(0)} Hz, above half of ${sampleRate} Hz`,
      "use fewer bins, a lower fminHz, or a higher sample rate",
    );
  }
  return { sampleRate, hop, frequenciesHz, bins, binsPerOctave, filterScale, sparsity };
}

/** How often the rate can be halved before the first octave. */
function earlyHalvings(at: { sampleRate: number; hop: number; octaves: number; cutoffHz: number }): number {
  const byBand = Math.max(0, Math.ceil(Math.log2(at.sampleRate / 2 / at.cutoffHz)) - 2);
  let twos = 0;
  for (let hop = at.hop; hop % 2 === 0; hop /= 2) twos++;
  return Math.min(byBand, Math.max(0, twos - at.octaves + 1));
}

function respond(rows: readonly FilterRow[], spectrum: ComplexMatrix, gain: number): ComplexMatrix {
  const { frames } = spectrum;
  const re = new Float64Array(rows.length * frames);
  const im = new Float64Array(rows.length * frames);
  for (const [k, row] of rows.entries()) {
    for (let n = 0; n < row.re.length; n++) {
      const a = gain * row.re[n]!;
      const b = gain * row.im[n]!;
      if (a === 0 && b === 0) continue;
      const from = (row.start + n) * frames;
      for (let t = 0; t < frames; t++) {
        re[k * frames + t]! += a * spectrum.re[from + t]! - b * spectrum.im[from + t]!;
        im[k * frames + t]! += a * spectrum.im[from + t]! + b * spectrum.re[from + t]!;
      }
    }
  }
  return { rows: rows.length, frames, re, im };
}
