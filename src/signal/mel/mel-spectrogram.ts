import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { stftOptionNames } from "../spectrum/stft.ts";
import { melFilterBankOptionNames } from "./mel-filter-bank.ts";
import { checkSamples } from "../check-sound.ts";
import { checkFinite } from "../level/check-finite.ts";
import type { FeatureMatrix, Samples } from "../matrix.ts";
import { createStft, type StftOptions } from "../spectrum/stft.ts";
import { applyFilterBank, type MelFilterBankOptions, sparseMelFilterBank } from "./mel-filter-bank.ts";

/** Framing and filters of a mel spectrogram; the defaults are librosa's, among them a hop of 512 samples. */
export interface MelOptions extends StftOptions, MelFilterBankOptions {
  readonly fftSize?: number | undefined;
  /** Exponent of the magnitudes before they are filtered: 2 for energies (default), 1 for amplitudes. */
  readonly power?: number | undefined;
}

/** Mel spectra, one frame at a time, with tables made once. */
export interface MelFrames {
  readonly mels: number;
  /** Frames of a signal of that many samples; 0 if it is shorter than a frame and frames are not centred. */
  frames(samples: number): number;
  /** Overwrites `mel`, shape `[mels]`, with frame `t` of `x`. */
  mel(x: Samples, t: number, mel: Float64Array): void;
}

/** @throws TonewrightError `bad-option`, `bad-window`. */
export function createMelFrames(given: MelOptions): MelFrames {
  checkOptions("createMelFrames(options)", given, { ...stftOptionNames, ...melFilterBankOptionNames, power: false });
  const { power = 2, ...options } = given;
  const stft = createStft({ ...options, hop: options.hop ?? 512 });
  const bank = sparseMelFilterBank({ ...options, fftSize: stft.fftSize });
  const spectrum = new Float64Array(stft.bins);
  return {
    mels: bank.filters,
    frames: stft.frames,
    mel(x, t, mel) {
      stft.power(x, t, spectrum);
      if (power === 1) for (let k = 0; k < spectrum.length; k++) spectrum[k] = Math.sqrt(spectrum[k]!);
      else if (power !== 2) for (let k = 0; k < spectrum.length; k++) spectrum[k] = spectrum[k]! ** (power / 2);
      applyFilterBank(bank, spectrum, mel);
    },
  };
}

/**
 * Energy of a signal over time and mel bands.
 *
 * Give the sample rate of the signal: nothing in the samples tells it, and another one moves every band. Take decibels
 * (`logMel`) before a model sees it. Can be computed live, a frame at a time.
 *
 * @param x - Shape `[samples]`, linear amplitude.
 * @returns Shape `[mels, frames]`, `>= 0`, with `1 + floor(samples / hop)` frames if centred.
 * @throws TonewrightError `signal-too-short`, `non-finite-samples`, `bad-option`, `bad-window`.
 * @see librosa.feature.melspectrogram 0.11. A filter above half the sample rate is refused here.
 */
export function melSpectrogram(x: Samples, options: MelOptions): FeatureMatrix {
  checkSamples("melSpectrogram(x, options)", x);
  checkOptions("melSpectrogram(x, options)", options, {
    ...stftOptionNames,
    ...melFilterBankOptionNames,
    power: false,
  });
  const frameOf = createMelFrames(options);
  const frames = frameOf.frames(x.length);
  if (frames === 0 || x.length === 0) {
    throw new TonewrightError(
      "signal-too-short",
      `${x.length} samples are fewer than one frame of ${options.fftSize ?? 2048}`,
      "give a longer signal, use a smaller fftSize, or centre the frames",
    );
  }
  checkFinite(x, { sampleRate: options.sampleRate });
  const rows = frameOf.mels;
  const values = new Float64Array(rows * frames);
  // A block of frames is turned over at once, so that each row is written in runs.
  const block = Array.from({ length: Math.min(16, frames) }, () => new Float64Array(rows));
  for (let first = 0; first < frames; first += block.length) {
    const count = Math.min(block.length, frames - first);
    for (let i = 0; i < count; i++) frameOf.mel(x, first + i, block[i]!);
    for (let m = 0; m < rows; m++) {
      for (let i = 0; i < count; i++) values[m * frames + first + i] = block[i]![m]!;
    }
  }
  return { rows, frames, values };
}
