import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkRecording, checkSamples, checkChannels } from "../check-sound.ts";
import type { Samples } from "../matrix.ts";
import type { Recording } from "../recording.ts";
import type { Span } from "../spectrum/correlation.ts";
import { amplitudeToDb } from "../spectrum/decibels.ts";
import { checkFinite } from "./check-finite.ts";
import { frameRms } from "./root-mean-square.ts";

/** What counts as silence. */
export interface SilenceOptions {
  /**
   * Frames this far below the reference or further are silent, dB above 0. Default 60. Nothing counts as quieter than an
   * amplitude of 1e-5: where the loudest frame is below -40 dB, ask for less than 60.
   */
  readonly topDb?: number;
  /** 0 dB: the loudest frame (`max`, the default), or an amplitude. */
  readonly reference?: "max" | number;
  /** Samples per frame. Default 2048. */
  readonly frameLength?: number;
  /** Samples from one frame to the next. Default 512. */
  readonly hop?: number;
}

/**
 * The signal without the silence at its ends, and where that was cut.
 *
 * The cuts fall on whole hops, and up to half a frame of silence stays. A signal of zeros throughout is returned whole by
 * default, since nothing in it is quieter than its loudest frame.
 *
 * @param y - Shape `[samples]`.
 * @param options - See `SilenceOptions`.
 * @returns `samples`, a view of `y`, empty if every frame is silent; and its `span` in `y`.
 * @throws TonewrightError `bad-option`, `non-finite-samples`.
 * @see librosa.effects.trim 0.11
 */
export function trim<S extends Samples>(
  y: S,
  options: SilenceOptions = {},
): { readonly samples: S; readonly span: Span } {
  checkSamples("trim(y, options)", y);
  checkOptions("trim(y, options)", options, { topDb: false, reference: false, frameLength: false, hop: false });
  const span = outerSpan([y], options);
  return { samples: y.subarray(span.start, span.end) as S, span };
}

/**
 * The recording without the silence at its ends: what is silent in every channel.
 *
 * @param recording - Any recording.
 * @param options - See `SilenceOptions`; the loudest frame is that of all channels.
 * @returns A recording of views, and its span in the given one.
 * @throws TonewrightError `bad-option`, `non-finite-samples` (which names the channel).
 * @see librosa.effects.trim 0.11, with `aggregate` its default
 */
export function trimRecording(
  recording: Recording,
  options: SilenceOptions = {},
): { readonly recording: Recording; readonly span: Span } {
  checkRecording("trimRecording(recording, options)", recording);
  checkOptions("trimRecording(recording, options)", options, {
    topDb: false,
    reference: false,
    frameLength: false,
    hop: false,
  });
  const span = outerSpan(recording.channels, options);
  const channels = recording.channels.map((channel) => channel.subarray(span.start, span.end));
  return { recording: { channels, sampleRate: recording.sampleRate }, span };
}

/**
 * The stretches of a sound that are not silent.
 *
 * They begin and end on whole hops: cut the signal there with `subarray`. Two stretches are apart where one frame at least
 * is silent.
 *
 * @param y - One signal, shape `[samples]`, or channels of one length, which are silent where all of them are.
 * @param options - See `SilenceOptions`.
 * @returns In order of time; empty if every frame is silent or there are no samples.
 * @throws TonewrightError `bad-option`, `length-mismatch`, `non-finite-samples`.
 * @see librosa.effects.split 0.11
 */
export function splitOnSilence(y: Samples | readonly Samples[], options: SilenceOptions = {}): Span[] {
  checkOptions("splitOnSilence(y, options)", options, {
    topDb: false,
    reference: false,
    frameLength: false,
    hop: false,
  });
  const channels = ArrayBuffer.isView(y) ? [y] : y;
  checkChannels("splitOnSilence(y, options)", channels);
  const length = channels[0]?.length ?? 0;
  if (length === 0) return [];
  const { hop = 512 } = options;
  const loud = loudFrames(channels, options);
  const spans: Span[] = [];
  for (let t = 0; t < loud.length; t++) {
    if (!loud[t]) continue;
    const start = t;
    while (loud[t + 1]) t++;
    spans.push({ start: Math.min(length, start * hop), end: Math.min(length, (t + 1) * hop) });
  }
  return spans;
}

function outerSpan(channels: readonly Samples[], options: SilenceOptions): Span {
  const spans = splitOnSilence(channels, options);
  return { start: spans[0]?.start ?? 0, end: spans.at(-1)?.end ?? 0 };
}

/** For each frame, centred on its hop, whether any channel is loud. */
function loudFrames(
  channels: readonly Samples[],
  { topDb = 60, reference = "max", frameLength = 2048, hop = 512 }: SilenceOptions,
): boolean[] {
  if (!(topDb > 0) || (reference !== "max" && !(Math.abs(reference) < Number.POSITIVE_INFINITY))) {
    throw new TonewrightError(
      "bad-option",
      `silence ${topDb} dB below ${reference}`,
      'give topDb above 0 and as reference "max" or an amplitude',
    );
  }
  const length = channels[0]?.length ?? 0;
  for (const [c, channel] of channels.entries()) {
    const where = channels.length > 1 ? `channel ${c + 1}: ` : "";
    if (channel.length !== length) {
      throw new TonewrightError(
        "length-mismatch",
        `${where}${channel.length} samples, the first channel has ${length}`,
        "give channels of one length",
      );
    }
    checkFinite(channel, { where });
  }
  const levels = channels.map((channel) => frameRms(channel, { frameLength, hop }));
  const frames = levels[0]?.frames ?? 0;
  const all = new Float64Array(channels.length * frames);
  for (const [c, level] of levels.entries()) all.set(level.values, c * frames);
  const db = amplitudeToDb(all, { reference, topDb: null });
  return Array.from({ length: frames }, (_, t) => channels.some((_, c) => db[c * frames + t]! > -topDb));
}
