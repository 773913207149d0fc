import { fastestBuild, type KernelBuild } from "../src/kernels/index.ts";
import type { Contender, Round } from "./contender.ts";
import { checkSameOutput, errorToReferenceDb } from "./check-output.ts";
import { describeMachine, loadAverage, type Machine, usedSeconds } from "./machine.ts";
import type { FoundPeer, MissingPeer, PeerDescription, PeerName } from "./peer.ts";
import { findPeer, peerOf } from "./peers.ts";
import { median, quantile } from "./statistics.ts";
import { createTask } from "./tasks.ts";
import { allWorkloads, type Workload } from "./workloads.ts";

/** Speeds of one contender over all rounds, samples per second. */
export interface Speed {
  readonly samplesPerSecond: number;
  readonly slowest: number;
  readonly fastest: number;
  /** Per second of processor time, all threads together: what other programs disturb least. */
  readonly samplesPerProcessorSecond: number;
}

/** Block times of a stream, milliseconds. */
export interface BlockTimes {
  readonly medianBlockMs: number;
  readonly block99Ms: number;
  readonly worstBlockMs: number;
  readonly blocks: number;
}

/** What else is said of a peer at one workload. */
export interface PeerFacts {
  readonly name: string;
  readonly version: string;
  /** Circuits: what it was set to, and how far that is from the reference. */
  readonly settings?: string;
  readonly errorToSignalDb?: number;
}

/** What was found for one workload. */
export interface WorkloadResult extends Speed, Partial<BlockTimes> {
  readonly id: string;
  readonly kind: Workload["kind"];
  readonly threads: number;
  readonly rounds: number;
  readonly loadAverage: number;
  /** Cores that other programs kept busy while these rounds ran (median); above 0.1 the figures are not to be trusted. */
  readonly coresOfOthers: number;
  /** Streams, features, resampling and circuits: seconds of sound per second. */
  readonly timesRealtime?: number;
  /** Fourier transforms only. */
  readonly transformsPerSecond?: number;
  /** Circuits beside a peer: energy of the error over that of the reference, in dB. */
  readonly errorToSignalDb?: number;
  /** Circuits beside a peer: how the reference was computed. */
  readonly reference?: string;
  readonly peer?: Speed & Partial<BlockTimes> & PeerFacts;
  /** Our speed over the peer's, medians. */
  readonly ratio?: number;
  /** The same of the speeds per second of processor time. */
  readonly processorRatio?: number;
}

/** What `bench --json` prints. */
export interface BenchmarkReport {
  readonly date: string;
  readonly commit: string;
  readonly machine: Machine;
  readonly node: string;
  readonly kernels: KernelBuild;
  /** Those that were asked for. */
  readonly peers: readonly (PeerDescription | MissingPeer)[];
  readonly workloads: readonly WorkloadResult[];
}

/** What to measure, and how long. */
export interface BenchmarkOptions {
  readonly date: string;
  readonly commit: string;
  readonly seed: number;
  readonly threads: number;
  /** Whom to compare with, where they do the same work. */
  readonly peers?: readonly PeerName[] | undefined;
  /** The Python that peers are looked for in first. */
  readonly python?: string | undefined;
  /** Fractions of a second per workload instead of many seconds: for tests and a first look. */
  readonly quick: boolean;
  /** Only workloads whose id contains this. */
  readonly only?: string | undefined;
  readonly onProgress: (text: string) => void;
}

/**
 * Measures every workload, and the peer on the same work, round by round in turns.
 *
 * @throws Error where a contender's output is wrong, or the two do not compute the same.
 */
export async function runBenchmark(options: BenchmarkOptions): Promise<BenchmarkReport> {
  const { date, commit, onProgress } = options;
  const kernels = fastestBuild();
  const { python } = options;
  const found = await Promise.all((options.peers ?? []).map((name) => findPeer(name, { python })));
  const workloads = allWorkloads({ threads: [1, 2].filter((count) => count <= options.threads) });
  const results: WorkloadResult[] = [];
  for (const workload of workloads.filter(({ id }) => id.includes(options.only ?? ""))) {
    onProgress(`${workload.id}, ${workload.threads} ${workload.threads === 1 ? "thread" : "threads"}`);
    const peer = found.find(({ id }) => id === peerOf(workload));
    const present = peer === undefined || "missing" in peer ? undefined : peer;
    results.push(await measure(workload, { kernels, peer: present, options }));
  }
  return {
    date,
    commit,
    machine: describeMachine(),
    node: process.version,
    kernels,
    peers: found.map((peer) => {
      if ("missing" in peer) return peer;
      const { prepare: _, ...description } = peer;
      return description;
    }),
    workloads: results,
  };
}

interface MeasureOptions {
  readonly kernels: KernelBuild;
  readonly peer: FoundPeer | undefined;
  readonly options: BenchmarkOptions;
}

