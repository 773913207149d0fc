import type { BenchmarkReport, MissingPeer, PeerDescription, WorkloadResult } from "../../benchmarks/index.ts";
import { short, table } from "./score-text.ts";

/** What `bench` found, as text for people. */
export function benchText(report: BenchmarkReport): string {
  const { machine, node, kernels, peers, workloads } = report;
  const head = [
    `${machine.processor}, ${machine.cores} cores, Node ${node}, ${kernels} kernels`,
    ...(peers.length === 0 ? ["no peer asked for (--peer all)"] : peers.map(peerLine)),
  ];
  const of = (...kinds: WorkloadResult["kind"][]) => workloads.filter(({ kind }) => kinds.includes(kind));
  const [training, streams] = [of("train"), of("stream")];
  const [analysis, transforms] = [of("features", "resample"), of("fft")];
  const circuits = of("circuit");
  const parts = [head.join("\n")];
  if (training.length > 0)
    parts.push(`Training, target samples per second (medians, slowest to fastest)\n${trainingTable(training)}`);
  if (streams.length > 0)
    parts.push(`Streaming at 48 kHz in blocks of 128 (2.667 ms), one thread\n${streamTable(streams)}`);
  if (analysis.length > 0)
    parts.push(
      `Analysis of 60 s, one thread, times real time (medians, slowest to fastest)\n${analysisTable(analysis)}`,
    );
  if (transforms.length > 0)
    parts.push(
      `Real Fourier transforms, one thread, per second (medians, slowest to fastest)\n${fftTable(transforms)}`,
    );
  if (circuits.length > 0)
    parts.push(
      "Circuits at 48 kHz in 8 steps per sample, one thread, times real time (medians, slowest to fastest)\n" +
        "(-sound with oversampling there and back, -plain by the solver that defines the fast one)\n" +
        `${analysisTable(circuits)}${circuitErrors(circuits)}`,
    );
  const others = Math.max(0, ...workloads.map(({ coresOfOthers }) => coresOfOthers));
  parts.push(
    `other programs used up to ${others.toFixed(2)} cores, load average ${workloads.at(-1)?.loadAverage.toFixed(2)}` +
      (others > 0.1 ? ": the figures are not to be trusted" : ""),
  );
  return parts.join("\n\n");
}

function peerLine(peer: PeerDescription | MissingPeer): string {
  if ("missing" in peer) return `no ${peer.name} to compare with: ${peer.missing}`;
  const place = peer.python === undefined ? "" : ` of ${peer.python}`;
  return `${peer.name} ${peer.version}${place} (${peer.libraries})`;
}

function trainingTable(results: readonly WorkloadResult[]): string {
  return table([
    ["", "threads", "speed", "", ...peerHead(results)],
    ...results.map((ours) => [
      ours.id,
      String(ours.threads),
      short(ours.samplesPerSecond),
      spread(ours, short),
      ...peerCells(ours, short),
    ]),
  ]);
}

function streamTable(results: readonly WorkloadResult[]): string {
  const time = (milliseconds = 0) => `${milliseconds.toFixed(3)} ms`;
  const [name] = peerHead(results);
  return table([
    ["", "times real time", "median block", "99 %", "worst", "of", ...(name === undefined ? [] : [name, "ratio"])],
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

function analysisTable(results: readonly WorkloadResult[]): string {
  return oneThreadTable(
    results,
    ({ samplesPerSecond, timesRealtime = 1 }) => samplesPerSecond / timesRealtime,
    (times) => times.toFixed(times < 20 ? 2 : 0),
  );
}

/** Speed without accuracy says nothing: what is left of the error on either side. */
function circuitErrors(results: readonly WorkloadResult[]): string {
  const compared = results.filter(({ peer, errorToSignalDb }) => peer !== undefined && errorToSignalDb !== undefined);
  const [first] = compared;
  if (first?.peer === undefined) return "";
  const decibels = (value = Number.NaN) => `${value.toFixed(1)} dB`;
  return `\n\nError to signal, against ${first.peer.name} with ${first.reference}\n${table([
    ["", "ours", first.peer.name, "set to"],
    ...compared.map(({ id, errorToSignalDb, peer }) => [
      id,
      decibels(errorToSignalDb),
      decibels(peer?.errorToSignalDb),
      peer?.settings ?? "",
    ]),
  ])}`;
}

function fftTable(results: readonly WorkloadResult[]): string {
  return oneThreadTable(
    results,
    ({ samplesPerSecond, transformsPerSecond = 1 }) => samplesPerSecond / transformsPerSecond,
    short,
  );
}

/** Speeds in units of so many samples; with one thread the ratio by processor time is the same but for other programs. */
function oneThreadTable(
  results: readonly WorkloadResult[],
  samplesOf: (ours: WorkloadResult) => number,
  text: (units: number) => string,
): string {
  const [name, ...head] = peerHead(results);
  return table([
    ["", "speed", "", ...(name === undefined ? [] : [name, ...head, "by processor time"])],
    ...results.map((ours) => {
      const samples = samplesOf(ours);
      const units = (samplesPerSecond: number) => text(samplesPerSecond / samples);
      const byProcessor = ours.processorRatio === undefined ? [] : [ours.processorRatio.toFixed(2)];
      return [ours.id, units(ours.samplesPerSecond), spread(ours, units), ...peerCells(ours, units), ...byProcessor];
    }),
  ]);
}

/** Headings of what `peerCells` gives; none where nobody was compared with. */
function peerHead(results: readonly WorkloadResult[]): string[] {
  const name = results.find(({ peer }) => peer !== undefined)?.peer?.name;
  return name === undefined ? [] : [name, "", "ratio"];
}

function peerCells({ peer, ratio = 0 }: WorkloadResult, text: (samplesPerSecond: number) => string): string[] {
  return peer === undefined ? [] : [text(peer.samplesPerSecond), spread(peer, text), ratio.toFixed(2)];
}

function spread(
  { slowest, fastest }: { readonly slowest: number; readonly fastest: number },
  text: (samplesPerSecond: number) => string,
): string {
  return `${text(slowest)} .. ${text(fastest)}`;
}
