import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { type Hearing, type HearingJob, hearFile } from "./inspect-collection-hear.node.ts";

/** Something that hears one file at a time. */
export interface Hearer {
  /** Nothing if it was stopped meanwhile. */
  hear(job: HearingJob): Promise<Hearing | undefined>;
  close(): Promise<void>;
}

/**
 * As many hearers as there are threads; a single one works in the caller's own thread.
 *
 * @param options.stop - Makes all of them leave their files at once.
 */
export function openHearers({ threads, stop }: { readonly threads: number; readonly stop: AbortSignal }): Hearer[] {
  if (threads <= 1) return [localHearer(stop)];
  return Array.from({ length: threads }, () => workerHearer(stop));
}

function localHearer(stop: AbortSignal): Hearer {
  return {
    async hear(job) {
      // Signals such as Ctrl-C are delivered between events only.
      await new Promise((resolve) => setImmediate(resolve));
      return hearFile(job, { isStopped: () => stop.aborted });
    },
    close: async () => {},
  };
}

function workerHearer(stop: AbortSignal): Hearer {
  const worker = new Worker(workerFile());
  return {
    hear: (job) =>
      new Promise((resolve, reject) => {
        const settle = (act: () => void) => {
          worker.off("message", onMessage).off("error", onError).off("exit", onExit);
          stop.removeEventListener("abort", onStop);
          act();
        };
        const onMessage = (hearing: Hearing) => settle(() => resolve(hearing));
        const onError = (error: Error) => settle(() => reject(error));
        const onExit = (code: number) => settle(() => reject(new Error(`bug: a thread ended with code ${code}`)));
        const onStop = () => settle(() => resolve(undefined));
        worker.on("message", onMessage).on("error", onError).on("exit", onExit);
        stop.addEventListener("abort", onStop);
        if (stop.aborted) onStop();
        else worker.postMessage(job);
      }),
    close: async () => void (await worker.terminate()),
  };
}

/** The worker's built file: beside this one when built, in dist/ when this runs from source (tests). */
function workerFile(): URL {
  const beside = new URL("./inspect-collection-worker.node.js", import.meta.url);
  if (existsSync(fileURLToPath(beside))) return beside;
  return new URL("../../dist/src/recipes/inspect-collection-worker.node.js", import.meta.url);
}
