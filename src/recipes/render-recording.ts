import { type ChannelChoice, toMono } from "../datasets/index.ts";
import { TonewrightError } from "../errors/index.ts";
import type { ModelDocument } from "../modelfile/index.ts";
import { renderSignal } from "../realtime/index.ts";
import { dbFromAmplitude, type DecodedRecording, peak } from "../signal/index.ts";

/** Rendered audio, and what is worth knowing about it. */
export interface RenderedRecording {
  /** Shape `[channels][samples]`. */
  readonly channels: Float32Array[];
  readonly facts: {
    readonly seconds: number;
    readonly peak: number;
    /** `null` if it is silent. */
    readonly peakDb: number | null;
    /** Samples beyond ±1: an integer format clips them. */
    readonly overFullScale: number;
    readonly timesRealtime: number;
  };
}

/**
 * A recording as it sounds through a model, with the engine that plays live, from a settled start.
 *
 * Each channel goes through a model of its own.
 *
 * @param document - The model.
 * @param options.recording - At the model's sample rate.
 * @param options.name - Of the recording, for messages; `modelName` likewise.
 * @param options.channel - Renders one channel of a stereo recording.
 * @param options.clock - Milliseconds, for the speed.
 * @throws TonewrightError `rate-mismatch` if the rates differ; `model-output` if the output is not a number.
 */
export function renderRecording(
  document: ModelDocument,
  {
    recording,
    name,
    modelName,
    channel,
    clock,
  }: {
    recording: DecodedRecording;
    name: string;
    modelName: string;
    channel?: ChannelChoice | undefined;
    clock: () => number;
  },
): RenderedRecording {
  requireSameRate(document, { modelName, recording, name });
  const inputs = channel === undefined ? recording.channels : [toMono(recording, { channel, name }).samples];
  const began = clock();
  const channels = inputs.map((input) => renderSignal(document, input));
  const elapsed = (clock() - began) / 1000;
  const seconds = (inputs[0]?.length ?? 0) / recording.sampleRate;
  for (const output of channels) {
    const n = output.findIndex((value) => !Number.isFinite(value));
    if (n < 0) continue;
    throw new TonewrightError(
      "model-output",
      `the model "${modelName}" gives ${output[n]} at ${(n / recording.sampleRate).toFixed(4)} s of "${name}"`,
      "lower the input's level; if that does not help, the model's weights are damaged",
    );
  }
  const largest = Math.max(...channels.map(peak));
  return {
    channels,
    facts: {
      seconds,
      peak: largest,
      peakDb: largest > 0 ? dbFromAmplitude(largest) : null,
      overFullScale: channels.reduce((sum, output) => sum + output.filter((value) => Math.abs(value) > 1).length, 0),
      timesRealtime: (seconds * channels.length) / Math.max(elapsed, 1e-6),
    },
  };
}

/** Refuses a recording that is not at the model's rate. */
export function requireSameRate(
  { sampleRate }: ModelDocument,
  { modelName, recording, name }: { modelName: string; recording: DecodedRecording; name: string },
): void {
  if (recording.sampleRate === sampleRate) return;
  throw new TonewrightError(
    "rate-mismatch",
    `"${name}" is ${recording.sampleRate} Hz, the model "${modelName}" is for ${sampleRate} Hz`,
    `resample the recording to ${sampleRate} Hz, or use a model trained at ${recording.sampleRate} Hz`,
  );
}
