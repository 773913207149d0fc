import type { BenchmarkReport, WorkloadResult } from "../../benchmarks/index.ts";
import { short, table } from "./score-text.ts";

/** What `bench` found, as text for people. */
export function benchText(report: BenchmarkReport): string {
  const { machine, node, kernels, peer, workloads } = report;
  const head = [
    `${machine.processor}, ${machine.cores} cores, Node ${node}, ${kernels} kernels`,
    peer === undefined
      ? "no peer asked for (--peer pytorch)"
      : "missing" in peer
        ? `no PyTorch to compare with: ${peer.missing}`
        : `PyTorch ${peer.version} of ${peer.python} (${peer.libraries})`,
  ];
  const training = workloads.filter(({ timesRealtime }) => timesRealtime === undefined);
  const streams = workloads.filter(({ timesRealtime }) => timesRealtime !== undefined);
  const parts = [head.join("\n")];
  if (training.length > 0)
    parts.push(`Training, target samples per second (medians, slowest to fastest)\n${trainingTable(training)}`);
  if (streams.length > 0)
    parts.push(`Streaming at 48 kHz in blocks of 128 (2.667 ms), one thread\n${streamTable(streams)}`);
  const others = Math.max(0, ...workloads.map(({ coresOfOthers }) => coresOfOthers));
  parts.push(
    `other programs used up to ${others.toFixed(2)} cores, load average ${workloads.at(-1)?.loadAverage.toFixed(2)}` +
      (others > 0.1 ? ": the figures are not to be trusted" : ""),
  );
  return parts.join("\n\n");
}

function trainingTable(results: readonly WorkloadResult[]): string {
  const compared = results.some(({ peer }) => peer !== undefined);
  return table([
    ["", "threads", "speed", "", ...(compared ? ["PyTorch", "", "ratio"] : [])],
    ...results.map(({ id, threads, peer, ratio, ...ours }) => [
      id,
      String(threads),
      short(ours.samplesPerSecond),
      spread(ours),
      ...(peer === undefined ? [] : [short(peer.samplesPerSecond), spread(peer), (ratio ?? 0).toFixed(2)]),
    ]),
  ]);
}

function streamTable(results: readonly WorkloadResult[]): string {
  const time = (milliseconds = 0) => `${milliseconds.toFixed(3)} ms`;
  const compared = results.some(({ peer }) => peer !== undefined);
  return table([
    ["", "times real time", "median block", "99 %", "worst", "of", ...(compared ? ["PyTorch", "ratio"] : [])],
    ...results.map(({ id, timesRealtime = 0, medianBlockMs, block99Ms, worstBlockMs, blocks, peer, ratio }) => [
      id,
      timesRealtime.toFixed(1),
      time(medianBlockMs),
      time(block99Ms),
      time(worstBlockMs),
      `${blocks} blocks`,
      ...(peer === undefined ? [] : [(peer.samplesPerSecond / 48_000).toFixed(1), (ratio ?? 0).toFixed(1)]),
    ]),
  ]);
}

function spread({ slowest, fastest }: { slowest: number; fastest: number }): string {
  return `${short(slowest)} .. ${short(fastest)}`;
}
