import { TonewrightError } from "../../errors/index.ts";
import { checkFinite } from "../level/check-finite.ts";
import type { Samples } from "../matrix.ts";
import { createRealFft } from "../spectrum/fft.ts";
import { sourceIndex } from "../spectrum/padding.ts";
import { windowOf } from "../spectrum/window.ts";

/** How Kaldi (and with other values HTK) cuts a signal into frames and prepares each of them. */
export interface KaldiFrameOptions {
  /** Hz. Default 16000. */
  readonly sampleRate?: number | undefined;
  /** Default 25. */
  readonly frameMs?: number | undefined;
  /** From one frame to the next. Default 10. */
  readonly hopMs?: number | undefined;
  /** Symmetric windows; `povey` is a Hann window to the power 0.85. Default `povey`. */
  readonly window?: "povey" | "hann" | "hamming" | "blackman" | "boxcar" | undefined;
  /** Subtract each frame's mean. Default yes. */
  readonly removeDc?: boolean | undefined;
  /** Of each frame, its first sample counting as its own predecessor. Default 0.97. */
  readonly preEmphasis?: number | undefined;
  /** Only frames that lie within the signal (default), or one per hop, the ends mirrored. */
  readonly snipEdges?: boolean | undefined;
  /** Zeros after each frame up to a power of two. Default yes. */
  readonly powerOfTwo?: boolean | undefined;
  /**
   * The samples are multiplied by this. Kaldi and HTK read 16-bit integers as they are: 32768 for samples within -1 to
   * 1. The floors depend on it. Default 1, as torchaudio's functions take what they are given.
   */
  readonly amplitude?: number | undefined;
  /** The energy of a frame before pre-emphasis and window (default) or after. */
  readonly rawEnergy?: boolean | undefined;
  /** Energies of frames below count as this. Default 1. */
  readonly energyFloor?: number | undefined;
}

/** Prepared frames and their spectra, one at a time. */
export interface KaldiFrames {
  readonly fftSize: number;
  readonly bins: number;
  readonly count: number;
  /**
   * Overwrites `power`, shape `[bins]`, with the squared magnitudes of frame `t`; returns the logarithm of the frame's
   * energy.
   */
  power(t: number, power: Float64Array): number;
}

/** Kaldi's smallest number whose logarithm is taken: the spacing of float32 at 1. */
export const kaldiFloor = 2 ** -23;

/**
 * @throws TonewrightError `signal-too-short`, `non-finite-samples`, `bad-option`.
 * @see torchaudio.compliance.kaldi 2.0, without dither (0) and without vocal tract length normalization
 */
export function kaldiFrames(x: Samples, options: KaldiFrameOptions): KaldiFrames {
  const { sampleRate = 16000, frameMs = 25, hopMs = 10, window = "povey", removeDc = true } = options;
  const { preEmphasis = 0.97, snipEdges = true, powerOfTwo = true, amplitude = 1 } = options;
  const { rawEnergy = true, energyFloor = 1 } = options;
  const length = Math.trunc(sampleRate * frameMs * 0.001);
  const hop = Math.trunc(sampleRate * hopMs * 0.001);
  const fftSize = powerOfTwo ? 2 ** Math.ceil(Math.log2(length)) : length;
  if (!(length >= 2) || !(hop >= 1) || fftSize > 2 ** 27 || !(preEmphasis >= 0 && preEmphasis <= 1)) {
    throw new TonewrightError(
      "bad-option",
      `frames of ${frameMs} ms every ${hopMs} ms at ${sampleRate} Hz with pre-emphasis ${preEmphasis} cannot be`,
      "give frames of at least two samples, a hop of at least one, and pre-emphasis from 0 to 1",
    );
  }
  if (x.length < length) {
    throw new TonewrightError(
      "signal-too-short",
      `${x.length} samples are fewer than one frame of ${length}`,
      "give a longer signal, or use shorter frames",
    );
  }
  checkFinite(x, { sampleRate });
  const count = snipEdges
    ? 1 + Math.floor((x.length - length) / hop)
    : Math.floor((x.length + Math.floor(hop / 2)) / hop);
  const before = snipEdges ? 0 : Math.floor(length / 2) - Math.floor(hop / 2);
  const source = sourceIndex("symmetric", x.length);
  const shape = windowOf(window, length, { symmetric: true });
  const fft = createRealFft(fftSize);
  const frame = new Float64Array(fftSize);
  const re = new Float64Array(fft.bins);
  const im = new Float64Array(fft.bins);
  const logEnergy = () => {
    let sum = 0;
    for (let n = 0; n < length; n++) sum += frame[n]! * frame[n]!;
    return Math.log(Math.max(sum, kaldiFloor, energyFloor));
  };

  return {
    fftSize,
    bins: fft.bins,
    count,
    power(t, power) {
      const start = t * hop - before;
      let mean = 0;
      for (let n = 0; n < length; n++) {
        const at = start + n;
        frame[n] = amplitude * x[at >= 0 && at < x.length ? at : source(at)]!;
        mean += frame[n]!;
      }
      mean /= length;
      if (removeDc) for (let n = 0; n < length; n++) frame[n]! -= mean;
      const raw = rawEnergy ? logEnergy() : 0;
      for (let n = length - 1; n > 0; n--) frame[n] = (frame[n]! - preEmphasis * frame[n - 1]!) * shape[n]!;
      frame[0] = (frame[0]! - preEmphasis * frame[0]!) * shape[0]!;
      fft.forward(frame, re, im);
      for (let k = 0; k < power.length; k++) power[k] = re[k]! * re[k]! + im[k]! * im[k]!;
      return rawEnergy ? raw : logEnergy();
    },
  };
}
