import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkRecording, checkChannels } from "../check-sound.ts";
import type { Recording } from "../recording.ts";

/**
 * What channels become: `mono`, `stereo`, or a table of gains with a row for each new channel and a column for each old one.
 */
export type ChannelMix = "mono" | "stereo" | readonly (readonly number[])[];

const half = Math.SQRT1_2;

/** Centre and surrounds go to both sides 3 dB down, the low-frequency channel nowhere (ITU-R BS.775-3, table 2). */
const stereoGains: Readonly<Record<number, readonly (readonly number[])[]>> = {
  1: [[1], [1]],
  2: [
    [1, 0],
    [0, 1],
  ],
  3: [
    [1, 0, half],
    [0, 1, half],
  ],
  4: [
    [1, 0, half, 0],
    [0, 1, 0, half],
  ],
  5: [
    [1, 0, half, half, 0],
    [0, 1, half, 0, half],
  ],
  6: [
    [1, 0, half, 0, half, 0],
    [0, 1, half, 0, 0, half],
  ],
};

/**
 * The recording with its channels mixed.
 *
 * `mono` is the mean of all channels, so what is out of phase cancels: take one channel instead where that may be.
 * `stereo` puts a single channel on both sides and folds 3 to 6 channels in the order of WAV files (left, right, centre;
 * left, right, two surrounds; with centre; with centre and low frequencies); such a sum can exceed 1.
 *
 * @param recording - At least one channel.
 * @param options.to - What to make.
 * @returns A new recording at the same rate.
 * @throws TonewrightError `empty-recording` without channels.
 * @throws TonewrightError `bad-option` for a table of another width, or stereo from more than 6 channels.
 * @see librosa.to_mono; ITU-R BS.775-3
 */
export function mixChannels(recording: Recording, options: { readonly to: ChannelMix }): Recording {
  checkRecording("mixChannels(recording, options)", recording);
  checkOptions("mixChannels(recording, options)", options, { to: true });
  const { to } = options;
  const { channels, sampleRate } = recording;
  if (channels.length === 0) {
    throw new TonewrightError("empty-recording", "the recording has no channels", "choose a file with sound in it");
  }
  if (to === "mono") return { channels: [meanOfChannels(channels)], sampleRate };
  const gains = to === "stereo" ? stereoGains[channels.length] : to;
  if (gains === undefined) {
    throw new TonewrightError(
      "bad-option",
      `mixChannels: there is no rule that folds ${channels.length} channels to stereo`,
      "give a table of gains: two rows of one number for each channel",
    );
  }
  return { channels: gains.map((row, c) => weightedSum(channels, row, c)), sampleRate };
}

/**
 * The mean of some channels, summed in float64.
 *
 * @param channels - Shape `[channels][samples]`, all of one length, at least one.
 * @returns Shape `[samples]`.
 * @see librosa.to_mono
 */
export function meanOfChannels(channels: readonly Float32Array[]): Float32Array {
  checkChannels("meanOfChannels(channels)", channels);
  const mean = new Float32Array(channels[0]?.length ?? 0);
  for (let n = 0; n < mean.length; n++) {
    let sum = 0;
    for (const channel of channels) sum += channel[n]!;
    mean[n] = sum / channels.length;
  }
  return mean;
}

/**
 * Some of the channels, in the order asked for; one may be taken twice.
 *
 * @param recording - Any recording.
 * @param options.channels - Counted from 0.
 * @returns A recording whose channels are those of the given one, not copies.
 * @throws TonewrightError `no-such-channel`.
 */
export function selectChannels(recording: Recording, options: { readonly channels: readonly number[] }): Recording {
  checkRecording("selectChannels(recording, options)", recording);
  checkOptions("selectChannels(recording, options)", options, { channels: true });
  const { channels } = options;
  const count = recording.channels.length;
  const selected = channels.map((c) => {
    const channel = recording.channels[c];
    if (channel !== undefined) return channel;
    throw new TonewrightError(
      "no-such-channel",
      `selectChannels: channel ${c} was asked for, the recording has ${count}`,
      count === 0 ? "choose a file with sound in it" : `count from 0: give numbers up to ${count - 1}`,
    );
  });
  return { channels: selected, sampleRate: recording.sampleRate };
}

function weightedSum(channels: readonly Float32Array[], gains: readonly number[], row: number): Float32Array {
  if (gains.length !== channels.length || !gains.every(Number.isFinite)) {
    throw new TonewrightError(
      "bad-option",
      `mixChannels: row ${row + 1} holds the gains ${gains.join(", ")} for ${channels.length} channels`,
      "give one finite number for each channel of the recording",
    );
  }
  const y = new Float32Array(channels[0]!.length);
  for (let n = 0; n < y.length; n++) {
    let sum = 0;
    for (let c = 0; c < gains.length; c++) sum += gains[c]! * channels[c]![n]!;
    y[n] = sum;
  }
  return y;
}
