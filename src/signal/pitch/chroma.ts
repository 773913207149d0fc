import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { stftOptionNames } from "../spectrum/stft.ts";
import { checkMatrix, checkSamples } from "../check-sound.ts";
import type { FeatureMatrix, Samples } from "../matrix.ts";
import { hzToMidi } from "../mel/frequencies.ts";
import { normalize } from "../spectral/normalize.ts";
import { type StftOptions, spectrogram } from "../spectrum/stft.ts";
import { windowOf } from "../spectrum/window.ts";
import { type ChromaFilterBankOptions, chromaFilterBank } from "./chroma-filter-bank.ts";
import { estimateTuning } from "./tuning.ts";

/** The lowest C of a piano, the first bin of a constant-Q spectrum unless told otherwise. Hz. */
export const lowestC = 32.70319566257483;

/** The framing, and how bins become pitch classes. */
export interface ChromaStftOptions extends StftOptions, Omit<ChromaFilterBankOptions, "fftSize" | "norm"> {
  /** Every frame is divided by its p-norm; `null` leaves it. Default Infinity, the largest class. */
  readonly frameNorm?: number | null | undefined;
}

/**
 * The energy of a signal in the twelve pitch classes.
 *
 * The tuning is estimated from the whole signal unless it is given; with a given one it can be computed live.
 *
 * @param x - Shape `[samples]`.
 * @returns Shape `[classes, frames]`, C first.
 * @throws TonewrightError as `stft` and `chromaFilterBank` do.
 * @see librosa.feature.chroma_stft 0.11
 */
export function chromaStft(x: Samples, given: ChromaStftOptions): FeatureMatrix {
  checkSamples("chromaStft(x, options)", x);
  checkOptions("chromaStft(x, options)", given, {
    ...stftOptionNames,
    frameNorm: false,
    classes: false,
    sampleRate: true,
    tuning: false,
    centreOctave: false,
    octaveWidth: false,
    first: false,
  });
  const {
    frameNorm = Infinity,
    sampleRate,
    classes = 12,
    tuning,
    centreOctave,
    octaveWidth,
    first,
    ...framing
  } = given;
  const { hop = 512, fftSize = 2048 } = framing;
  const energy = spectrogram(x, { ...framing, fftSize, hop, power: 2 });
  // librosa takes the power spectrum for the peaks as well.
  const found = tuning ?? estimateTuning(energy, { sampleRate, binsPerOctave: classes });
  const filters = chromaFilterBank({ sampleRate, fftSize, classes, tuning: found, centreOctave, octaveWidth, first });
  const chroma = product(filters, energy);
  return frameNorm === null ? chroma : normalize(chroma, { norm: frameNorm });
}

/** What a constant-Q spectrum spans, and how its bins become pitch classes. */
export interface ChromaCqtOptions {
  /** Default 12. */
  readonly binsPerOctave?: number | undefined;
  /** Default 12; `binsPerOctave` is a multiple of it. */
  readonly classes?: number | undefined;
  /** Hz of the first bin. Default C1, 32.7. */
  readonly fminHz?: number | undefined;
  /** Every frame is divided by its p-norm; `null` leaves it. Default Infinity. */
  readonly frameNorm?: number | null | undefined;
}

/**
 * The magnitudes of a constant-Q spectrum folded into pitch classes.
 *
 * @param magnitude - Shape `[bins, frames]`, from `constantQ`.
 * @returns Shape `[classes, frames]`, C first.
 * @throws TonewrightError `bad-option` if `binsPerOctave` is no multiple of `classes`.
 * @see librosa.feature.chroma_cqt 0.11 with C given
 */
export function chromaCqt(magnitude: FeatureMatrix, options: ChromaCqtOptions = {}): FeatureMatrix {
  checkMatrix("chromaCqt(magnitude, options)", magnitude);
  checkOptions("chromaCqt(magnitude, options)", options, {
    binsPerOctave: false,
    classes: false,
    fminHz: false,
    frameNorm: false,
  });
  const { binsPerOctave = 12, classes = 12, fminHz = lowestC, frameNorm = Infinity } = options;
  const merge = binsPerOctave / classes;
  if (!Number.isInteger(merge) || merge < 1 || !(fminHz > 0)) {
    throw new TonewrightError(
      "bad-option",
      `chromaCqt: ${binsPerOctave} bins per octave for ${classes} classes, from ${fminHz} Hz`,
      "give a multiple of the classes as binsPerOctave, and a frequency above 0",
    );
  }
  const { rows, frames, values } = magnitude;
  const roll = Math.round((((hzToMidi(fminHz) % 12) + 12) % 12) * (classes / 12));
  const folded = new Float64Array(classes * frames);
  for (let k = 0; k < rows; k++) {
    const bin = (k + Math.floor(merge / 2)) % binsPerOctave;
    const to = ((Math.floor(bin / merge) + roll) % classes) * frames;
    for (let t = 0; t < frames; t++) folded[to + t]! += values[k * frames + t]!;
  }
  const chroma = { rows: classes, frames, values: folded.map((value) => Math.max(0, value)) };
  return frameNorm === null ? chroma : normalize(chroma, { norm: frameNorm });
}

