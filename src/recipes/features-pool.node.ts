import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { createFeatureWorker, type FeatureReply, type FeatureWork, type FeatureWorker } from "./features-job.node.ts";

/** A worker and its end. */
export interface PooledWorker {
  run(job: Parameters<FeatureWorker["run"]>[0]): Promise<FeatureReply | undefined>;
  close(): Promise<void>;
}

/** So long a thread may take to leave its file when it is told to stop. */
const GRACE_MILLISECONDS = 5000;

/**
 * As many workers as there are threads; a single one works in the caller's own thread.
 *
 * @param options.stop - Makes all of them leave their files; what they have written by then is whole.
 */
export function openFeatureWorkers(
  work: FeatureWork,
  { threads, stop }: { readonly threads: number; readonly stop: AbortSignal },
): PooledWorker[] {
  if (threads <= 1) {
    const worker = createFeatureWorker(work);
    return [{ run: (job) => worker.run(job, { isStopped: () => stop.aborted }), close: async () => {} }];
  }
  return Array.from({ length: threads }, () => threadWorker(work, stop));
}

function threadWorker(work: FeatureWork, stop: AbortSignal): PooledWorker {
  const worker = new Worker(workerFile(), { workerData: work });
  return {
    run: (job) =>
      new Promise((resolve, reject) => {
        let timer: ReturnType<typeof setTimeout> | undefined;
        const settle = (act: () => void) => {
          worker.off("message", onMessage).off("error", onError).off("exit", onExit);
          stop.removeEventListener("abort", onStop);
          clearTimeout(timer);
          act();
        };
        const onMessage = (reply: FeatureReply | undefined) => settle(() => resolve(reply));
        const onError = (error: Error) => settle(() => reject(error));
        const onExit = (code: number) => settle(() => reject(new Error(`bug: a thread ended with code ${code}`)));
        const onStop = () => {
          worker.postMessage("stop");
          // Deep in a computation it hears nothing, and has no file open: it may be ended.
          timer = setTimeout(() => settle(() => resolve(undefined)), GRACE_MILLISECONDS);
        };
        worker.on("message", onMessage).on("error", onError).on("exit", onExit);
        stop.addEventListener("abort", onStop);
        worker.postMessage(job);
        if (stop.aborted) onStop();
      }),
    close: async () => void (await worker.terminate()),
  };
}

/** The worker's built file: beside this one when built, in dist/ when this runs from source (tests). */
function workerFile(): URL {
  const beside = new URL("./features-worker.node.js", import.meta.url);
  if (existsSync(fileURLToPath(beside))) return beside;
  return new URL("../../dist/src/recipes/features-worker.node.js", import.meta.url);
}