async function measure(workload: Workload, { kernels, peer, options }: MeasureOptions): Promise<WorkloadResult> {
  const { quick, seed } = options;
  const { rounds, roundSeconds, warmUpSeconds } = quick
    ? { rounds: 2, roundSeconds: 0.05, warmUpSeconds: 0.05 }
    : { rounds: 9, roundSeconds: 0.8, warmUpSeconds: 1.5 };
  const contenders: Contender[] = [];
  try {
    const task = createTask(workload, { seed, build: kernels, quick });
    contenders.push(await task.ours());
    const rival = await peer?.prepare(task.job(), workload);
    if (rival !== undefined) contenders.push(rival);
    checkSameOutput(workload.id, contenders);
    // The first rounds run before compilers and caches have settled, and show that both compute the same.
    const first: Round[] = [];
    for (const contender of contenders) first.push(await contender.round({ seconds: warmUpSeconds }));
    checkSameLoss(workload, first);
    const turns: Turn[] = [];
    const isQuiet = ({ coresOfOthers }: Turn) => coresOfOthers <= quietCores;
    // A turn that other programs disturbed is taken again, for a while.
    while (turns.filter(isQuiet).length < rounds && turns.length < (quick ? 1 : 3) * rounds) {
      turns.push(await takeTurn(contenders, { seconds: roundSeconds }));
    }
    const quiet = turns.filter(isQuiet);
    const counted = quiet.length >= rounds ? quiet : turns;
    const measured = contenders.map((_, i) => counted.map((turn) => turn.rounds[i] as Round));
    const [ours, theirs] = measured.map((all) => ({ ...speedOf(all), ...blockTimesOf(all) }));
    if (ours === undefined) throw new Error("bug: a workload without a contender");
    return {
      id: workload.id,
      kind: workload.kind,
      threads: workload.threads,
      ...ours,
      ...("sampleRate" in workload ? { timesRealtime: ours.samplesPerSecond / workload.sampleRate } : {}),
      ...(workload.kind === "fft" ? { transformsPerSecond: ours.samplesPerSecond / workload.size } : {}),
      ...(rival?.reference === undefined
        ? {}
        : { ...errorToReferenceDb(contenders[0], rival.reference), reference: rival.reference.settings }),
      ...(theirs === undefined || peer === undefined
        ? {}
        : {
            peer: {
              name: peer.name,
              version: peer.version,
              ...theirs,
              ...(rival?.settings === undefined ? {} : { settings: rival.settings }),
              ...errorToReferenceDb(rival, rival?.reference),
            },
            ratio: ours.samplesPerSecond / theirs.samplesPerSecond,
            processorRatio: ours.samplesPerProcessorSecond / theirs.samplesPerProcessorSecond,
          }),
      rounds: counted.length,
      loadAverage: median(counted.map((turn) => turn.loadAverage)),
      coresOfOthers: median(counted.map((turn) => turn.coresOfOthers)),
    };
  } finally {
    for (const contender of contenders) await contender.close();
  }
}

/** One round of every contender, and what else went on meanwhile. */
interface Turn {
  readonly rounds: readonly Round[];
  readonly loadAverage: number;
  readonly coresOfOthers: number;
}

const quietCores = 0.1;
/** Long enough for the threads of a contender that has just finished to go to sleep. */
const breakMilliseconds = 50;

async function takeTurn(contenders: readonly Contender[], { seconds }: { seconds: number }): Promise<Turn> {
  const rounds: Round[] = [];
  let coresOfOthers = 0;
  for (const contender of contenders) {
    await new Promise((resolve) => setTimeout(resolve, breakMilliseconds));
    const [began, used] = [performance.now(), usedSeconds()];
    const round = await contender.round({ seconds });
    const elapsed = (performance.now() - began) / 1000;
    coresOfOthers = Math.max(coresOfOthers, (usedSeconds() - used - usedBy(round)) / elapsed);
    rounds.push(round);
  }
  return { rounds, loadAverage: loadAverage(), coresOfOthers };
}

function usedBy({ processorSeconds, asideProcessorSeconds = 0 }: Round): number {
  return processorSeconds + asideProcessorSeconds;
}

function speedOf(rounds: readonly Round[]): Speed {
  const speeds = rounds.map(({ samples, seconds }) => samples / seconds);
  return {
    samplesPerSecond: median(speeds),
    slowest: Math.min(...speeds),
    fastest: Math.max(...speeds),
    samplesPerProcessorSecond: median(rounds.map(({ samples, processorSeconds }) => samples / processorSeconds)),
  };
}

function blockTimesOf(rounds: readonly Round[]): BlockTimes | undefined {
  const times = rounds.flatMap(({ blockMilliseconds }) => blockMilliseconds ?? []);
  if (times.length === 0) return undefined;
  return {
    medianBlockMs: median(times),
    block99Ms: quantile(times, 0.99),
    worstBlockMs: quantile(times, 1),
    blocks: times.length,
  };
}

/** Both start from the same weights and data, so their first losses agree as far as float32 sums do. */
function checkSameLoss({ id }: Workload, [ours, theirs]: readonly Round[]): void {
  if (ours?.firstLoss === undefined || theirs?.firstLoss === undefined) return;
  if (Math.abs(theirs.firstLoss / ours.firstLoss - 1) < 1e-4) return;
  throw new Error(`bug: ${id} is not the same work: a first loss of ${ours.firstLoss} here, ${theirs.firstLoss} there`);
}
