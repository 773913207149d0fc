/** benchmarks: what is measured and how; `tonewright bench` runs it. */

export { type MissingPeer, type PeerDescription, type PeerName, peerNames } from "./peer.ts";
export { type BenchmarkOptions, type BenchmarkReport, runBenchmark, type WorkloadResult } from "./run.ts";
export { workloadIds } from "./workloads.ts";
