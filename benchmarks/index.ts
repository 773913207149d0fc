/** benchmarks: what is measured and how; `tonewright bench` runs it. */

export { type BenchmarkOptions, type BenchmarkReport, runBenchmark, type WorkloadResult } from "./run.ts";
export { workloadIds } from "./workloads.ts";
