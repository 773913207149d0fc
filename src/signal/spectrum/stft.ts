import { checkOptions, type OptionNames, TonewrightError } from "../../errors/index.ts";
import { checkSamples } from "../check-sound.ts";
import type { ComplexMatrix, FeatureMatrix, Samples } from "../matrix.ts";
import { createRealFft } from "./fft.ts";
import { type PadMode, sourceIndex } from "./padding.ts";
import { type WindowName, windowOf } from "./window.ts";

/** How a signal is cut into frames for short-time spectra; the defaults are librosa's. */
export interface StftOptions {
  /** Samples per transform. Default 2048. */
  readonly fftSize?: number | undefined;
  /** Samples from one frame to the next. Default a quarter of the window. */
  readonly hop?: number | undefined;
  /** Samples under the window, at most `fftSize`, which is the default; a shorter one sits in the middle of the frame. */
  readonly windowLength?: number | undefined;
  /** Default a periodic Hann window. Values set `windowLength` themselves. */
  readonly window?: WindowName | Float64Array | undefined;
  /** Frame `t` is centred on sample `t * hop` (default), or starts there. */
  readonly center?: boolean | undefined;
  /** What stands outside the signal where frames are centred. Default zeros. */
  readonly padMode?: PadMode | undefined;
}

/** For `checkOptions`. */
export const stftOptionNames: OptionNames<StftOptions> = {
  fftSize: false,
  hop: false,
  windowLength: false,
  window: false,
  center: false,
  padMode: false,
};

/** Short-time spectra, one frame at a time, so that a long signal needs no large array. */
export interface Stft {
  /** `floor(fftSize / 2) + 1`. */
  readonly bins: number;
  readonly fftSize: number;
  readonly hop: number;
  /** Frames of a signal of that many samples; 0 if it is shorter than a frame and frames are not centred. */
  frames(samples: number): number;
  /** Overwrites `re` and `im`, shape `[bins]`, with frame `t` of `x`. */
  spectrum(x: Samples, t: number, spectrum: { readonly re: Float64Array; readonly im: Float64Array }): void;
  /** Overwrites `power`, shape `[bins]`, with the squared magnitudes of frame `t` of `x`. */
  power(x: Samples, t: number, power: Float64Array): void;
}

/**
 * A transform of frames of one shape.
 *
 * Nothing is scaled, neither by the length nor by the window: a full-scale sine reaches `fftSize / 4` under a Hann window.
 *
 * @throws TonewrightError `bad-option` for sizes that make no sense.
 * @see librosa.stft 0.11 (`padMode: "reflect"` gives torch.stft)
 */
export function createStft(options: StftOptions = {}): Stft {
  const { fftSize, hop, window, center, padMode } = resolveStft(options);
  const fft = createRealFft(fftSize);
  const frame = new Float64Array(fftSize);
  const re = new Float64Array(fft.bins);
  const im = new Float64Array(fft.bins);
  const left = Math.floor((fftSize - window.length) / 2);
  const before = center ? Math.floor(fftSize / 2) : 0;

  const spectrum = (x: Samples, t: number, to: { readonly re: Float64Array; readonly im: Float64Array }) => {
    const start = t * hop - before + left;
    if (start >= 0 && start + window.length <= x.length) {
      for (let n = 0; n < window.length; n++) frame[left + n] = window[n]! * x[start + n]!;
    } else if (padMode === "zero") {
      for (let n = 0; n < window.length; n++) {
        const at = start + n;
        frame[left + n] = at < 0 || at >= x.length ? 0 : window[n]! * x[at]!;
      }
    } else {
      if (padMode === "reflect" && x.length <= before) throw tooShortToMirror(x.length, fftSize);
      const source = sourceIndex(padMode, x.length);
      for (let n = 0; n < window.length; n++) frame[left + n] = window[n]! * x[source(start + n)]!;
    }
    fft.forward(frame, to.re, to.im);
  };

  return {
    bins: fft.bins,
    fftSize,
    hop,
    frames: (samples) => {
      const spare = samples - (center ? fftSize % 2 : fftSize);
      return spare < 0 ? 0 : 1 + Math.floor(spare / hop);
    },
    spectrum,
    power(x, t, power) {
      spectrum(x, t, { re, im });
      for (let k = 0; k < power.length; k++) power[k] = re[k]! * re[k]! + im[k]! * im[k]!;
    },
  };
}

