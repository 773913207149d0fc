import { parentPort, workerData } from "node:worker_threads";
import { createFeatureWorker, type FeatureJob, type FeatureWork } from "./features-job.node.ts";

const worker = createFeatureWorker(workerData as FeatureWork);
let isStopped = false;

parentPort?.on("message", async (message: FeatureJob | "stop") => {
  if (message === "stop") isStopped = true;
  else parentPort?.postMessage(await worker.run(message, { isStopped: () => isStopped }));
});
