import { isTonewrightError } from "../errors/index.ts";
import { createKernelsFromBytes } from "../kernels/index.ts";
import { createEngine } from "./create-engine.ts";
import type { Engine } from "./engine.ts";
import {
  type ModelProcessorMessage,
  type ModelProcessorOptions,
  modelProcessorName,
} from "./model-processor-messages.ts";

// What an AudioWorkletGlobalScope adds to the language; TypeScript's DOM library does not declare it.
declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: typeof ModelProcessor): void;

/** A change of gain takes about this long, so that a moved slider does not click. */
const gainSeconds = 0.005;
/** The crossfade between model and dry sound. */
const bypassSeconds = 0.01;
/** Smaller steps of a gain are not heard; the gain jumps to its target. */
const smallestGainStep = 1e-6;
/** Below this (-600 dB) a sample counts as silence, so that a dying note does not end in slow subnormal numbers. */
const smallestInput = 1e-30;
/** A sample beyond this (or NaN) is a fault of the source; it would stay in a recurrent model's state for ever. */
const largestInput = 1e6;

/**
 * Runs a model document on the audio thread: mono, no latency, any block size, nothing allocated while playing.
 *
 * The model hears the first input channel, or the mean of two; every output channel gets the same signal. Without an
 * input it hears silence. Parameters: `inputGain` in front of the model, `outputGain` behind it (both linear), `bypass`
 * from 0 (model) to 1 (dry input). The dry sound does not take the input gain but takes the output gain, the volume of
 * what is heard. The model runs on while bypassed, so that it comes back in the state it would have had.
 *
 * WebAssembly has no mode that flushes subnormal numbers. A trained model's biases keep its values away from zero; what
 * remains, an input that dies away, is cut to zero here at -600 dB.
 */
class ModelProcessor extends AudioWorkletProcessor {
  static get parameterDescriptors() {
    return [
      { name: "inputGain", defaultValue: 1, minValue: 0, maxValue: 1000, automationRate: "k-rate" },
      { name: "outputGain", defaultValue: 1, minValue: 0, maxValue: 1000, automationRate: "k-rate" },
      { name: "bypass", defaultValue: 0, minValue: 0, maxValue: 1, automationRate: "k-rate" },
    ];
  }

  readonly #engine: Engine | undefined;
  readonly #gainApproach: number;
  readonly #bypassStep: number;
  /** Where the smoothed parameters are now. In an array, since a number in a field may cost an allocation when it changes. */
  readonly #now = { inputGain: new Float64Array(1), outputGain: new Float64Array(1), bypass: new Float64Array(1) };
  #started = false;

  constructor({ processorOptions }: { readonly processorOptions: ModelProcessorOptions }) {
    super();
    this.#gainApproach = 1 - Math.exp(-1 / (gainSeconds * sampleRate));
    this.#bypassStep = 1 / (bypassSeconds * sampleRate);
    let message: ModelProcessorMessage = { type: "ready" };
    try {
      const { document, kernelBytes, build } = processorOptions;
      this.#engine = createEngine(document, { kernels: createKernelsFromBytes(kernelBytes, build) });
    } catch (error) {
      message = failure(error);
    }
    this.port.postMessage(message);
  }

  /** Called by the browser for every block. Returns whether there is anything to come. */
  process(inputs: Float32Array[][], outputs: Float32Array[][], parameters: Parameters): boolean {
    const engine = this.#engine;
    if (engine === undefined) return false;
    const channels = outputs[0];
    const output = channels?.[0];
    if (channels === undefined || output === undefined) return true;
    const left = inputs[0]?.[0];
    const right = inputs[0]?.[1];
    if (!this.#started) this.#start(parameters);
    this.#feed(left, right, output, parameters);
    engine.process(output, output);
    this.#mix(left, right, output, parameters);
    for (let c = 1; c < channels.length; c++) channels[c]?.set(output);
    return true;
  }

  #start({ inputGain, outputGain, bypass }: Parameters): void {
    this.#now.inputGain[0] = inputGain[0] as number;
    this.#now.outputGain[0] = outputGain[0] as number;
    this.#now.bypass[0] = bypass[0] as number;
    this.#started = true;
  }

  /** Writes what the model hears into `heard`. */
  #feed(left: Channel, right: Channel, heard: Float32Array, parameters: Parameters): void {
    const target = parameters.inputGain[0] as number;
    let gain = this.#now.inputGain[0] as number;
    for (let n = 0; n < heard.length; n++) {
      gain = approach(gain, target, this.#gainApproach);
      heard[n] = gain * mono(left, right, n);
    }
    this.#now.inputGain[0] = gain;
  }

  /** Replaces the model's output by what is played: crossfaded with the dry input, then the output gain. */
  #mix(left: Channel, right: Channel, output: Float32Array, parameters: Parameters): void {
    const targetGain = parameters.outputGain[0] as number;
    const targetBypass = parameters.bypass[0] as number;
    let gain = this.#now.outputGain[0] as number;
    let bypass = this.#now.bypass[0] as number;
    for (let n = 0; n < output.length; n++) {
      gain = approach(gain, targetGain, this.#gainApproach);
      if (bypass < targetBypass) bypass = Math.min(targetBypass, bypass + this.#bypassStep);
      else if (bypass > targetBypass) bypass = Math.max(targetBypass, bypass - this.#bypassStep);
      output[n] = gain * ((1 - bypass) * (output[n] as number) + bypass * mono(left, right, n));
    }
    this.#now.outputGain[0] = gain;
    this.#now.bypass[0] = bypass;
  }
}

type Channel = Float32Array | undefined;
type Parameters = Readonly<Record<"inputGain" | "outputGain" | "bypass", Float32Array>>;

/** Sample n of the first channel, or of the mean of two; silence for what is no sound. */
function mono(left: Channel, right: Channel, n: number): number {
  if (left === undefined) return 0;
  const x = right === undefined ? (left[n] as number) : 0.5 * ((left[n] as number) + (right[n] as number));
  const size = Math.abs(x);
  return size > smallestInput && size < largestInput ? x : 0;
}

function approach(value: number, target: number, share: number): number {
  const step = target - value;
  return step > smallestGainStep || step < -smallestGainStep ? value + share * step : target;
}

function failure(error: unknown): ModelProcessorMessage {
  if (isTonewrightError(error)) return { type: "failed", code: error.code, message: error.message, hint: error.hint };
  return {
    type: "failed",
    code: "processor-failed",
    message: `the model could not be started on the audio thread: ${error instanceof Error ? error.message : String(error)}`,
    hint: "reload the page; if it happens again, report it with this message",
  };
}

registerProcessor(modelProcessorName, ModelProcessor);
