import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { openLocalPool } from "./local-pool.ts";
import type { OpenPool, ReplicaReply, ReplicaRequest } from "./protocol.ts";

/**
 * A pool of worker threads, one replica each; a single thread runs in the caller's own.
 *
 * Messages carry copies: no memory is shared, so the same protocol works in a web page.
 */
export const openWorkerPool: OpenPool = async (config, { threads }) => {
  const count = Math.min(threads, config.shards);
  if (count <= 1) return openLocalPool(config, { threads: 1 });
  const workers = Array.from({ length: count }, () => new Worker(workerFile(), { workerData: config }));
  const ask = (worker: Worker, request: ReplicaRequest): Promise<ReplicaReply> =>
    new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        worker.off("message", onMessage).off("error", onError).off("exit", onExit);
        act();
      };
      const onMessage = (reply: ReplicaReply) => settle(() => resolve(reply));
      const onError = (error: Error) => settle(() => reject(error));
      const onExit = (code: number) =>
        settle(() => reject(new Error(`bug: a training thread ended with code ${code}`)));
      worker.on("message", onMessage).on("error", onError).on("exit", onExit);
      worker.postMessage(request);
    });
  return {
    threads: count,
    ask: (requests) => Promise.all(workers.map((worker, i) => ask(worker, requests[i] as ReplicaRequest))),
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
};

/** The worker's built file: beside this one when built, in dist/ when this runs from source (tests). */
function workerFile(): URL {
  const beside = new URL("./replica-worker.node.js", import.meta.url);
  if (existsSync(fileURLToPath(beside))) return beside;
  return new URL("../../dist/src/training/replica-worker.node.js", import.meta.url);
}