/** As for `chromaCqt`, and how far the classes are smoothed. */
export interface ChromaCensOptions extends Omit<ChromaCqtOptions, "frameNorm"> {
  /** Frames under the smoothing window; 0 for none. Default 41. */
  readonly smoothFrames?: number | undefined;
}

/** Shares of the energy of a frame that count, and how much each adds. */
const censSteps = [0.4, 0.2, 0.1, 0.05];

/**
 * Chroma that is robust against dynamics and timbre: shares in four steps, smoothed over time.
 *
 * Looks half of its smoothing window ahead, so live it lags behind by that.
 *
 * @param magnitude - Shape `[bins, frames]`, from `constantQ`.
 * @returns Shape `[classes, frames]`, every frame of length 1.
 * @throws TonewrightError as `chromaCqt` does.
 * @see Müller & Ewert 2011, "Chroma Toolbox"; librosa.feature.chroma_cens 0.11 with C given
 */
export function chromaCens(magnitude: FeatureMatrix, given: ChromaCensOptions = {}): FeatureMatrix {
  checkMatrix("chromaCens(magnitude, options)", magnitude);
  checkOptions("chromaCens(magnitude, options)", given, {
    smoothFrames: false,
    binsPerOctave: false,
    classes: false,
    fminHz: false,
  });
  const { smoothFrames = 41, ...options } = given;
  const { rows, frames, values } = normalize(chromaCqt(magnitude, { ...options, frameNorm: null }), { norm: 1 });
  const steps = values.map((value) => censSteps.reduce((sum, step) => sum + (value > step ? 0.25 : 0), 0));
  if (smoothFrames === 0) return normalize({ rows, frames, values: steps }, { norm: 2 });
  const window = windowOf("hann", smoothFrames + 2, { symmetric: true });
  const weight = window.reduce((sum, value) => sum + value, 0);
  const half = (window.length - 1) >> 1;
  const smooth = new Float64Array(values.length);
  for (let c = 0; c < rows; c++) {
    for (let t = 0; t < frames; t++) {
      let sum = 0;
      for (let n = Math.max(0, t - half); n < Math.min(frames, t + window.length - half); n++) {
        sum += window[n - t + half]! * steps[c * frames + n]!;
      }
      smooth[c * frames + t] = sum / weight;
    }
  }
  return normalize({ rows, frames, values: smooth }, { norm: 2 });
}

/**
 * Tonal centroids: fifths, minor and major thirds, each as a point in a plane (two rows).
 *
 * @param chroma - Shape `[classes, frames]`.
 * @returns Shape `[6, frames]`.
 * @see Harte, Sandler & Gasser 2006; librosa.feature.tonnetz 0.11
 */
export function tonnetz(chroma: FeatureMatrix): FeatureMatrix {
  checkMatrix("tonnetz(chroma)", chroma);
  const { rows, frames } = chroma;
  const { values } = normalize(chroma, { norm: 1 });
  const speeds = [7 / 6, 7 / 6, 3 / 2, 3 / 2, 2 / 3, 2 / 3];
  const radii = [1, 1, 1, 1, 0.5, 0.5];
  const centroids = new Float64Array(6 * frames);
  for (const [row, speed] of speeds.entries()) {
    for (let c = 0; c < rows; c++) {
      const weight = radii[row]! * Math.cos(Math.PI * ((speed * 12 * c) / rows - (row % 2 === 0 ? 0.5 : 0)));
      for (let t = 0; t < frames; t++) centroids[row * frames + t]! += weight * values[c * frames + t]!;
    }
  }
  return { rows: 6, frames, values: centroids };
}

/** Matrix product `[a, b]` times `[b, frames]`. */
function product(a: FeatureMatrix, b: FeatureMatrix): FeatureMatrix {
  const values = new Float64Array(a.rows * b.frames);
  for (let r = 0; r < a.rows; r++) {
    for (let k = 0; k < b.rows; k++) {
      const weight = a.values[r * a.frames + k]!;
      for (let t = 0; t < b.frames; t++) values[r * b.frames + t]! += weight * b.values[k * b.frames + t]!;
    }
  }
  return { rows: a.rows, frames: b.frames, values };
}
