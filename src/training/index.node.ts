/** training, in Node: replicas in worker threads. */

export { openWorkerPool } from "./worker-pool.node.ts";
