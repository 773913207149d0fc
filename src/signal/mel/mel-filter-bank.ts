import { checkOptions, type OptionNames, TonewrightError } from "../../errors/index.ts";
import type { FeatureMatrix } from "../matrix.ts";
import { normOf } from "../spectral/normalize.ts";
import { fftFrequencies } from "./frequencies.ts";
import { hzToMel, type MelScale, melFrequencies } from "./mel-scale.ts";

/** Triangular filters with equal distances on the mel scale; the defaults are librosa's. */
export interface MelFilterBankOptions extends MelScale {
  /** Hz. */
  readonly sampleRate: number;
  /** Samples per transform. Default 2048. */
  readonly fftSize?: number | undefined;
  /** Filters. Default 128. */
  readonly mels?: number | undefined;
  /** Where the first filter begins. Default 0. */
  readonly fminHz?: number | undefined;
  /** Where the last filter ends, at most half the sample rate, which is the default. */
  readonly fmaxHz?: number | undefined;
  /**
   * How filters of different widths are made comparable: `slaney` gives each the area 1 over Hz (default), a number p
   * gives each the p-norm 1 over bins, `null` leaves their peaks near 1.
   */
  readonly norm?: "slaney" | number | null | undefined;
  /** Sides that are straight over frequency (default), or over mels as in HTK and Kaldi. */
  readonly triangles?: "hz" | "mel" | undefined;
  /** Is told of filters that no bin falls into. They are always 0, which teaches a model nothing. */
  readonly onWarning?: ((message: string) => void) | undefined;
}

/** For `checkOptions`. */
export const melFilterBankOptionNames: OptionNames<MelFilterBankOptions> = {
  sampleRate: true,
  fftSize: false,
  mels: false,
  fminHz: false,
  fmaxHz: false,
  htk: false,
  norm: false,
  triangles: false,
  onWarning: false,
};

/** Filters of which each covers a few neighbouring bins; the weights of filter `m` begin at `offset[m]`. */
export interface FilterBank {
  readonly filters: number;
  readonly bins: number;
  /** Shape `[filters]`: the first bin of each. */
  readonly start: Int32Array;
  /** Shape `[filters + 1]`: where the weights of each begin, and the end of the last. */
  readonly offset: Int32Array;
  readonly weights: Float64Array;
}

/**
 * A mel filter bank as a table: a power spectrum times it is a mel spectrum.
 *
 * Slaney's and HTK's banks differ by more than a factor: name the one a model was trained with. With too many filters
 * for the size of the transform the low ones stay empty; `onWarning` hears of it.
 *
 * @returns Shape `[mels, floor(fftSize / 2) + 1]`, `>= 0`.
 * @throws TonewrightError `bad-option` for sizes or limits that make no sense, or a filter above half the sample rate
 * (librosa returns empty filters there).
 * @see librosa.filters.mel 0.11; torchaudio.functional.melscale_fbanks is `{ htk: true, norm: null }`, except that it
 * rounds half of an odd sample rate down
 */
export function melFilterBank(options: MelFilterBankOptions): FeatureMatrix {
  checkOptions("melFilterBank(options)", options, melFilterBankOptionNames);
  const { filters, bins, start, offset, weights } = sparseMelFilterBank(options);
  const values = new Float64Array(filters * bins);
  for (let m = 0; m < filters; m++) {
    values.set(weights.subarray(offset[m]!, offset[m + 1]!), m * bins + start[m]!);
  }
  return { rows: filters, frames: bins, values };
}

/**
 * The same filter bank without its zeros, which are more than nine tenths of it. Apply it with `applyFilterBank`.
 *
 * @throws TonewrightError as `melFilterBank` does.
 */
