import type { KernelBuild } from "../kernels/index.ts";
import type { ModelDocument } from "../modelfile/index.ts";

/** The name under which the processor is registered. */
export const modelProcessorName = "tonewright-model";

/** What the processor is made from. All of it is copied to the audio thread; nothing is shared. */
export interface ModelProcessorOptions {
  readonly document: Pick<ModelDocument, "architecture" | "sampleRate" | "weights" | "metadata">;
  /** The WebAssembly bytes of one build: an audio thread has neither `fetch` nor `atob` to get them by itself. */
  readonly kernelBytes: Uint8Array<ArrayBuffer>;
  readonly build: KernelBuild;
}

/** The one message a processor sends, once, when it was made or could not be made. */
export type ModelProcessorMessage =
  | { readonly type: "ready" }
  | { readonly type: "failed"; readonly code: string; readonly message: string; readonly hint: string };
