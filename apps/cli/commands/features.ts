import { stat } from "node:fs/promises";
import { basename, extname, join, resolve } from "node:path";
import { type Command, Option } from "commander";
import { type FrontEndDocument, featureKinds, featureRows, reasonsNotLive } from "../../../src/signal/index.ts";
import { deviations, featureRowNames, type RowStatistics } from "../../../src/recipes/index.ts";
import {
  extractFileFeatures,
  extractFolderFeatures,
  type FeatureChannel,
  type FeatureFormat,
  featureFormats,
  type FeatureWork,
  requireSeparate,
  writeFrontEndFile,
} from "../../../src/recipes/index.node.ts";
import {
  addCommand,
  type Call,
  interruptedExitCode,
  type Outcome,
  runCommand,
  shortPath,
  stopSignal,
  toolVersion,
  typedCommandLine,
  usageError,
} from "../command.ts";
import { addFrontEndOptions, type FrontEndOptions, readFrontEnd } from "../features-options.ts";
import { collectionProgressText, fileFeaturesText, folderFeaturesText } from "../features-text.ts";
import { clockTime } from "../score-text.ts";

interface FeaturesOptions extends FrontEndOptions {
  readonly frontEnd?: string;
  readonly saveFrontEnd?: string;
  readonly normalise?: boolean;
  readonly channel: FeatureChannel;
  readonly float64?: boolean;
  readonly format?: FeatureFormat;
}

/** `features`: what a model sees of a sound. */
export function addFeatures(program: Command): void {
  const command = addCommand(program, "features <file|folder>", {
    summary: "compute features of sounds: mel bands, MFCC, pitch, chroma and more, as numbers or plots",
    details:
      "Takes WAV, AIFF, FLAC, MP3, Ogg Vorbis and Ogg Opus. The sound is made mono (the mean of its channels) and " +
      "resampled to the front end's rate. Of a folder all sounds in it and below are taken, on all cores; those that " +
      "cannot be read are listed, do not stop the others, and make the exit code 1. Ctrl-C stops and keeps what is " +
      "written (exit code 130).\n\n" +
      `--kind takes any of these, and librosa's names of them, with commas between: ${featureKinds.join(", ")}.`,
    examples: [
      "features bark.ogg --kind mfcc,spectral_centroid",
      "features bark.ogg --preset librosa --kind log-mel --out bark.png",
      "features sounds/ --preset librosa --kind mfcc --out mfcc/",
      "features sounds/ --kind mfcc,zcr --normalise --save-front-end front-end.json --out table.csv",
    ],
    uses: ["threads"],
    out:
      "of a file: .npy (shape [rows, frames]), .csv (a line per frame), .png or .html (a page with a player); " +
      "of a folder: a folder for a file per sound, or .csv (a line per sound: mean and deviation of each row)",
  });
  addFrontEndOptions(command)
    .addOption(
      new Option("--channel <which>", "channel of files with several").choices(["left", "right", "mix"]).default("mix"),
    )
    .option("--normalise", "measure mean and deviation of each row over all sounds, and bring them to 0 and 1")
    .option("--front-end <file.json>", "use a stored front end instead of a preset")
    .option("--save-front-end <file.json>", "store the front end, with its normalisation")
    .option("--float64", "numbers with all digits in .npy and .csv")
    .addOption(
      new Option("--format <type>", "what a file per sound is stored as (default: npy)").choices([...featureFormats]),
    )
    .action(runCommand<FeaturesOptions>("features", runFeatures));
}

type Out = { readonly type: "folder" | "table" | "file"; readonly path: string; readonly format: FeatureFormat };

async function runFeatures(call: Call<FeaturesOptions>): Promise<Outcome> {
  const { operands, options } = call;
  const [input = ""] = operands;
  const isFolder = /[\\/]$/.test(input) || (await isDirectory(input));
  const out = await readOut(call, { input, isFolder });
  await requireSeparate(
    [...(isFolder ? [] : [input]), ...(options.frontEnd === undefined ? [] : [options.frontEnd])],
    [...(out === undefined ? [] : [out.path]), ...(options.saveFrontEnd === undefined ? [] : [options.saveFrontEnd])],
  );
  if (out !== undefined && options.saveFrontEnd !== undefined && resolve(out.path) === resolve(options.saveFrontEnd)) {
    throw usageError(`--out and --save-front-end are both "${out.path}"`, "give each a name of its own");
  }
  const { signal: stop, release } = stopSignal(() => call.note("stopping; once more to leave at once"));
  try {
    const document = await readFrontEnd(call, { input, isFolder, stop });
    const work: FeatureWork = {
      document,
      channel: options.channel,
      sameRate: options.sampleRate === "native",
      format: out?.type === "table" ? undefined : out?.format,
      precision: options.float64 === true ? "float64" : "float32",
      makeFolder: out?.type === "folder",
      page: {
        commandLine: typedCommandLine(options),
        createdAt: new Date().toISOString(),
        toolVersion: toolVersion(),
      },
    };
    const place = { input, out, work, stop };
    return isFolder ? await runFolder(call, place) : await runFile(call, place);
  } finally {
    release();
  }
}

interface Place {
  readonly input: string;
  readonly out: Out | undefined;
  readonly work: FeatureWork;
  readonly stop: AbortSignal;
}