export function sparseMelFilterBank(options: MelFilterBankOptions): FilterBank {
  const { sampleRate, fftSize = 2048, mels = 128, htk = false, norm = "slaney", triangles = "hz" } = options;
  const { fminHz = 0, fmaxHz = sampleRate / 2, onWarning } = options;
  checkBank({ sampleRate, fftSize, mels, fminHz, fmaxHz, norm });
  const edgesHz = melFrequencies({ mels: mels + 2, fminHz, fmaxHz, htk });
  const binsHz = fftFrequencies({ sampleRate, fftSize });
  const edges = triangles === "hz" ? edgesHz : evenMels(mels + 2, fminHz, fmaxHz, htk);
  const at = triangles === "hz" ? binsHz : binsHz.map((frequencyHz) => hzToMel(frequencyHz, { htk }));
  const bins = binsHz.length;

  const start = new Int32Array(mels);
  const offset = new Int32Array(mels + 1);
  const weights: number[] = [];
  const empty: number[] = [];
  for (let m = 0; m < mels; m++) {
    const left = edges[m]!;
    const middle = edges[m + 1]!;
    const right = edges[m + 2]!;
    const filter: number[] = [];
    for (let k = 0; k < bins; k++) {
      const weight = Math.min((at[k]! - left) / (middle - left), (right - at[k]!) / (right - middle));
      if (weight > 0) {
        if (filter.length === 0) start[m] = k;
        filter.push(weight);
      } else if (filter.length > 0) break;
    }
    if (filter.length === 0 && edgesHz[m] !== 0) empty.push(m);
    const size = norm === null ? 1 : norm === "slaney" ? (edgesHz[m + 2]! - edgesHz[m]!) / 2 : normOf(filter, norm);
    for (const weight of filter) weights.push(weight / size);
    offset[m + 1] = weights.length;
  }
  if (empty.length > 0) {
    const some = empty.slice(0, 8).join(", ") + (empty.length > 8 ? ", …" : "");
    onWarning?.(
      `${empty.length} of ${mels} mel filters hold no bin of a transform of ${fftSize} samples at ${sampleRate} Hz ` +
        `(filters ${some}): use fewer mels or a larger fftSize`,
    );
  }
  return { filters: mels, bins, start, offset, weights: Float64Array.from(weights) };
}

/** Overwrites `out`, shape `[filters]`, with what the filters let through of one spectrum, shape `[bins]`. */
export function applyFilterBank(bank: FilterBank, spectrum: Float64Array, out: Float64Array): void {
  const { filters, start, offset, weights } = bank;
  for (let m = 0; m < filters; m++) {
    const from = offset[m]!;
    const to = offset[m + 1]!;
    const shift = start[m]! - from;
    let sum = 0;
    for (let n = from; n < to; n++) sum += weights[n]! * spectrum[n + shift]!;
    out[m] = sum;
  }
}

/** What the filters let through of a spectrogram, shape `[bins, frames]`: shape `[filters, frames]`. */
export function filterSpectrogram(bank: FilterBank, spectrogram: FeatureMatrix): FeatureMatrix {
  const { rows, frames } = spectrogram;
  if (rows !== bank.bins) {
    throw new TonewrightError(
      "bad-option",
      `a spectrogram of ${rows} rows does not fit filters over ${bank.bins} bins`,
      `make the filters with fftSize ${2 * (rows - 1)}`,
    );
  }
  const values = new Float64Array(bank.filters * frames);
  for (let m = 0; m < bank.filters; m++) {
    const row = values.subarray(m * frames, (m + 1) * frames);
    for (let n = bank.offset[m]!; n < bank.offset[m + 1]!; n++) {
      const weight = bank.weights[n]!;
      const from = (bank.start[m]! + n - bank.offset[m]!) * frames;
      for (let t = 0; t < frames; t++) row[t]! += weight * spectrogram.values[from + t]!;
    }
  }
  return { rows: bank.filters, frames, values };
}

function evenMels(count: number, fminHz: number, fmaxHz: number, htk: boolean): Float64Array {
  const first = hzToMel(fminHz, { htk });
  const step = (hzToMel(fmaxHz, { htk }) - first) / (count - 1);
  return Float64Array.from({ length: count }, (_, m) => first + m * step);
}

function checkBank(options: {
  readonly sampleRate: number;
  readonly fftSize: number;
  readonly mels: number;
  readonly fminHz: number;
  readonly fmaxHz: number;
  readonly norm: "slaney" | number | null;
}): void {
  const { sampleRate, fftSize, mels, fminHz, fmaxHz, norm } = options;
  const whole = Number.isInteger(fftSize) && fftSize >= 2 && Number.isInteger(mels) && mels >= 1;
  if (!whole || !(sampleRate > 0) || (typeof norm === "number" && !(norm > 0))) {
    throw new TonewrightError(
      "bad-option",
      `${mels} mel filters with norm ${norm} for transforms of ${fftSize} samples at ${sampleRate} Hz cannot be`,
      'give whole numbers above 0, and "slaney", null or a number above 0 as the norm',
    );
  }
  if (!(fminHz >= 0) || !(fmaxHz > fminHz) || fmaxHz > sampleRate / 2) {
    throw new TonewrightError(
      "bad-option",
      `mel filters from ${fminHz} to ${fmaxHz} Hz do not fit sound at ${sampleRate} Hz`,
      `keep 0 <= fminHz < fmaxHz <= ${sampleRate / 2}, or resample the sound to a higher rate`,
    );
  }
}
