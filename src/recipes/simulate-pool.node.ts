import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { TonewrightError } from "../errors/index.ts";
import type { RenderJob } from "./simulate-effect.ts";
import type { RenderReply, RenderWork } from "./simulate-worker.node.ts";

/** Threads that play stretches of sound through a circuit. */
export interface RenderPool {
  /**
   * Waits for a free thread and plays; nothing if it was stopped meanwhile. The job's input is handed over.
   *
   * @param makeJob - Called once there is a thread: what waits takes no memory.
   *
   * @throws TonewrightError those of `simulateCircuit`.
   */
  render(makeJob: () => Promise<RenderJob>, onProgress?: (samples: number) => void): Promise<Float32Array | undefined>;
  close(): Promise<void>;
}

/**
 * As many threads as are wanted, one at least: the caller's own stays free to hear a Ctrl-C.
 *
 * Jobs begin in the order in which they were given.
 *
 * @param options.stop - Leaves all jobs where they are; the pool is of no use afterwards.
 */
export function openRenderPool(
  work: RenderWork,
  { threads, stop }: { readonly threads: number; readonly stop: AbortSignal },
): RenderPool {
  const free = Array.from({ length: Math.max(1, threads) }, () => new Worker(workerFile(), { workerData: work }));
  const all = [...free];
  const waiting: ((worker: Worker | undefined) => void)[] = [];
  const onStop = () => {
    for (const give of waiting.splice(0)) give(undefined);
  };
  stop.addEventListener("abort", onStop);

  const take = (): Promise<Worker | undefined> => {
    if (stop.aborted) return Promise.resolve(undefined);
    const worker = free.pop();
    if (worker !== undefined) return Promise.resolve(worker);
    return new Promise((resolve) => waiting.push(resolve));
  };
  const giveBack = (worker: Worker) => {
    const next = waiting.shift();
    if (next === undefined) free.push(worker);
    else next(worker);
  };

  return {
    async render(makeJob, onProgress) {
      const worker = await take();
      if (worker === undefined) return undefined;
      try {
        return await ask(worker, await makeJob(), { stop, onProgress });
      } finally {
        giveBack(worker);
      }
    },
    async close() {
      stop.removeEventListener("abort", onStop);
      await Promise.all(all.map((worker) => worker.terminate()));
    },
  };
}

function ask(
  worker: Worker,
  job: RenderJob,
  { stop, onProgress }: { readonly stop: AbortSignal; readonly onProgress: ((samples: number) => void) | undefined },
): Promise<Float32Array | undefined> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      stop.removeEventListener("abort", onStop);
      act();
    };
    const onMessage = (reply: RenderReply) => {
      if (reply.kind === "progress") onProgress?.(reply.samples);
      else if (reply.kind === "done") settle(() => resolve(reply.output));
      else settle(() => reject(new TonewrightError(reply.code, reply.message, reply.hint)));
    };
    const onError = (error: Error) => settle(() => reject(error));
    const onExit = (code: number) => settle(() => reject(new Error(`bug: a thread ended with code ${code}`)));
    const onStop = () => settle(() => resolve(undefined));
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
    stop.addEventListener("abort", onStop);
    if (stop.aborted) onStop();
    else worker.postMessage(job, [job.input.buffer as ArrayBuffer]);
  });
}

/** The worker's built file: beside this one when built, in dist/ when this runs from source (tests). */
function workerFile(): URL {
  const beside = new URL("./simulate-worker.node.js", import.meta.url);
  if (existsSync(fileURLToPath(beside))) return beside;
  return new URL("../../dist/src/recipes/simulate-worker.node.js", import.meta.url);
}
