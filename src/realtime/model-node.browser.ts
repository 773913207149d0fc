import { TonewrightError } from "../errors/index.ts";
import { fastestBuild, type KernelBuild, kernelBytes } from "../kernels/index.ts";
import type { ModelDocument } from "../modelfile/index.ts";
import { addProcessor } from "./add-processor.browser.ts";
import {
  type ModelProcessorMessage,
  type ModelProcessorOptions,
  modelProcessorName,
} from "./model-processor-messages.ts";

/** How to make a model node. */
export interface ModelNodeOptions {
  /** Address of the bundled `model-processor.worklet.ts`: one module file that imports nothing. */
  readonly processorUrl: string | URL;
  /** Default: the fastest one this browser accepts. */
  readonly build?: KernelBuild;
}

/** A model as a node of an audio graph. Connect `node`; set the parameters at once or along a curve. */
export interface ModelNode {
  /** One input (one or two channels), one mono output. */
  readonly node: AudioWorkletNode;
  /** Gain in front of the model, linear, 1 at first. */
  readonly inputGain: AudioParam;
  /** Gain of what is heard, linear, 1 at first. */
  readonly outputGain: AudioParam;
  /** 0 is the model, 1 the dry input; crossfaded over 10 ms. */
  readonly bypass: AudioParam;
  /**
   * Settles when the model runs on the audio thread. An offline context may run nothing before `startRendering`, so
   * await it after that.
   */
  readonly ready: Promise<void>;
}

/**
 * The model as an `AudioWorkletNode`, running when this returns.
 *
 * The context must have the model's sample rate: make it with `new AudioContext({ sampleRate: document.sampleRate })`.
 * Works without cross-origin isolation. For an `OfflineAudioContext` it does not wait for the audio thread: see `ready`.
 *
 * @param context - Live or offline.
 * @param document - The model.
 * @returns The node and its three parameters; nothing is connected yet.
 * @throws TonewrightError `rate-mismatch`, `no-audio-worklet` (the page is neither on https nor on localhost),
 *   `processor-not-loaded`, `processor-failed`, `no-simd`, `unsupported-model`.
 */
export async function createModelNode(
  context: BaseAudioContext,
  document: ModelDocument,
  { processorUrl, build = fastestBuild() }: ModelNodeOptions,
): Promise<ModelNode> {
  const { architecture, sampleRate, weights, metadata } = document;
  if (context.sampleRate !== sampleRate) {
    throw new TonewrightError(
      "rate-mismatch",
      `the audio context runs at ${context.sampleRate} Hz, the model "${metadata.name}" at ${sampleRate} Hz`,
      `make the context with { sampleRate: ${sampleRate} }`,
    );
  }
  await addProcessor(context, processorUrl);
  const processorOptions: ModelProcessorOptions = {
    document: { architecture, sampleRate, weights, metadata: { name: metadata.name } },
    kernelBytes: kernelBytes(build),
    build,
  };
  const node = new AudioWorkletNode(context, modelProcessorName, {
    numberOfInputs: 1,
    numberOfOutputs: 1,
    outputChannelCount: [1],
    channelCount: 2,
    channelCountMode: "clamped-max",
    processorOptions,
  });
  const ready = readyOf(node);
  if (!(context instanceof OfflineAudioContext)) await ready;
  return {
    node,
    inputGain: parameter(node, "inputGain"),
    outputGain: parameter(node, "outputGain"),
    bypass: parameter(node, "bypass"),
    ready,
  };
}

function readyOf(node: AudioWorkletNode): Promise<void> {
  const ready = new Promise<void>((resolve, reject) => {
    node.port.onmessage = ({ data }: MessageEvent<ModelProcessorMessage>) => {
      if (data.type === "ready") resolve();
      else reject(new TonewrightError(data.code, data.message, data.hint));
    };
    node.addEventListener("processorerror", () => {
      reject(
        new TonewrightError(
          "processor-failed",
          "the audio processor stopped with an error",
          "reload the page; if it happens again, report it with the browser's version",
        ),
      );
    });
  });
  // Whoever does not wait for it (an offline context) must not get an unhandled rejection on top of the failed render.
  ready.catch(() => {});
  return ready;
}

function parameter(node: AudioWorkletNode, name: string): AudioParam {
  const found = node.parameters.get(name);
  if (found === undefined) throw new Error(`bug: the processor has no parameter ${name}`);
  return found;
}
