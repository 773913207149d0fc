import { TonewrightError } from "../errors/index.ts";
import { kernelBytes } from "../kernels/index.ts";
import { checkLive, type FrontEndDocument, type OnFeatures } from "../signal/index.ts";
import { addProcessor } from "./add-processor.browser.ts";
import {
  type FeatureBatch,
  type FeatureProcessorMessage,
  type FeatureProcessorOptions,
  type FeatureRequest,
  featureProcessorName,
} from "./feature-processor-messages.ts";

/** How to make a feature node. */
export interface FeatureNodeOptions {
  /** Address of `tonewright/realtime/feature-processor.worklet.js`: one module file that imports nothing. */
  readonly processorUrl: string | URL;
  /** Called on the page for every frame, in order: its numbers, shape `[rows]`, which it may keep, and its index. */
  readonly onFeatures: OnFeatures;
  /** Frames of so much sound come in one message. Default 0.02, some 50 messages a second; offline 1. */
  readonly batchSeconds?: number | undefined;
}

/** A front end as a node of an audio graph. Its output is its input, unchanged. */
export interface FeatureNode {
  /** One input of any number of channels, one output of the same. */
  readonly node: AudioWorkletNode;
  /**
   * Settles when the front end runs on the audio thread. An offline context may run nothing before `startRendering`, so
   * await it after that.
   */
  readonly ready: Promise<void>;
  /** Begins another sound at once: the next frame is frame 0. Frames that are still on their way are not delivered. */
  reset(): void;
  /**
   * Ends the sound: delivers the frames that reach beyond it; the next sample begins another one. In an offline context
   * the sound ends by itself, with the context's length, and this only waits for that.
   *
   * @returns How many frames the sound had, when all of them were delivered.
   * @throws TonewrightError `signal-too-short` for less than a frame, `processor-failed`, `node-closed`.
   */
  flush(): Promise<number>;
  /** Stops for good, the sound that passes through as well. A node that is not closed runs as long as its context. */
  close(): void;
}

/**
 * The features of a live sound, computed on the audio thread: the numbers that `computeFrontEnd` gives for the same samples.
 *
 * The context must have the front end's sample rate: make it with `new AudioContext({ sampleRate })`. Connect the output
 * to something that plays, through a gain of 0 if need be: browsers may not run a node that nobody hears. Channels are
 * mixed to their mean; without an input, time goes on as silence; NaN and infinite samples count as 0. Sums and logarithms
 * of other JavaScript engines may differ in the last bits.
 *
 * @param context - Live or offline.
 * @param document - A front end without features that need the whole sound (`reasonsNotLive`).
 * @returns The node; nothing is connected yet. For an `OfflineAudioContext` it does not wait for the audio thread: see
 *   `ready`.
 * @throws TonewrightError `not-streamable` with the reason, `rate-mismatch`, `bad-option`, `no-audio-worklet` (the page is
 *   neither on https nor on localhost), `processor-not-loaded`, `processor-failed`, `no-simd`.
 */
export async function createFeatureNode(
  context: BaseAudioContext,
  document: FrontEndDocument,
  { processorUrl, onFeatures, batchSeconds }: FeatureNodeOptions,
): Promise<FeatureNode> {
  checkLive(document);
  const offline = context instanceof OfflineAudioContext;
  const processorOptions = optionsOf(context, document, batchSeconds ?? (offline ? 1 : 0.02));
  await addProcessor(context, processorUrl);
  const node = new AudioWorkletNode(context, featureProcessorName, {
    numberOfInputs: 1,
    numberOfOutputs: 1,
    processorOptions,
  });
  const page = new PageEnd(node.port, onFeatures);
  node.addEventListener("processorerror", () => page.fail(stopped()));
  const end = offline ? page.expectEnd() : undefined;
  if (!offline) await page.ready;
  return {
    node,
    ready: page.ready,
    reset: () => page.reset(),
    flush: () => end ?? page.flush(),
    close() {
      node.disconnect();
      page.close();
    },
  };
}

