import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkMatrix } from "../check-sound.ts";
import type { FeatureMatrix } from "../matrix.ts";
import { fftFrequencies } from "../mel/frequencies.ts";
import { powerToDb } from "../spectrum/decibels.ts";
import { checkMagnitude } from "./check-magnitude.ts";

/** Bands and what counts as a peak; the defaults are librosa's. */
export interface ContrastOptions {
  /** Hz. Default 22050. */
  readonly sampleRate?: number | undefined;
  /** Samples per transform. Default twice the rows, less 2. */
  readonly fftSize?: number | undefined;
  /** Hz, shape `[bins]`, rising. Default those of the transform. */
  readonly frequenciesHz?: Float64Array | undefined;
  /** Where the first octave begins; below it is one more band. Default 200. */
  readonly fminHz?: number | undefined;
  /** Octaves above `fminHz`. Default 6; the last one goes on to the end of the spectrum. */
  readonly bands?: number | undefined;
  /** Share of a band's bins that makes its peak, and its valley. Default 0.02; at least one bin is taken. */
  readonly quantile?: number | undefined;
  /** The difference of the magnitudes instead of that in decibels. Default no. */
  readonly linear?: boolean | undefined;
  /** Peaks and valleys end so far below the largest peak, and valley, of all. Default 80; `null` for no limit. */
  readonly topDb?: number | null | undefined;
}

/**
 * In each octave band, how far the strongest bins stand above the weakest: high for tones, low for noise.
 *
 * Magnitudes are put into decibels as if they were energies, as in librosa: double the numbers for true decibels of
 * amplitudes. Live only with `topDb: null` or `linear`, since the limit depends on the loudest moment of the whole
 * sound.
 *
 * @param magnitude - Shape `[bins, frames]`, `>= 0`, amplitudes.
 * @returns Shape `[bands + 1, frames]`, dB, or linear.
 * @throws TonewrightError `bad-option` for bands that hold too few bins or begin above half the sample rate;
 * `non-finite-values`, `negative-magnitude`.
 * @see librosa.feature.spectral_contrast 0.11; Jiang et al. 2002
 */
export function spectralContrast(magnitude: FeatureMatrix, options: ContrastOptions = {}): FeatureMatrix {
  checkMatrix("spectralContrast(magnitude, options)", magnitude);
  checkOptions("spectralContrast(magnitude, options)", options, {
    sampleRate: false,
    fftSize: false,
    frequenciesHz: false,
    fminHz: false,
    bands: false,
    quantile: false,
    linear: false,
    topDb: false,
  });
  checkMagnitude(magnitude);
  const { rows, frames, values } = magnitude;
  const { bands = 6, linear = false, topDb = 80 } = options;
  const frame = createContrastFrame(rows, options);
  const one = new Float64Array(rows);
  const [lowest, highest] = [new Float64Array(bands + 1), new Float64Array(bands + 1)];
  const valley = new Float64Array((bands + 1) * frames);
  const peak = new Float64Array((bands + 1) * frames);
  for (let t = 0; t < frames; t++) {
    for (let k = 0; k < rows; k++) one[k] = values[k * frames + t]!;
    frame.process(one, lowest, highest);
    for (let band = 0; band <= bands; band++) {
      valley[band * frames + t] = lowest[band]!;
      peak[band * frames + t] = highest[band]!;
    }
  }
  const low = linear ? valley : powerToDb(valley, { topDb });
  const high = linear ? peak : powerToDb(peak, { topDb });
  return { rows: bands + 1, frames, values: high.map((value, n) => value - low[n]!) };
}

/**
 * The weakest and the strongest bins of each band, one spectrum at a time.
 *
 * @returns `process` overwrites `valley` and `peak`, each shape `[bands + 1]`, with the means of a spectrum, shape `[rows]`;
 *   it allocates nothing.
 * @throws TonewrightError `bad-option` as `spectralContrast` does.
 */
export function createContrastFrame(rows: number, options: ContrastOptions) {
  const places = bandsOf(rows, options).map((place) => ({
    ...place,
    sorted: new Float64Array(place.end - place.first),
  }));
  return {
    process(magnitude: Float64Array, valley: Float64Array, peak: Float64Array): void {
      for (let band = 0; band < places.length; band++) {
        const { first, taken, sorted } = places[band]!;
        for (let k = 0; k < sorted.length; k++) sorted[k] = magnitude[first + k]!;
        sorted.sort();
        valley[band] = mean(sorted, 0, taken);
        peak[band] = mean(sorted, sorted.length - taken, sorted.length);
      }
    },
  };
}

/** Bins `first` to `end - 1` of each band, and how many of them make a peak. */
function bandsOf(rows: number, options: ContrastOptions) {
  const { sampleRate = 22050, fftSize = 2 * (rows - 1), fminHz = 200, bands = 6, quantile = 0.02 } = options;
  const frequencies = options.frequenciesHz ?? fftFrequencies({ sampleRate, fftSize });
  if (!Number.isInteger(bands) || bands < 1 || !(quantile > 0 && quantile < 1) || !(fminHz > 0)) {
    throw new TonewrightError(
      "bad-option",
      `spectralContrast: ${bands} bands from ${fminHz} Hz, quantile ${quantile}`,
      "give a whole number of bands from 1, a frequency above 0 and a quantile between 0 and 1",
    );
  }
  if (frequencies.length !== rows) {
    throw new TonewrightError(
      "bad-option",
      `spectralContrast: ${frequencies.length} frequencies for a spectrogram of ${rows} rows`,
      "give the fftSize the spectrogram was made with",
    );
  }
  if (options.frequenciesHz === undefined && fminHz * 2 ** (bands - 1) >= sampleRate / 2) {
    throw new TonewrightError(
      "bad-option",
      `spectralContrast: the last of ${bands} octaves from ${fminHz} Hz begins at or above ${sampleRate / 2} Hz, half the sample rate`,
      "use fewer bands or a lower fminHz",
    );
  }
  return Array.from({ length: bands + 1 }, (_, band) => {
    const from = band === 0 ? 0 : fminHz * 2 ** (band - 1);
    const to = fminHz * 2 ** band;
    let first = frequencies.findIndex((frequencyHz) => frequencyHz >= from);
    let end = first < 0 ? 0 : first;
    while (first >= 0 && end < rows && frequencies[end]! <= to) end++;
    // Neighbouring bands share a bin: each but the first begins one lower, each but the last ends one lower.
    if (band > 0) first--;
    if (band === bands) end = rows;
    const count = end - first;
    if (band < bands) end--;
    const taken = Math.max(1, roundHalfEven(quantile * count));
    if (first < 0 || end - first < 1 || count < 2) {
      throw new TonewrightError(
        "bad-option",
        `spectralContrast: the band from ${from} to ${to} Hz holds too few bins of ${rows}`,
        "use a larger fftSize, a higher fminHz or fewer bands",
      );
    }
    return { first, end, taken: Math.min(taken, end - first) };
  });
}

function mean(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let n = from; n < to; n++) sum += values[n]!;
  return sum / (to - from);
}

function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  return value - below === 0.5 ? below + (below % 2) : Math.round(value);
}
