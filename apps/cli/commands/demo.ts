import { join } from "node:path";
import { type Command, Option } from "commander";
import { completeSettings, demoModel, demoRecordings, newRunRecord } from "../../../src/recipes/index.ts";
import {
  loadModel,
  makeRunFolder,
  requireFree,
  saveRun,
  sha256,
  writeFileAtomic,
} from "../../../src/recipes/index.node.ts";
import { encodeWav } from "../../../src/signal/index.ts";
import { addCommand, type Call, type Outcome, runCommand, seconds, toolVersion, typedCommandLine } from "../command.ts";
import { startPlayServer } from "../play-server.ts";
import { workOnRun } from "../run-report.ts";
import { runsFolder } from "./capture.ts";
import { untilStopped } from "./play.ts";

interface DemoOptions {
  readonly budget: number;
  readonly play: boolean;
}

/** `demo`: everything once, from nothing. */
export function addDemo(program: Command): void {
  addCommand(program, "demo", {
    summary: "from nothing to a model: simulate a distortion circuit, learn it, judge it, play it",
    details:
      "Makes a guitar-like signal, sends it through a simulated diode clipper, and trains a small network on " +
      "the two. On a terminal it ends with a page that plays the model.",
    examples: ["demo", "demo --budget 5m --no-play"],
    uses: ["seed", "threads"],
    out: `folder of the run (default: ${runsFolder}/demo-<n>)`,
  })
    .addOption(new Option("--budget <time>", "time to train").argParser(seconds).default(60, "60s"))
    .option("--no-play", "end with the figures instead of the player")
    .action(runCommand<DemoOptions>("demo", runDemo));
}

async function runDemo(call: Call<DemoOptions>): Promise<Outcome | undefined> {
  const { options, progress } = call;
  const settings = completeSettings({
    model: demoModel,
    length: { budgetSeconds: options.budget },
    seed: options.seed,
  });
  const folder = await makeRunFolder(
    options.out === undefined ? { parent: runsFolder, name: "demo" } : { folder: options.out },
  );
  await requireFree(["dry.wav", "wet.wav"].map((name) => join(folder, name)));
  progress.line("making a guitar-like signal and sending it through a simulated diode clipper");
  const { dry, wet } = demoRecordings({ seed: options.seed });
  const store = async (name: string, recording: typeof dry) => {
    const bytes = await encodeWav(recording);
    await writeFileAtomic(join(folder, name), bytes);
    return { path: name, sha256: sha256(bytes) };
  };
  const record = newRunRecord({
    command: "demo",
    name: "diode clipper",
    createdAt: new Date().toISOString(),
    toolVersion: toolVersion(),
    commandLine: typedCommandLine({ seed: options.seed }),
    settings,
    files: { dry: await store("dry.wav", dry), wet: await store("wet.wav", wet) },
  });
  await saveRun({ folder, record }, record.createdAt);
  const outcome = await workOnRun(call, {
    folder,
    record,
    dry: { name: "dry.wav", recording: dry },
    wet: { name: "wet.wav", recording: wet },
  });
  if (!options.play || !call.atTerminal || (outcome.exitCode ?? 0) !== 0) return outcome;
  process.stdout.write(`${outcome.text}\n\n`);
  const { document } = await loadModel(folder);
  const server = await startPlayServer({ document });
  process.stdout.write(`Open ${server.url} to play through it now (Ctrl-C stops).\n`);
  await untilStopped(server);
  return undefined;
}