function optionsOf(
  context: BaseAudioContext,
  document: FrontEndDocument,
  batchSeconds: number,
): FeatureProcessorOptions {
  const { sampleRate } = context;
  if (sampleRate !== document.sampleRate) {
    throw new TonewrightError(
      "rate-mismatch",
      `the audio context runs at ${sampleRate} Hz, the front end at ${document.sampleRate} Hz`,
      `make the context with { sampleRate: ${document.sampleRate} }`,
    );
  }
  if (!(batchSeconds >= 0 && batchSeconds <= 60)) {
    throw new TonewrightError("bad-option", `batchSeconds is ${batchSeconds}`, "give a number from 0 to 60");
  }
  return {
    document,
    ...(document.precision === "float32" ? { kernelBytes: kernelBytes("simd") } : {}),
    batchSamples: Math.round(batchSeconds * sampleRate),
    ...(context instanceof OfflineAudioContext ? { samples: context.length } : {}),
  };
}

interface Waiting {
  readonly resolve: (frames: number) => void;
  readonly reject: (error: TonewrightError) => void;
}

/** The page's side of the conversation with a processor. Messages keep their order, so that answers need no names. */
class PageEnd {
  readonly ready: Promise<void>;
  readonly #port: MessagePort;
  readonly #onFeatures: OnFeatures;
  readonly #ends: Waiting[] = [];
  #failure: TonewrightError | undefined;
  #isReady = false;
  /** Answers to `reset` that are still to come; frames before them are of the sound that was left. */
  #resets = 0;
  #refuse: (error: TonewrightError) => void = () => {};

  constructor(port: MessagePort, onFeatures: OnFeatures) {
    this.#port = port;
    this.#onFeatures = onFeatures;
    this.ready = new Promise<void>((resolve, reject) => {
      this.#refuse = reject;
      port.onmessage = ({ data }: MessageEvent<FeatureProcessorMessage>) => {
        if (data.type === "ready") {
          this.#isReady = true;
          resolve();
        } else this.#receive(data);
      };
    });
    // Whoever does not wait for it (an offline context) must not get an unhandled rejection on top of the failed render.
    this.ready.catch(() => {});
  }

  reset(): void {
    this.#resets++;
    this.#request("reset");
  }

  flush(): Promise<number> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    this.#request("flush");
    return this.expectEnd();
  }

  /** Settles with the next end of a sound. */
  expectEnd(): Promise<number> {
    const end = new Promise<number>((resolve, reject) => this.#ends.push({ resolve, reject }));
    end.catch(() => {});
    return end;
  }

  close(): void {
    this.#request("close");
    this.fail(new TonewrightError("node-closed", "the feature node was closed", "make another node"));
    this.#port.onmessage = null;
  }

  /** Nothing more is to come. */
  fail(error: TonewrightError): void {
    this.#failure ??= error;
    this.#refuse(error);
    for (const { reject } of this.#ends.splice(0)) reject(error);
  }

  #receive(message: Exclude<FeatureProcessorMessage, { type: "ready" }>): void {
    switch (message.type) {
      case "frames":
        if (this.#resets === 0) this.#deliver(message);
        return;
      case "restarted":
        this.#resets--;
        return;
      case "ended":
        this.#ends.shift()?.resolve(message.frames);
        return;
      case "failed": {
        const error = new TonewrightError(message.code, message.message, message.hint);
        if (this.#isReady) this.#ends.shift()?.reject(error);
        else this.fail(error);
      }
    }
  }

  #deliver({ values, rows, first, frames }: FeatureBatch): void {
    for (let f = 0; f < frames; f++) this.#onFeatures(values.subarray(f * rows, (f + 1) * rows), first + f);
  }

  #request(request: FeatureRequest): void {
    this.#port.postMessage(request);
  }
}

function stopped(): TonewrightError {
  return new TonewrightError(
    "processor-failed",
    "the audio processor stopped with an error",
    "reload the page; if it happens again, report it with the browser's version",
  );
}
