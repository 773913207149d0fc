import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkMatrix } from "../check-sound.ts";
import type { FeatureMatrix } from "../matrix.ts";
import { checkMagnitude } from "../spectral/check-magnitude.ts";
import { sourceIndex } from "../spectrum/padding.ts";

/** Parameters of per-channel energy normalization; the defaults are librosa's. */
export interface PcenOptions {
  /** Hz. Default 22050. */
  readonly sampleRate?: number | undefined;
  /** Samples from one frame to the next. Default 512. */
  readonly hop?: number | undefined;
  /** How much of the slow level is divided out, 0 to 1. Default 0.98. */
  readonly gain?: number | undefined;
  /** Default 2. */
  readonly bias?: number | undefined;
  /** Exponent of the compression; 0 for a logarithm. Default 0.5. */
  readonly power?: number | undefined;
  /** Of the slow level. Default 0.4. */
  readonly timeConstantSeconds?: number | undefined;
  /** Keeps silence from being divided by 0. Default 1e-6. */
  readonly epsilon?: number | undefined;
  /** Weight of a new frame in the slow level, 0 to 1; replaces `timeConstantSeconds`. */
  readonly smoothing?: number | undefined;
  /** The level is taken from the largest of so many neighbouring bands. Default 1. */
  readonly maxBands?: number | undefined;
}

/** A normalization that goes on from frame to frame. */
export interface Pcen {
  /** Shape `[bands]`: the slow level so far. Store it to go on later; it may be overwritten to do so. */
  readonly level: Float64Array;
  /** Overwrites `out`, shape `[bands]`, with one frame of energies normalized. `out` may be `energies`. */
  process(energies: Float64Array, out: Float64Array): void;
}

/**
 * Energies divided by their own slow level and compressed, band by band: steady noise goes, onsets stay.
 *
 * Made for energies of integer samples, and the level begins at 1: multiply energies of samples within -1 to 1 by 2^31
 * first. Can be computed live with `createPcen`, which gives the same numbers.
 *
 * @param energies - Shape `[bands, frames]`, `>= 0`.
 * @returns The same shape, `>= 0`.
 * @throws TonewrightError `bad-option`, `non-finite-values`, `negative-magnitude`.
 * @see librosa.pcen 0.11; Wang et al. 2017, https://arxiv.org/abs/1607.05666
 */
export function pcen(energies: FeatureMatrix, options: PcenOptions = {}): FeatureMatrix {
  checkMatrix("pcen(energies, options)", energies);
  checkOptions("pcen(energies, options)", options, {
    sampleRate: false,
    hop: false,
    gain: false,
    bias: false,
    power: false,
    timeConstantSeconds: false,
    epsilon: false,
    smoothing: false,
    maxBands: false,
  });
  checkMagnitude(energies);
  const { rows, frames, values } = energies;
  const one = createPcen(rows, options);
  const frame = new Float64Array(rows);
  const normalized = new Float64Array(values.length);
  for (let t = 0; t < frames; t++) {
    for (let row = 0; row < rows; row++) frame[row] = values[row * frames + t]!;
    one.process(frame, frame);
    for (let row = 0; row < rows; row++) normalized[row * frames + t] = frame[row]!;
  }
  return { rows, frames, values: normalized };
}

/**
 * The same, frame by frame. `process` allocates nothing, and does not look for NaN, which would stay in the level.
 *
 * @throws TonewrightError `bad-option`.
 */
export function createPcen(bands: number, options: PcenOptions = {}): Pcen {
  const { sampleRate = 22050, hop = 512, gain = 0.98, bias = 2, power = 0.5, epsilon = 1e-6, maxBands = 1 } = options;
  const { timeConstantSeconds = 0.4 } = options;
  const frames = (timeConstantSeconds * sampleRate) / hop;
  const { smoothing = (Math.sqrt(1 + 4 * frames * frames) - 1) / (2 * frames * frames) } = options;
  const positive = epsilon > 0 && timeConstantSeconds > 0 && Number.isInteger(maxBands) && maxBands >= 1;
  if (!(power >= 0 && gain >= 0 && bias >= 0 && smoothing >= 0 && smoothing <= 1) || !positive) {
    throw new TonewrightError(
      "bad-option",
      `pcen: gain ${gain}, bias ${bias}, power ${power}, epsilon ${epsilon}, smoothing ${smoothing}, maxBands ${maxBands}`,
      "give gain, bias and power from 0, epsilon and time constant above 0, smoothing from 0 to 1, whole maxBands from 1",
    );
  }
  const level = new Float64Array(bands).fill(1);
  const largest = new Float64Array(bands);
  const mirrored = sourceIndex("symmetric", Math.max(1, bands));
  const logEpsilon = Math.log(epsilon);
  const scale = bias ** power;
  return {
    level,
    process(energies, out) {
      for (let band = 0; band < bands; band++) {
        let most = energies[band]!;
        const from = band - Math.floor(maxBands / 2);
        for (let k = from; maxBands > 1 && k < from + maxBands; k++) most = Math.max(most, energies[mirrored(k)]!);
        largest[band] = most;
      }
      for (let band = 0; band < bands; band++) {
        const slow = smoothing * largest[band]! + (1 - smoothing) * level[band]!;
        level[band] = slow;
        const energy = energies[band]!;
        const share = Math.exp(-gain * (logEpsilon + Math.log1p(slow / epsilon)));
        if (power === 0) out[band] = Math.log1p(energy * share);
        else if (bias === 0) out[band] = Math.exp(power * (Math.log(energy) + Math.log(share)));
        else out[band] = scale * Math.expm1(power * Math.log1p((energy * share) / bias));
      }
    },
  };
}
