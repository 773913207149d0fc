import { checkOptions, TonewrightError } from "../../errors/index.ts";
import type { FeatureMatrix } from "../matrix.ts";
import { hzToOctaves } from "../mel/frequencies.ts";
import { normalize } from "../spectral/normalize.ts";

/** Which bins count for which pitch class. */
export interface ChromaFilterBankOptions {
  /** Hz. */
  readonly sampleRate: number;
  /** Samples per transform. Default 2048. */
  readonly fftSize?: number | undefined;
  /** Pitch classes. Default 12. */
  readonly classes?: number | undefined;
  /** Deviation of A4 from 440 Hz, in fractions of a class. Default 0. */
  readonly tuning?: number | undefined;
  /** The octave above A0 that counts most. Default 5. */
  readonly centreOctave?: number | undefined;
  /** How far the others count, in octaves (deviation of a bell); `null` for all alike. Default 2. */
  readonly octaveWidth?: number | null | undefined;
  /** Norm of the weights of every bin; `null` leaves them. Default 2. */
  readonly norm?: number | null | undefined;
  /** Whether the first class is C (default) or A. */
  readonly first?: "C" | "A" | undefined;
}

/**
 * A filter bank that folds the bins of a spectrum into pitch classes, with a bell around every class.
 *
 * @returns Shape `[classes, floor(fftSize / 2) + 1]`, `>= 0`.
 * @throws TonewrightError `bad-option` for numbers that make no sense.
 * @see Ellis 2007, "Chroma feature analysis and synthesis"; librosa.filters.chroma 0.11
 */
export function chromaFilterBank(options: ChromaFilterBankOptions): FeatureMatrix {
  checkOptions("chromaFilterBank(options)", options, {
    sampleRate: true,
    fftSize: false,
    classes: false,
    tuning: false,
    centreOctave: false,
    octaveWidth: false,
    norm: false,
    first: false,
  });
  const {
    sampleRate,
    fftSize = 2048,
    classes = 12,
    tuning = 0,
    centreOctave = 5,
    octaveWidth = 2,
    norm = 2,
    first = "C",
  } = options;
  if (!(sampleRate > 0 && Number.isInteger(classes) && classes >= 1 && Number.isInteger(fftSize) && fftSize >= 2)) {
    throw new TonewrightError(
      "bad-option",
      `chromaFilterBank: ${classes} classes, fftSize ${fftSize}, ${sampleRate} Hz`,
      "give whole numbers above 0 and a sample rate in Hz",
    );
  }
  const bins = Math.floor(fftSize / 2) + 1;
  // Places on the scale of classes; bin 0 stands an octave and a half below bin 1.
  const place = new Float64Array(bins + 1);
  for (let k = 1; k <= bins; k++) {
    place[k] = classes * hzToOctaves((k * sampleRate) / fftSize, { tuning, binsPerOctave: classes });
  }
  place[0] = place[1]! - 1.5 * classes;
  const half = Math.round(classes / 2);
  const weights = new Float64Array(classes * bins);
  for (let k = 0; k < bins; k++) {
    // The very last of all `fftSize` bins has width 1; it lies outside unless the transform has two samples.
    const width = k === fftSize - 1 ? 1 : Math.max(place[k + 1]! - place[k]!, 1);
    for (let c = 0; c < classes; c++) {
      const distance = modulo(place[k]! - c + half + 10 * classes, classes) - half;
      weights[c * bins + k] = Math.exp(-0.5 * ((2 * distance) / width) ** 2);
    }
  }
  const table: FeatureMatrix = { rows: classes, frames: bins, values: weights };
  const { values } = norm === null ? table : normalize(table, { norm });
  const shift = first === "C" ? 3 * Math.floor(classes / 12) : 0;
  const shifted = new Float64Array(values.length);
  for (let c = 0; c < classes; c++) {
    const to = modulo(c - shift, classes);
    for (let k = 0; k < bins; k++) {
      const octave = octaveWidth === null ? 1 : bell((place[k]! / classes - centreOctave) / octaveWidth);
      shifted[to * bins + k] = values[c * bins + k]! * octave;
    }
  }
  return { rows: classes, frames: bins, values: shifted };
}

function bell(x: number): number {
  return Math.exp(-0.5 * x * x);
}

function modulo(x: number, period: number): number {
  const rest = x % period;
  return rest < 0 ? rest + period : rest;
}
