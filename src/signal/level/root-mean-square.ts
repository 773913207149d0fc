import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkMatrix, checkSamples } from "../check-sound.ts";
import type { FeatureMatrix, Samples } from "../matrix.ts";
import { checkMagnitude } from "../spectral/check-magnitude.ts";
import { type PadMode, pad } from "../spectrum/padding.ts";
import { checkFinite } from "./check-finite.ts";

/** How a signal is cut into frames for level and zero crossings; no window is applied. */
export interface LevelFrames {
  /** Samples. Default 2048. */
  readonly frameLength?: number | undefined;
  /** Samples from one frame to the next. Default 512. */
  readonly hop?: number | undefined;
  /** Frame `t` is centred on sample `t * hop` (default), or starts there. */
  readonly center?: boolean | undefined;
}

/**
 * Root mean square of each frame: the level over time.
 *
 * The first and last frames reach into the padding, and show half the energy with zeros. Can be computed live.
 *
 * @param x - Shape `[samples]`, linear amplitude.
 * @param options.padMode - What stands outside the signal where frames are centred. Default zeros.
 * @returns Shape `[1, frames]`, linear amplitude, `>= 0`.
 * @throws TonewrightError `signal-too-short` (also for an empty signal, where librosa returns a frame of 0),
 * `non-finite-samples`, `bad-option`.
 * @see librosa.feature.rms 0.11
 */
export function frameRms(x: Samples, given: LevelFrames & { readonly padMode?: PadMode } = {}): FeatureMatrix {
  checkSamples("frameRms(x, options)", x);
  checkOptions("frameRms(x, options)", given, { frameLength: false, hop: false, center: false, padMode: false });
  const { padMode = "zero", ...options } = given;
  const { padded, frameLength, hop, frames } = levelFrames(x, padMode, options);
  const values = new Float64Array(frames);
  for (let t = 0; t < frames; t++) {
    let sum = 0;
    const end = t * hop + frameLength;
    for (let n = t * hop; n < end; n++) sum += padded[n]! * padded[n]!;
    values[t] = Math.sqrt(sum / frameLength);
  }
  return { rows: 1, frames, values };
}

/**
 * Root mean square of each frame of a spectrogram, by Parseval's theorem.
 *
 * Counts the window in, so that it lies below the level of the signal (by 4.3 dB under a Hann window). Can be computed
 * live.
 *
 * @param magnitude - Shape `[bins, frames]`, amplitudes, not energies.
 * @param options.frameLength - Samples per transform. Default twice the rows, less 2.
 * @returns Shape `[1, frames]`, linear amplitude, `>= 0`.
 * @throws TonewrightError `bad-option` if the rows do not fit, `non-finite-values`, `negative-magnitude`.
 * @see librosa.feature.rms 0.11 with S
 */
export function spectrogramRms(
  magnitude: FeatureMatrix,
  options: { readonly frameLength?: number } = {},
): FeatureMatrix {
  checkMatrix("spectrogramRms(magnitude, options)", magnitude);
  checkOptions("spectrogramRms(magnitude, options)", options, { frameLength: false });
  const { frameLength = 2 * (magnitude.rows - 1) } = options;
  const { rows, frames, values } = magnitude;
  if (rows !== Math.floor(frameLength / 2) + 1) {
    throw new TonewrightError(
      "bad-option",
      `spectrogramRms: ${rows} rows do not come from frames of ${frameLength} samples`,
      `give frameLength ${2 * (rows - 1)} or ${2 * rows - 1}`,
    );
  }
  checkMagnitude(magnitude);
  const level = new Float64Array(frames);
  for (let k = 0; k < rows; k++) {
    // All bins but the first, and the last of an even transform, stand for two.
    const sides = k === 0 || 2 * k === frameLength ? 1 : 2;
    for (let t = 0; t < frames; t++) level[t]! += sides * values[k * frames + t]! ** 2;
  }
  return { rows: 1, frames, values: level.map((sum) => Math.sqrt(sum) / frameLength) };
}

/** A signal with its padding, and how many frames it has. */
export function levelFrames(x: Samples, padMode: PadMode, options: LevelFrames) {
  const { frameLength = 2048, hop = 512, center = true } = options;
  if (!Number.isInteger(frameLength) || frameLength < 1 || !Number.isInteger(hop) || hop < 1) {
    throw new TonewrightError(
      "bad-option",
      `frames of ${frameLength} samples with a hop of ${hop} cannot be`,
      "give whole numbers from 1",
    );
  }
  const around = center ? Math.floor(frameLength / 2) : 0;
  if (x.length === 0 || x.length + 2 * around < frameLength) {
    throw new TonewrightError(
      "signal-too-short",
      `${x.length} samples are fewer than one frame of ${frameLength}`,
      "give a longer signal, use shorter frames, or centre them",
    );
  }
  checkFinite(x);
  const padded = pad(x, { before: around, after: around, mode: padMode });
  return { padded, frameLength, hop, frames: 1 + Math.floor((padded.length - frameLength) / hop) };
}
