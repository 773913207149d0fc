import type { FrontEndDocument } from "../signal/index.ts";

/** The name under which the processor is registered. */
export const featureProcessorName = "tonewright-features";

/** What the processor is made from. All of it is copied to the audio thread; nothing is shared. */
export interface FeatureProcessorOptions {
  readonly document: FrontEndDocument;
  /**
   * The `simd` build of the kernels for a front end of precision `float32`: an audio thread has no `atob` to get it by
   * itself. With `float64` no WebAssembly is touched.
   */
  readonly kernelBytes?: Uint8Array<ArrayBuffer>;
  /** Samples from one message to the next, at least. */
  readonly batchSamples: number;
  /** The sound ends by itself after so many samples, as in an offline context. */
  readonly samples?: number;
}

/** What the page asks of a processor: start over; end the sound; stop for good. */
export type FeatureRequest = "reset" | "flush" | "close";

/** Frames on their way to the page. */
export interface FeatureBatch {
  readonly type: "frames";
  /** Shape `[room, rows]`, frame after frame; only the first `frames` of them mean anything. */
  readonly values: Float64Array;
  readonly rows: number;
  /** Index of the first frame. */
  readonly first: number;
  readonly frames: number;
}

/** What a processor sends. */
export type FeatureProcessorMessage =
  | { readonly type: "ready" }
  | FeatureBatch
  /** The answer to `reset`: what comes from here on is of another sound. */
  | { readonly type: "restarted" }
  /** The sound has ended, by `flush` or by itself, after so many frames. */
  | { readonly type: "ended"; readonly frames: number }
  /** It could not be made, or, once it was ready, the sound could not be ended. */
  | { readonly type: "failed"; readonly code: string; readonly message: string; readonly hint: string };