/**
 * Short-time Fourier transform of a whole signal.
 *
 * The result is `fftSize / hop` times as large as the signal: use `createStft` to go through a long one.
 *
 * @param x - Shape `[samples]`; longer than half of `fftSize` if the ends are mirrored.
 * @returns Shape `[floor(fftSize / 2) + 1, frames]`, with `1 + floor(samples / hop)` frames if centred.
 * @throws TonewrightError `signal-too-short`, `bad-option`, `bad-window`, `non-finite-samples`.
 * @see librosa.stft 0.11, whose values these are (in float64 for a Float64Array, within float32 rounding for the other)
 */
export function stft(x: Samples, options: StftOptions = {}): ComplexMatrix {
  checkSamples("stft(x, options)", x);
  checkOptions("stft(x, options)", options, stftOptionNames);
  const frameOf = createStft(options);
  const frames = framesOf(frameOf, x);
  const rows = frameOf.bins;
  const re = new Float64Array(rows * frames);
  const im = new Float64Array(rows * frames);
  const one = { re: new Float64Array(rows), im: new Float64Array(rows) };
  for (let t = 0; t < frames; t++) {
    frameOf.spectrum(x, t, one);
    for (let k = 0; k < rows; k++) {
      re[k * frames + t] = one.re[k]!;
      im[k * frames + t] = one.im[k]!;
    }
  }
  return { rows, frames, re, im };
}

/**
 * Short-time magnitudes raised to a power: 1 for amplitudes, 2 for energies.
 *
 * @param x - Shape `[samples]`.
 * @returns Shape `[floor(fftSize / 2) + 1, frames]`, linear, not scaled.
 * @throws TonewrightError as `stft` does.
 * @see librosa.core.spectrum._spectrogram 0.11
 */
export function spectrogram(x: Samples, given: StftOptions & { power?: number } = {}): FeatureMatrix {
  checkSamples("spectrogram(x, options)", x);
  checkOptions("spectrogram(x, options)", given, { ...stftOptionNames, power: false });
  const { power = 1, ...options } = given;
  const frameOf = createStft(options);
  const frames = framesOf(frameOf, x);
  const rows = frameOf.bins;
  const values = new Float64Array(rows * frames);
  const energy = new Float64Array(rows);
  for (let t = 0; t < frames; t++) {
    frameOf.power(x, t, energy);
    for (let k = 0; k < rows; k++) {
      const value = energy[k]!;
      values[k * frames + t] = power === 2 ? value : power === 1 ? Math.sqrt(value) : value ** (power / 2);
    }
  }
  return { rows, frames, values };
}

/** All options of a short-time transform, with their defaults. */
export function resolveStft(options: StftOptions) {
  const given = options.window instanceof Float64Array ? options.window : undefined;
  const { fftSize = 2048, center = true, padMode = "zero" } = options;
  const windowLength = options.windowLength ?? given?.length ?? fftSize;
  const hop = options.hop ?? Math.max(1, Math.floor(windowLength / 4));
  const whole = (value: number, least: number) => Number.isInteger(value) && value >= least;
  if (!whole(fftSize, 2) || !whole(hop, 1) || !whole(windowLength, 1) || windowLength > fftSize) {
    throw new TonewrightError(
      "bad-option",
      `frames of ${fftSize} samples, a window of ${windowLength} and a hop of ${hop} samples cannot be`,
      "give whole numbers with a hop of at least 1 and a window not longer than the frame",
    );
  }
  return { fftSize, hop, windowLength, window: windowOf(options.window ?? "hann", windowLength), center, padMode };
}

function framesOf(frameOf: Stft, x: Samples): number {
  const frames = frameOf.frames(x.length);
  if (frames === 0 || x.length === 0) {
    throw new TonewrightError(
      "signal-too-short",
      `${x.length} samples are fewer than one frame of ${frameOf.fftSize}`,
      "give a longer signal, use a smaller fftSize, or centre the frames",
    );
  }
  const bad = x.findIndex((value: number) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new TonewrightError(
      "non-finite-samples",
      `sample ${bad} is ${x[bad]}`,
      "repair the recording: find what produced it, or replace the sample",
    );
  }
  return frames;
}

function tooShortToMirror(samples: number, fftSize: number): TonewrightError {
  return new TonewrightError(
    "signal-too-short",
    `${samples} samples cannot be mirrored around frames of ${fftSize}`,
    `give at least ${Math.floor(fftSize / 2) + 1} samples, or pad with zeros`,
  );
}
