import { basename, extname, resolve } from "node:path";
import type { Command } from "commander";
import { TonewrightError } from "../../../src/errors/index.ts";
import { presetArchitecture } from "../../../src/modelfile/index.ts";
import { type CaptureSettings, newRunRecord, prepareCapture } from "../../../src/recipes/index.ts";
import {
  latestUnfinishedRun,
  makeRunFolder,
  openRun,
  type Run,
  readRecording,
  readRunRecording,
  saveRun,
  sha256,
} from "../../../src/recipes/index.node.ts";
import {
  addPairOptions,
  addTrainingOptions,
  type PairOptions,
  settingsFrom,
  type TrainingOptions,
} from "../capture-options.ts";
import {
  addCommand,
  type Call,
  type Outcome,
  runCommand,
  toolVersion,
  typedCommandLine,
  usageError,
} from "../command.ts";
import { finishedOutcome, workOnRun } from "../run-report.ts";

interface CaptureOptions extends TrainingOptions, PairOptions {
  readonly name?: string;
  readonly resume?: string | true;
}

/** Where runs go without --out. */
export const runsFolder = "runs";
const defaults = { model: "lstm-16", budget: "3m", budgetSeconds: 180 } as const;

/** `capture`: from a dry and a wet recording to a model. */
export function addCapture(program: Command): void {
  const command = addCommand(program, "capture [dry.wav] [wet.wav]", {
    summary: "learn a device from a dry recording and the same recording through it",
    details:
      `Trains ${defaults.model} for ${defaults.budget} unless told otherwise: small enough to play anywhere, and good for most ` +
      "pedals and amps. More time gives a better model; lstm-32 or wavenet-standard suit devices with " +
      "much gain. Ctrl-C stops at a checkpoint (exit code 130), --resume goes on.",
    examples: [
      "capture dry.wav wet.wav",
      "capture dry.wav wet.wav --model gru-8 --budget 5m --name 'my pedal'",
      "capture --resume runs/wet-1",
    ],
    uses: ["seed", "threads"],
    out: "folder of the run (default: runs/<name>-<n>)",
  });
  addTrainingOptions(command, defaults);
  addPairOptions(command)
    .option("--name <text>", "what the model is called (default: the wet file's name)")
    .option("--resume [run]", "go on with a run that was stopped, by default the latest")
    .action(runCommand<CaptureOptions>("capture", runCapture));
}

async function runCapture(call: Call<CaptureOptions>): Promise<Outcome> {
  const { options } = call;
  // `--resume dry.wav wet.wav`: the option has no value, these are the recordings.
  const taken = typeof options.resume === "string" && /\.wave?$/i.test(options.resume) ? [options.resume] : [];
  const [dryPath, wetPath] = [...taken, ...call.operands.filter((path) => path !== undefined)];
  if (options.resume !== undefined) {
    const folder = taken.length > 0 || options.resume === true ? undefined : options.resume;
    return resumeRun(call, { folder, dryPath, wetPath });
  }
  if (dryPath === undefined || wetPath === undefined) {
    throw usageError(
      `missing ${dryPath === undefined ? "the dry and the wet recording" : "the wet recording"}`,
      "give both: capture <dry.wav> <wet.wav>",
    );
  }
  const settings = settingsFrom(options, defaults);
  presetArchitecture(settings.model);
  const [dry, wet] = [await readRecording(dryPath), await readRecording(wetPath)];
  // Before there is a folder: what is refused leaves nothing.
  const prepared = prepareCapture({ dry, wet }, settings);
  const name = options.name ?? basename(wetPath, extname(wetPath));
  const folder = await makeRunFolder(
    options.out === undefined ? { parent: runsFolder, name: folderName(name) } : { folder: options.out },
  );
  const record = newRunRecord({
    command: "capture",
    name,
    createdAt: new Date().toISOString(),
    toolVersion: toolVersion(),
    commandLine: typedCommandLine({ seed: settings.seed }),
    settings,
    files: {
      dry: { path: resolve(dryPath), sha256: sha256(dry.bytes) },
      wet: { path: resolve(wetPath), sha256: sha256(wet.bytes) },
    },
  });
  await saveRun({ folder, record }, record.createdAt);
  return workOnRun(call, { folder, record, dry, wet, prepared });
}

async function resumeRun(
  call: Call<CaptureOptions>,
  {
    folder,
    dryPath,
    wetPath,
  }: { folder: string | undefined; dryPath: string | undefined; wetPath: string | undefined },
): Promise<Outcome> {
  const run = folder === undefined ? await latestUnfinishedRun(call.options.out ?? runsFolder) : await openRun(folder);
  refuseOtherSettings(call, run);
  if (run.record.status === "finished") {
    call.note("the run has ended before; this is its result");
    return finishedOutcome(run);
  }
  return workOnRun(call, {
    ...run,
    dry: await readRunRecording(run, { kind: "dry", path: dryPath }),
    wet: await readRunRecording(run, { kind: "wet", path: wetPath }),
  });
}

/** A resumed run keeps its settings; options that were typed again must say the same. */
function refuseOtherSettings({ options, typed }: Call<CaptureOptions>, { folder, record }: Run): void {
  const given = settingsFrom(options, defaults);
  const names: Partial<Record<string, keyof CaptureSettings>> = {
    epochs: "length",
    budget: "length",
    kernels: "build",
  };
  for (const option of typed) {
    const key = names[option] ?? option;
    if (!(key in given)) continue;
    const [before, now] = [record.settings, given].map((settings) =>
      JSON.stringify(settings[key as keyof CaptureSettings]),
    );
    if (before === now) continue;
    throw new TonewrightError(
      "checkpoint-mismatch",
      `the run in "${folder}" was started with ${key} ${before ?? "left open"}, not ${now}`,
      "leave the option out to go on as it was started, or start a new run without --resume",
    );
  }
}

/** A name that suits a folder. */
function folderName(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/[^\w.-]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "");
  return plain === "" ? "run" : plain.slice(0, 60);
}
