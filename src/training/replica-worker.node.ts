import { parentPort, workerData } from "node:worker_threads";
import { enableRelaxedSimd } from "../tensor/index.node.ts";
import type { ReplicaConfig, ReplicaRequest } from "./protocol.ts";
import { Replica } from "./replica.ts";

const config = workerData as ReplicaConfig;
if (config.build === "relaxed") enableRelaxedSimd();
const replica = new Replica(config);

parentPort?.on("message", (request: ReplicaRequest) => {
  parentPort?.postMessage(replica.answer(request));
});
