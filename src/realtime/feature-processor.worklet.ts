import { isTonewrightError } from "../errors/index.ts";
import { createKernelsFromBytes } from "../kernels/index.ts";
import { createLiveFrontEnd, type LiveFrontEnd } from "../signal/index.ts";
import {
  type FeatureBatch,
  type FeatureProcessorMessage,
  type FeatureProcessorOptions,
  type FeatureRequest,
  featureProcessorName,
} from "./feature-processor-messages.ts";

// What an AudioWorkletGlobalScope adds to the language; TypeScript's DOM library does not declare it.
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: typeof FeatureProcessor): void;

/** The render quantum of all browsers today; another one only costs an array more, once. */
const usualBlock = 128;
/** Numbers of a batch at most, half a megabyte. A batch that is full goes out at once. */
const largestBatch = 65_536;

/**
 * Computes a front end on the audio thread and sends its frames to the page; the sound itself passes through unchanged.
 *
 * It hears the mean of the input's channels, silence where nothing is connected, and 0 in place of samples that are not
 * finite. Between messages nothing is allocated; a message is copied from one array that is made once.
 */
class FeatureProcessor extends AudioWorkletProcessor {
  readonly #frontEnd: LiveFrontEnd | undefined;
  readonly #batch: { -readonly [K in keyof FeatureBatch]: FeatureBatch[K] };
  readonly #room: number;
  readonly #batchSamples: number;
  readonly #take: (features: Float64Array, t: number) => void;
  #mono = new Float32Array(usualBlock);
  /** Samples since the last message. */
  #waited = 0;
  /** Samples until the sound ends by itself; -1 if it does not. */
  #left: number;
  /** Frames of this sound. */
  #frames = 0;
  #closed = false;

  constructor({ processorOptions }: { readonly processorOptions: FeatureProcessorOptions }) {
    super();
    const { document, kernelBytes, batchSamples, samples = -1 } = processorOptions;
    this.#batchSamples = batchSamples;
    this.#left = samples;
    let message: FeatureProcessorMessage = { type: "ready" };
    try {
      this.#frontEnd = createLiveFrontEnd(
        document,
        kernelBytes === undefined ? {} : { kernels: createKernelsFromBytes(kernelBytes, "simd") },
      );
    } catch (error) {
      message = failure(error, "the front end could not be started on the audio thread");
    }
    const rows = this.#frontEnd?.rows ?? 0;
    this.#room = Math.max(1, Math.min(Math.ceil(batchSamples / document.hop) + 1, Math.floor(largestBatch / rows)));
    this.#batch = { type: "frames", values: new Float64Array(this.#room * rows), rows, first: 0, frames: 0 };
    this.#take = (features, t) => this.#keep(features, t);
    this.port.onmessage = ({ data }: MessageEvent<FeatureRequest>) => this.#answer(data);
    this.port.postMessage(message);
  }

  /** Called by the browser for every block. Returns whether there is anything to come. */
  process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const frontEnd = this.#frontEnd;
    const output = outputs[0];
    if (frontEnd === undefined || this.#closed) return false;
    if (output === undefined) return true;
    const input = inputs[0] ?? [];
    for (let c = 0; c < output.length; c++) {
      const channel = input[c];
      if (channel !== undefined) output[c]!.set(channel);
    }
    this.#hear(input, output[0]?.length ?? usualBlock);
    if (this.#left === 0) return false;
    const ends = this.#left > 0 && this.#left <= this.#mono.length;
    frontEnd.push(ends ? this.#mono.subarray(0, this.#left) : this.#mono, this.#take);
    if (this.#left > 0) this.#left = ends ? 0 : this.#left - this.#mono.length;
    this.#waited += this.#mono.length;
    if (ends) this.#end();
    else if (this.#waited >= this.#batchSamples) this.#send();
    return !ends;
  }

  /** Overwrites the mono block. */
  #hear(input: readonly Float32Array[], length: number): void {
    if (this.#mono.length !== length) this.#mono = new Float32Array(length);
    const mono = this.#mono;
    const channels = input.length;
    if (channels === 0) mono.fill(0);
    else mono.set(input[0]!);
    if (channels > 1) {
      for (let n = 0; n < length; n++) {
        let sum = 0;
        for (let c = 0; c < channels; c++) sum += input[c]![n]!;
        mono[n] = sum / channels;
      }
    }
    // A difference that is not 0 is that of infinities or NaN.
    for (let n = 0; n < length; n++) if (mono[n]! - mono[n]! !== 0) mono[n] = 0;
  }

  #keep(features: Float64Array, t: number): void {
    const batch = this.#batch;
    if (batch.frames === 0) batch.first = t;
    batch.values.set(features, batch.frames * batch.rows);
    batch.frames++;
    this.#frames = t + 1;
    if (batch.frames === this.#room) this.#send();
  }

  #send(): void {
    if (this.#batch.frames === 0) return;
    this.port.postMessage(this.#batch);
    this.#batch.frames = 0;
    this.#waited = 0;
  }

  #answer(request: FeatureRequest): void {
    if (request === "close") this.#closed = true;
    else if (request === "flush") this.#end();
    else {
      this.#restart();
      this.#post({ type: "restarted" });
    }
  }

  /** Sends the frames that reach beyond the end of the sound. The next sample begins another one. */
  #end(): void {
    let message: FeatureProcessorMessage | undefined;
    try {
      this.#frontEnd?.flush(this.#take);
      this.#send();
    } catch (error) {
      message = failure(error, "the sound could not be ended");
    }
    this.#post(message ?? { type: "ended", frames: this.#frames });
    this.#restart();
  }

  #restart(): void {
    this.#frontEnd?.reset();
    this.#batch.frames = 0;
    this.#waited = 0;
    this.#frames = 0;
  }

  #post(message: FeatureProcessorMessage): void {
    this.port.postMessage(message);
  }
}

function failure(error: unknown, what: string): FeatureProcessorMessage {
  if (isTonewrightError(error)) return { type: "failed", code: error.code, message: error.message, hint: error.hint };
  return {
    type: "failed",
    code: "processor-failed",
    message: `${what}: ${error instanceof Error ? error.message : String(error)}`,
    hint: "reload the page; if it happens again, report it with this message",
  };
}

registerProcessor(featureProcessorName, FeatureProcessor);
