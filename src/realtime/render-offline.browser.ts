import { TonewrightError } from "../errors/index.ts";
import type { ModelDocument } from "../modelfile/index.ts";
import { createModelNode, type ModelNodeOptions } from "./model-node.browser.ts";

/** How to render. Gains are linear. */
export interface RenderOfflineOptions extends ModelNodeOptions {
  readonly inputGain?: number;
  readonly outputGain?: number;
}

/**
 * The model's output for a whole recording, from the same audio processor that plays live, faster than real time.
 *
 * With both gains at 1 it equals `renderSignal` on the mono signal (the mean of two channels) up to the last bits.
 *
 * @param document - The model.
 * @param channels - One or two channels of one length, at the model's sample rate.
 * @returns Shape `[samples]`.
 * @throws TonewrightError `nothing-to-render`, `render-impossible` (a rate this browser cannot render at), and the codes of `createModelNode`.
 */
export async function renderOffline(
  document: ModelDocument,
  channels: readonly Float32Array[],
  { inputGain = 1, outputGain = 1, ...nodeOptions }: RenderOfflineOptions,
): Promise<Float32Array> {
  const samples = channels[0]?.length ?? 0;
  const { sampleRate } = document;
  if (samples === 0) {
    throw new TonewrightError(
      "nothing-to-render",
      `the recording has ${channels.length} channels of ${samples} samples`,
      "choose a recording that is not empty",
    );
  }
  const context = offlineContext(samples, sampleRate);
  const model = await createModelNode(context, document, nodeOptions);
  model.inputGain.value = inputGain;
  model.outputGain.value = outputGain;
  const source = new AudioBufferSourceNode(context, { buffer: toAudioBuffer(channels, sampleRate) });
  source.connect(model.node).connect(context.destination);
  source.start();
  const rendered = await context.startRendering();
  await model.ready;
  return rendered.getChannelData(0);
}

/** The samples as the Web Audio API holds them. */
export function toAudioBuffer(channels: readonly Float32Array[], sampleRate: number): AudioBuffer {
  const buffer = new AudioBuffer({ numberOfChannels: channels.length, length: channels[0]?.length ?? 0, sampleRate });
  for (const [c, channel] of channels.entries()) buffer.copyToChannel(new Float32Array(channel), c);
  return buffer;
}

function offlineContext(length: number, sampleRate: number): OfflineAudioContext {
  try {
    return new OfflineAudioContext({ numberOfChannels: 1, length, sampleRate });
  } catch (cause) {
    throw new TonewrightError(
      "render-impossible",
      `this browser cannot render ${length} samples at ${sampleRate} Hz: ${cause instanceof Error ? cause.message : String(cause)}`,
      "use `tonewright render` on the command line",
      { cause },
    );
  }
}
