import { parentPort } from "node:worker_threads";
import { hearFile, type HearingJob } from "./inspect-collection-hear.node.ts";

parentPort?.on("message", async (job: HearingJob) => {
  parentPort?.postMessage(await hearFile(job));
});
