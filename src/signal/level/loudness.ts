import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkChannels } from "../check-sound.ts";
import type { Samples } from "../matrix.ts";
import { LoudnessBlocks } from "./loudness-blocks.ts";
import { gate, lufsFromPower, rangeOf } from "./loudness-gates.ts";

/** What a loudness is measured of. A `Recording` holds the rate under this name: `integratedLoudness(r.channels, r)`. */
export interface LoudnessOptions {
  /** Hz, from 4000. */
  readonly sampleRate: number;
  /**
   * How much the power of each channel counts. By default 1, with 1.41 for surrounds and 0 for low frequencies in the order
   * of WAV files (4 channels: left, right, two surrounds; 5: with centre; 6: with centre and low frequencies).
   */
  readonly weights?: readonly number[] | undefined;
}

/**
 * Loudness of a whole programme, in LUFS: the power after the K weighting of all moments that are not too quiet to count.
 *
 * A single channel counts once, so the same sound on two reads 3 LU more. Two rules leave blocks out: those of -70 LUFS or
 * less, then those 10 LU or more below the mean of the rest.
 *
 * @param channels - Shape `[channels][samples]`, full scale at 1.
 * @param options - See `LoudnessOptions`.
 * @returns LUFS; `-Infinity` where nothing is above -70 LUFS.
 * @throws TonewrightError `signal-too-short` below 0.4 s.
 * @throws TonewrightError `bad-sample-rate` below 4000 Hz.
 * @throws TonewrightError `bad-option` for more than 6 channels without weights.
 * @throws TonewrightError `length-mismatch`, `non-finite-samples`.
 * @see ITU-R BS.1770-4, EBU R 128
 */
export function integratedLoudness(channels: readonly Samples[], options: LoudnessOptions): number {
  checkChannels("integratedLoudness(channels, options)", channels);
  checkOptions("integratedLoudness(channels, options)", options, { sampleRate: true, weights: false });
  return lufsFromPower(gate(blocksOf(channels, options, "momentary"), -10).mean);
}

/**
 * How far the loud and the quiet parts of a programme lie apart, in LU: the 10th to the 95th percentile of its short-term
 * loudness, without what is below -70 LUFS or 20 LU below the mean.
 *
 * @param channels - Shape `[channels][samples]`; some minutes give a number that means something.
 * @param options - See `LoudnessOptions`.
 * @returns LU, `>= 0`; 0 where nothing is above -70 LUFS.
 * @throws TonewrightError `signal-too-short` below 3 s; otherwise as `integratedLoudness`.
 * @see EBU Tech 3342; blocks of 3 s every 0.1 s, as ffmpeg's ebur128 takes them
 */
export function loudnessRange(channels: readonly Samples[], options: LoudnessOptions): number {
  checkChannels("loudnessRange(channels, options)", channels);
  checkOptions("loudnessRange(channels, options)", options, { sampleRate: true, weights: false });
  return rangeOf(blocksOf(channels, options, "shortTerm"));
}

/**
 * Loudness over time in blocks of 0.4 s, without gates.
 *
 * @param channels - Shape `[channels][samples]`.
 * @param options - See `LoudnessOptions`.
 * @returns LUFS, shape `[blocks]`: block t begins at `t / 10` s. `-Infinity` where there are only zeros.
 * @throws TonewrightError `signal-too-short` below 0.4 s; otherwise as `integratedLoudness`.
 * @see EBU Tech 3341
 */
export function momentaryLoudness(channels: readonly Samples[], options: LoudnessOptions): Float64Array {
  checkChannels("momentaryLoudness(channels, options)", channels);
  checkOptions("momentaryLoudness(channels, options)", options, { sampleRate: true, weights: false });
  return blocksOf(channels, options, "momentary").map(lufsFromPower);
}

/**
 * Loudness over time in blocks of 3 s, without gates.
 *
 * @param channels - Shape `[channels][samples]`.
 * @param options - See `LoudnessOptions`.
 * @returns LUFS, shape `[blocks]`: block t begins at `t / 10` s. `-Infinity` where there are only zeros.
 * @throws TonewrightError `signal-too-short` below 3 s; otherwise as `integratedLoudness`.
 * @see EBU Tech 3341
 */
export function shortTermLoudness(channels: readonly Samples[], options: LoudnessOptions): Float64Array {
  checkChannels("shortTermLoudness(channels, options)", channels);
  checkOptions("shortTermLoudness(channels, options)", options, { sampleRate: true, weights: false });
  return blocksOf(channels, options, "shortTerm").map(lufsFromPower);
}

function blocksOf(
  channels: readonly Samples[],
  { sampleRate, weights }: LoudnessOptions,
  series: "momentary" | "shortTerm",
): Float64Array {
  const blocks = new LoudnessBlocks({ sampleRate, channels: channels.length, weights });
  blocks.push(channels);
  const { powers } = blocks[series];
  if (powers.length > 0) return Float64Array.from(powers);
  const seconds = series === "momentary" ? 0.4 : 3;
  throw new TonewrightError(
    "signal-too-short",
    `loudness of ${blocks.received} samples at ${sampleRate} Hz, which is less than ${seconds} s`,
    `give at least ${Math.round(seconds * sampleRate)} samples`,
  );
}