async function runFile(call: Call<FeaturesOptions>, { input, out, work, stop }: Place): Promise<Outcome> {
  const { options, progress } = call;
  const started = performance.now();
  const found = await extractFileFeatures(input, {
    ...{ work, stop, normalise: options.normalise === true, target: out?.path },
    onProgress(seconds, of) {
      progress.update(`read ${clockTime(seconds)}${of === undefined ? "" : ` of ${clockTime(of)}`}`);
    },
  });
  if (found === undefined) {
    return { document: { stopped: true }, text: "Stopped; nothing was written.", exitCode: interruptedExitCode };
  }
  const saved = await saveFrontEnd(options, found.document);
  const { document, facts, statistics } = found;
  return {
    document: {
      ...{ kind: "features", version: 1, input: resolve(input), sound: facts },
      ...frontEndFacts(document),
      rows: rowsDocument(document, statistics),
      frames: facts.frames,
      out: out === undefined ? null : resolve(out.path),
      work: { seconds: (performance.now() - started) / 1000 },
    },
    text: [fileFeaturesText(found), ...written(out?.path, saved)].join("\n"),
  };
}

async function runFolder(call: Call<FeaturesOptions>, { input, out, work, stop }: Place): Promise<Outcome> {
  const { options, progress } = call;
  const started = performance.now();
  const steps = extractFolderFeatures(input, {
    ...{ work, stop, normalise: options.normalise === true, listFiles: options.json === true },
    out: out === undefined || out.type === "file" ? undefined : { type: out.type, path: out.path },
    ...{ threads: options.threads, clock: () => performance.now() },
  });
  let step = await steps.next();
  for (; step.done !== true; step = await steps.next()) progress.update(collectionProgressText(step.value));
  const found = step.value;
  const { document, done, seconds, frames, statistics, files, failed, warnings, stopped } = found;
  const saved = done > 0 && stopped === null ? await saveFrontEnd(options, document) : undefined;
  const exitCode = stopped !== null ? interruptedExitCode : failed.length > 0 || done === 0 ? 1 : 0;
  return {
    document: {
      ...{ kind: "features-of-folder", version: 1, input: resolve(input), stopped },
      ...frontEndFacts(document),
      rows: statistics === undefined ? [] : rowsDocument(document, statistics),
      ...{ sounds: done, seconds, frames, out: out === undefined ? null : resolve(out.path) },
      ...{ files, failed, warnings },
      work: { seconds: (performance.now() - started) / 1000, threads: options.threads },
    },
    text: [folderFeaturesText(found), ...(done === 0 ? [] : written(out?.path, saved))].join("\n"),
    exitCode,
  };
}

function written(out: string | undefined, frontEnd: string | undefined): string[] {
  const lines = [
    ...(out === undefined ? [] : [`wrote ${shortPath(out)}`]),
    ...(frontEnd === undefined ? [] : [`wrote ${shortPath(frontEnd)}`]),
  ];
  return lines.length === 0 ? [] : ["", ...lines];
}

function frontEndFacts(document: FrontEndDocument) {
  const features = featureRows(document).map(({ feature, order, from, rows }) => ({
    kind: feature.kind,
    order,
    from,
    rows,
  }));
  return { frontEnd: document, features, notLive: reasonsNotLive(document) };
}

function rowsDocument(document: FrontEndDocument, statistics: RowStatistics) {
  const deviation = deviations(statistics);
  return featureRowNames(document).map((name, k) => ({
    ...{ name, mean: statistics.mean[k], deviation: deviation[k], min: statistics.min[k], max: statistics.max[k] },
  }));
}

async function saveFrontEnd({ saveFrontEnd: path }: FeaturesOptions, document: FrontEndDocument) {
  if (path !== undefined) await writeFrontEndFile(path, document);
  return path;
}

/** What --out means for a file or a folder. */
async function readOut(
  { options, typed }: Call<FeaturesOptions>,
  { input, isFolder }: { readonly input: string; readonly isFolder: boolean },
): Promise<Out | undefined> {
  const { out, format: wanted = "npy" } = options;
  if (out === undefined) {
    if (typed.has("format")) throw usageError("--format is for files that are written", "say where with --out");
    return undefined;
  }
  const ending = extname(out).toLowerCase().replace(/^\./, "").replace(/^htm$/, "html");
  const format = featureFormats.find((one) => one === ending);
  const toFolder = /[\\/]$/.test(out) || (await isDirectory(out));
  if (toFolder || (isFolder && ending === "")) {
    if (isFolder) return { type: "folder", path: out, format: wanted };
    return { type: "folder", path: join(out, `${basename(input, extname(input))}.${wanted}`), format: wanted };
  }
  if (isFolder && format === "csv" && (!typed.has("format") || wanted === "csv")) {
    return { type: "table", path: out, format };
  }
  if (isFolder) {
    throw usageError(
      `"${input}" is a folder: its features do not fit into "${out}"`,
      "give a folder for a file per sound (--format says of which type), or a table that ends in .csv",
    );
  }
  if (format === undefined) {
    throw usageError(`--out "${out}" ends in none of ${featureFormats.map((one) => `.${one}`).join(", ")}`, "give one");
  }
  if (typed.has("format") && wanted !== format) {
    throw usageError(`--out "${out}" is no ${wanted} file`, "leave out --format, or give another name");
  }
  return { type: "file", path: out, format };
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
