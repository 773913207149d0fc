import { parentPort, workerData } from "node:worker_threads";
import { isTonewrightError } from "../errors/index.ts";
import { type CircuitEffect, type RenderJob, type RenderStretch, stretchRenderer } from "./simulate-effect.ts";

/** What a worker is started with. */
export interface RenderWork {
  readonly effect: CircuitEffect;
  readonly sampleRate: number;
}

/** What a worker says. */
export type RenderReply =
  | { readonly kind: "progress"; readonly samples: number }
  | { readonly kind: "done"; readonly output: Float32Array }
  | { readonly kind: "error"; readonly code: string; readonly message: string; readonly hint: string };

let render: RenderStretch | undefined;

parentPort?.on("message", (job: RenderJob) => {
  const say = (reply: RenderReply, transfer: ArrayBuffer[] = []) => parentPort?.postMessage(reply, transfer);
  try {
    const { effect, sampleRate } = workerData as RenderWork;
    render ??= stretchRenderer(effect, { sampleRate });
    const output = render(job, (samples) => say({ kind: "progress", samples }));
    say({ kind: "done", output }, [output.buffer as ArrayBuffer]);
  } catch (error) {
    if (!isTonewrightError(error)) throw error;
    const { code, message, hint } = error;
    say({ kind: "error", code, message, hint });
  }
});
