import { stat } from "node:fs/promises";
import { basename, extname, resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import {
  collectionDocument,
  collectionPage,
  inspectRecordings,
  knobDatasetDocument,
  knobDatasetPage,
} from "../../../src/recipes/index.ts";
import {
  inspectFolder,
  inspectKnobFolder,
  readExcerpts,
  readRecording,
  writeFileAtomic,
} from "../../../src/recipes/index.node.ts";
import { addPairOptions, checkPairOptions, type PairOptions } from "../capture-options.ts";
import {
  addCommand,
  type Call,
  interruptedExitCode,
  type Outcome,
  runCommand,
  stopSignal,
  toolVersion,
  typedCommandLine,
  usageError,
} from "../command.ts";
import { knobFolderText, knobProgressText, knobStoppedText } from "../inspect-knobs-text.ts";
import { folderProgressText, folderText, stoppedText } from "../inspect-text.ts";
import { requireSeparateOut, saveOutcome } from "../outcome-file.ts";

/** Options that are about a folder. */
interface FolderOptions {
  readonly table?: string;
  readonly pathColumn?: string;
  readonly labelColumn?: string;
  readonly splitColumn?: string;
  readonly groupColumn?: string;
  readonly labelPattern?: RegExp;
  readonly splitPattern?: RegExp;
  readonly groupPattern?: RegExp;
}

type InspectOptions = PairOptions & FolderOptions;

/** `inspect`: are these recordings fit to train on? */
export function addInspect(program: Command): void {
  const command = addCommand(program, "inspect <dry.wav|folder> [wet.wav]", {
    summary: "check recordings before training: a dry and wet pair, or a folder of sounds",
    details:
      "A pair: rate, length, clipping, silence, noise, delay; capture goes on unless a check refuses.\n" +
      "A folder: unreadable and missing files, class balance, leaks between splits, the same recording twice, silence,\n" +
      "clipping, outliers, gaps in a table. Classes are the folders, or a column of a table (CSV) that is looked for in\n" +
      "the folder. Every file is read once, block by block. Ctrl-C stops and tells what was found so far (exit code 130).\n" +
      "A dataset with knobs (from simulate, or in SignalTrain's layout: Train, Val, Test with input_<n>_.wav and\n" +
      "target_<n>_<effect>__<knob>__<knob>.wav): how the settings cover the knobs, missing and doubled settings, delay and\n" +
      "polarity of every target, leaks between splits. Options for folders of sounds look at it as such a folder instead.\n" +
      "Each check passes, warns or refuses. The exit code is 0 either way.",
    examples: [
      "inspect dry.wav wet.wav",
      "inspect sounds/ --out sounds.html",
      "inspect datasets/tube-screamer-1 --out tube-screamer.html",
      "inspect sounds/ --table meta.csv --label-column category --split-column fold --group-column source",
      "inspect recordings/ --label-pattern '^(\\d)_' --group-pattern '^\\d_([a-z]+)_'",
    ],
    uses: ["threads"],
    out: "also write the JSON document to this file; of a folder, a page with plots and players if it ends in .html",
  });
  addFolderOptions(addPairOptions(command)).action(runCommand<InspectOptions>("inspect", runInspect));
}

function addFolderOptions(command: Command): Command {
  const pattern = (flags: string, about: string) => new Option(flags, about).argParser(regularExpression);
  return command
    .option("--table <file>", 'folder: table about the sounds; "none" to look for none')
    .option("--path-column <name>", "folder: column of the table with the paths of the files")
    .option("--label-column <name>", "folder: column with the classes")
    .option("--split-column <name>", "folder: column with the splits or folds")
    .option("--group-column <name>", "folder: column with what must stay in one split, such as speaker or source")
    .addOption(pattern("--label-pattern <regex>", "folder: finds the class in a file's path (the first group)"))
    .addOption(pattern("--split-pattern <regex>", "folder: finds the split in a file's path"))
    .addOption(pattern("--group-pattern <regex>", "folder: finds the group in a file's path"));
}

function regularExpression(text: string): RegExp {
  try {
    return new RegExp(text, "u");
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

const pairOptionNames = { channel: "--channel", segment: "--segment", segmentSkip: "--segment-skip", delay: "--delay" };
const folderOptionNames = {
  table: "--table",
  pathColumn: "--path-column",
  labelColumn: "--label-column",
  splitColumn: "--split-column",
  groupColumn: "--group-column",
  labelPattern: "--label-pattern",
  splitPattern: "--split-pattern",
  groupPattern: "--group-pattern",
};

async function runInspect(call: Call<InspectOptions>): Promise<Outcome> {
  const [first = "", second] = call.operands;
  const isFolder =
    /[\\/]$/.test(first) ||
    (await stat(first).then(
      (found) => found.isDirectory(),
      () => false,
    ));
  if (!isFolder) {
    refuseOptions(call, folderOptionNames, `"${first}" is no folder`);
    return runInspectPair(call);
  }
  refuseOptions(call, pairOptionNames, `"${first}" is a folder`);
  if (second !== undefined) {
    throw usageError(`"${first}" is a folder, and "${second}" was given too`, "give one folder, or two recordings");
  }
  return runInspectFolder(call, first);
}

/** Options that would be left unheard. */
function refuseOptions({ typed }: Call<InspectOptions>, names: Readonly<Record<string, string>>, why: string): void {
  const given = Object.entries(names).flatMap(([key, name]) => (typed.has(key) ? [name] : []));
  if (given.length === 0) return;
  throw usageError(`${why}: ${given.join(" and ")} ${given.length === 1 ? "has" : "have"} no effect`, "leave it out");
}

async function runInspectFolder(call: Call<InspectOptions>, folder: string): Promise<Outcome> {
  const { options, progress } = call;
  const ending = options.out === undefined ? "" : extname(options.out).toLowerCase();
  if (options.out !== undefined && ![".html", ".htm", ".json"].includes(ending)) {
    throw usageError(`--out "${options.out}" ends in neither .html nor .json`, "give the name of a page or a document");
  }
  await requireSeparateOut(call, [options.table]);
  // Options about tables and patterns say what the folder is taken for.
  const isCollection = Object.keys(folderOptionNames).some((key) => call.typed.has(key));
  const dataset = isCollection ? undefined : await runInspectKnobs(call, folder);
  if (dataset !== undefined) return dataset;
  const { signal: stop, release } = stopSignal(() => call.note("stopping; once more to leave at once"));
  try {
    const { pathColumn, labelColumn, splitColumn, groupColumn, labelPattern, splitPattern, groupPattern } = options;
    const work = inspectFolder(folder, {
      ...{ threads: options.threads, stop, clock: () => performance.now(), table: options.table },
      columns: { path: pathColumn, label: labelColumn, split: splitColumn, group: groupColumn },
      ...{ labelPattern, splitPattern, groupPattern },
    });
    let step = await work.next();
    for (; step.done !== true; step = await work.next()) progress.update(folderProgressText(step.value));
    const found = step.value;
    const { report, stopped } = found;
    const document = collectionDocument({ folder, ...found });
    const outcome = {
      document,
      text: folderText(found),
      ...(stopped === null ? {} : { exitCode: interruptedExitCode }),
    };
    if (!ending.startsWith(".htm")) return await saveOutcome(call, outcome);
    progress.update("making the page");
    const page = await collectionPage({
      ...{ title: basename(resolve(folder)), report, ...(await readExcerpts(folder, report)) },
      incomplete: stopped === null ? undefined : stoppedText({ stopped }),
      commandLine: typedCommandLine(options),
      createdAt: new Date().toISOString(),
      toolVersion: toolVersion(),
    });
    await writeFileAtomic(options.out ?? "", page);
    return { ...outcome, text: `${outcome.text}\n\npage    ${options.out}` };
  } finally {
    release();
  }
}

/** Nothing for a folder that holds no dataset with knobs. */
async function runInspectKnobs(call: Call<InspectOptions>, folder: string): Promise<Outcome | undefined> {
  const { options, progress } = call;
  const { signal: stop, release } = stopSignal(() => call.note("stopping; once more to leave at once"));
  try {
    const work = inspectKnobFolder(folder, { stop, clock: () => performance.now() });
    let step = await work.next();
    for (; step.done !== true; step = await work.next()) progress.update(knobProgressText(step.value));
    const found = step.value;
    if (found === undefined) return undefined;
    const outcome = {
      document: knobDatasetDocument({ folder, ...found }),
      text: knobFolderText(found),
      ...(found.stopped === null ? {} : { exitCode: interruptedExitCode }),
    };
    if (options.out === undefined || extname(options.out).toLowerCase() === ".json")
      return await saveOutcome(call, outcome);
    progress.update("making the page");
    const page = await knobDatasetPage({
      ...found,
      title: basename(resolve(folder)),
      incomplete: found.stopped === null ? undefined : knobStoppedText(found.stopped),
      commandLine: typedCommandLine(options),
      createdAt: new Date().toISOString(),
      toolVersion: toolVersion(),
    });
    await writeFileAtomic(options.out, page);
    return { ...outcome, text: `${outcome.text}\n\npage    ${options.out}` };
  } finally {
    release();
    progress.clear();
  }
}

async function runInspectPair(call: Call<PairOptions>): Promise<Outcome> {
  const [dryPath = "", wetPath] = call.operands;
  checkPairOptions(call.options);
  await requireSeparateOut(call, call.operands);
  const dry = await readRecording(dryPath);
  const wet = wetPath === undefined ? undefined : await readRecording(wetPath);
  const { checks, sampleRate, seconds, alignment } = inspectRecordings({ dry, wet }, call.options);
  const found = new Set(checks.map(({ verdict }) => verdict));
  const verdict = found.has("refuse") ? "refuse" : found.has("warn") ? "warn" : "pass";
  const marks = { pass: "pass  ", warn: "warn  ", refuse: "REFUSE" } as const;
  const lines = checks.flatMap(({ verdict: one, message, hint }) => [
    `  ${marks[one]}  ${message}`,
    ...(one === "pass" || hint === undefined ? [] : [`          ${hint}`]),
  ]);
  const words = {
    pass: "These recordings are fit to train on.",
    warn: "These recordings can be trained on; read the warnings.",
    refuse: "These recordings cannot be trained on as they are.",
  } as const;
  const data = {
    sampleRate,
    seconds,
    ...(alignment === undefined
      ? {}
      : { delaySamples: alignment.delaySamples, polarity: alignment.polarity, correlation: alignment.correlation }),
  };
  return saveOutcome(call, {
    document: { verdict, data, checks },
    text: [lines.join("\n"), "", words[verdict]].join("\n"),
  });
}
