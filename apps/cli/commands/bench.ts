import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Command, Option } from "commander";
import { type PeerName, peerNames, runBenchmark, workloadIds } from "../../../benchmarks/index.ts";
import { writeFileAtomic } from "../../../src/recipes/index.node.ts";
import { benchText } from "../bench-text.ts";
import { addCommand, type Call, type Outcome, runCommand, shortPath, usageError } from "../command.ts";

interface BenchOptions {
  readonly peer?: PeerName | "all";
  readonly python?: string;
  readonly quick?: boolean;
  readonly only?: string;
}

/** `bench`: how fast this machine trains, plays, analyses and simulates, beside others on the same work if they are there. */
export function addBench(program: Command): void {
  addCommand(program, "bench", {
    summary: "measure the speed of training, streaming, analysis and circuits, beside others if asked",
    details:
      "Training steps are whole ones: forward, loss, backward, Adam, through the same replicas as a real run. Streams are " +
      "blocks of 128 samples at 48 kHz. Analysis is mel spectra, MFCC and resampling of 60 s, and Fourier transforms. " +
      "Circuits of the library play a guitar at 48 kHz in 8 steps per sample. A peer does the same work on the same " +
      "numbers, round by round in turns: PyTorch trains and streams, librosa (or its steps in numpy and scipy) analyses, " +
      "pffft transforms, ngspice (the program of that name) simulates, with the error of both.",
    examples: ["bench", "bench --peer all --out benchmarks/results", "bench --peer ngspice --only circuit"],
    uses: ["seed", "threads"],
    out: "folder for <date>-<commit>.json, or a .json file",
  })
    .addOption(new Option("--peer <name>", "who to compare with").choices([...peerNames, "all"]))
    .option("--python <program>", "where to look for PyTorch and librosa first; then python3 and /usr/bin/python3")
    .option("--quick", "short rounds: a first look, not a measurement")
    .option("--only <text>", "only workloads whose id contains this")
    .action(runCommand<BenchOptions>("bench", runBench));
}

async function runBench({ options, progress }: Call<BenchOptions>): Promise<Outcome> {
  const { only = "" } = options;
  if (!workloadIds.some((id) => id.includes(only))) {
    throw usageError(`no workload's id contains "${only}"`, `there are ${workloadIds.join(", ")}`);
  }
  const date = new Date().toISOString();
  const commit = currentCommit();
  const report = await runBenchmark({
    date,
    commit,
    seed: options.seed,
    threads: options.threads,
    peers: options.peer === undefined ? [] : options.peer === "all" ? peerNames : [options.peer],
    python: options.python,
    quick: options.quick === true,
    only,
    onProgress: (text) => progress.update(text),
  });
  let text = benchText(report);
  if (options.out !== undefined) {
    const file = options.out.endsWith(".json")
      ? options.out
      : join(options.out, `${date.slice(0, 10)}-${commit || "no-commit"}.json`);
    await writeFileAtomic(file, `${JSON.stringify(report, null, 2)}\n`);
    text += `\n\nwrote ${shortPath(file)}`;
  }
  return { document: report, text };
}

/** Short hash of the commit this program is of, with a plus sign if files differ from it; empty outside a repository. */
function currentCommit(): string {
  const cwd = fileURLToPath(new URL(".", import.meta.url));
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  try {
    const changed = git("status", "--porcelain", "--untracked-files=no") !== "";
    return git("rev-parse", "--short=10", "HEAD") + (changed ? "+" : "");
  } catch {
    return "";
  }
}
