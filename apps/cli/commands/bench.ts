import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Command, Option } from "commander";
import { runBenchmark, workloadIds } from "../../../benchmarks/index.ts";
import { writeFileAtomic } from "../../../src/recipes/index.node.ts";
import { benchText } from "../bench-text.ts";
import { addCommand, type Call, type Outcome, runCommand, shortPath, usageError } from "../command.ts";

interface BenchOptions {
  readonly peer?: "pytorch";
  readonly quick?: boolean;
  readonly only?: string;
}

/** `bench`: how fast this machine trains and plays, beside PyTorch if it is there. */
export function addBench(program: Command): void {
  addCommand(program, "bench", {
    summary: "measure training and streaming speed, beside PyTorch if asked",
    details:
      "Training steps are whole ones: forward, loss, backward, Adam, through the same replicas as a real run. Streams are " +
      "blocks of 128 samples at 48 kHz. A peer does the same work from the same weights, round by round in turns.",
    examples: ["bench", "bench --peer pytorch --out benchmarks/results", "bench --only lstm-32 --json"],
    uses: ["seed", "threads"],
    out: "folder for <date>-<commit>.json, or a .json file",
  })
    .addOption(new Option("--peer <name>", "who to compare with").choices(["pytorch"]))
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
    peer: options.peer,
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
