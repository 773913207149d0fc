import { readFile, stat } from "node:fs/promises";
import { basename, extname, join, resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { TonewrightError } from "../../../src/errors/index.ts";
import {
  type FrontEndDocument,
  featureRows,
  frontEndPreset,
  type MelPresetName,
  melPresets,
  parseFrontEnd,
  reasonsNotLive,
} from "../../../src/signal/index.ts";
import { changeFrontEnd, deviations, featureRowNames, type RowStatistics } from "../../../src/recipes/index.ts";
import {
  extractFileFeatures,
  extractFolderFeatures,
  type FeatureChannel,
  type FeatureFormat,
  featureFormats,
  type FeatureWork,
  readSampleRate,
  requireSeparate,
  writeFileAtomic,
} from "../../../src/recipes/index.node.ts";
import {
  addCommand,
  type Call,
  interruptedExitCode,
  type Outcome,
  positiveNumber,
  runCommand,
  shortPath,
  stopSignal,
  toolVersion,
  typedCommandLine,
  usageError,
  wholeNumber,
} from "../command.ts";
import { collectionProgressText, fileFeaturesText, folderFeaturesText } from "../features-text.ts";
import { clockTime } from "../score-text.ts";

/** Options that make a front end, and are pointless beside a stored one. */
interface FrontEndOptions {
  readonly preset: MelPresetName;
  readonly kind: readonly string[];
  readonly sampleRate?: number | "native";
  readonly fftSize?: number;
  readonly hop?: number;
  readonly window?: string;
  readonly mels?: number;
  readonly fmin?: number;
  readonly fmax?: number;
  readonly coefficients?: number;
  readonly topDb?: number | "none";
  readonly tuning?: number | "estimate";
  readonly deltas?: 0 | 1 | 2;
  readonly fast?: boolean;
}

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
      "Takes WAV, AIFF, FLAC, MP3, Ogg Vorbis and Ogg Opus. The sound is made mono (the mean of its channels) and resampled\n" +
      "to the front end's rate. Of a folder all sounds in it and below are taken, on all cores; those that cannot be read\n" +
      "are listed and do not stop the others. Ctrl-C stops and keeps what is written (exit code 130).\n\n" +
      "--kind takes any of these, and librosa's names of them, with commas between: spectrogram, mel, log-mel, mfcc, pcen,\n" +
      "rms, zero-crossing-rate, spectral-centroid, -bandwidth, -rolloff, -flatness, -contrast and -flux, chroma, chroma-cqt,\n" +
      "chroma-cens, tonnetz, constant-q, onset-strength, tempogram, yin, pyin, kaldi-fbank, kaldi-mfcc.",
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

function addFrontEndOptions(command: Command): Command {
  const samples = wholeNumber({ min: 1, max: 2 ** 24 });
  const count = wholeNumber({ min: 1, max: 65_536 });
  return command
    .addOption(
      new Option("--preset <name>", "whose numbers to compute").choices(Object.keys(melPresets)).default("librosa"),
    )
    .addOption(
      new Option("--kind <names>", "features, with commas between")
        .argParser((text: string) => text.split(",").filter((name) => name.trim() !== ""))
        .default(["log-mel"], "log-mel"),
    )
    .addOption(
      new Option(
        "--sample-rate <hz>",
        'rate to compute at; "native" for that of the files (default: the preset\'s)',
      ).argParser((text: string) => (text === "native" ? text : positiveNumber(text))),
    )
    .addOption(new Option("--fft-size <samples>", "length of a frame").argParser(samples))
    .addOption(new Option("--hop <samples>", "from one frame to the next").argParser(samples))
    .option("--window <name>", "hann, hamming, blackman, bartlett, blackman-harris, boxcar, sqrt-hann")
    .addOption(new Option("--mels <n>", "mel bands").argParser(count))
    .addOption(new Option("--fmin <hz>", "lowest frequency of mel bands and pitches").argParser(numberFrom(0)))
    .addOption(new Option("--fmax <hz>", "highest frequency of mel bands and pitches").argParser(positiveNumber))
    .addOption(new Option("--coefficients <n>", "coefficients of MFCC").argParser(count))
    .addOption(
      new Option(
        "--top-db <n>",
        'decibels end so far below the loudest moment; "none" for no limit, as live',
      ).argParser(orWord("none", numberFrom(0))),
    )
    .addOption(
      new Option("--tuning <n>", 'of chroma, in fractions of a bin; "estimate" for the sound\'s own').argParser(
        orWord("estimate", numberFrom(-0.5)),
      ),
    )
    .addOption(
      new Option("--deltas <n>", "add how rows change (1), and how that changes (2)").argParser(
        wholeNumber({ min: 0, max: 2 }),
      ),
    )
    .option("--fast", "compute in float32: twice as fast, errors 140 dB below the loudest bin");
}

function numberFrom(least: number): (text: string) => number {
  return (text) => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (!(value >= least && Number.isFinite(value))) throw new InvalidArgumentError(`Give a number from ${least}.`);
    return value;
  };
}

function orWord<W extends string>(word: W, parse: (text: string) => number): (text: string) => number | W {
  return (text) => (text === word ? word : parse(text));
}

/** Options of the front end as they are typed. */
const frontEndOptionNames: Readonly<Record<keyof FrontEndOptions, string>> = {
  preset: "--preset",
  kind: "--kind",
  sampleRate: "--sample-rate",
  fftSize: "--fft-size",
  hop: "--hop",
  window: "--window",
  mels: "--mels",
  fmin: "--fmin",
  fmax: "--fmax",
  coefficients: "--coefficients",
  topDb: "--top-db",
  tuning: "--tuning",
  deltas: "--deltas",
  fast: "--fast",
};

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
  const exitCode = stopped !== null ? interruptedExitCode : done === 0 ? 1 : 0;
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
  if (path !== undefined) await writeFileAtomic(path, `${JSON.stringify(document, null, 2)}\n`);
  return path;
}

async function readFrontEnd(
  { options, typed }: Call<FeaturesOptions>,
  { input, isFolder, stop }: { readonly input: string; readonly isFolder: boolean; readonly stop: AbortSignal },
): Promise<FrontEndDocument> {
  if (options.frontEnd !== undefined) {
    const given = Object.entries(frontEndOptionNames).flatMap(([key, name]) => (typed.has(key) ? [name] : []));
    if (given.length > 0) {
      throw usageError(
        `--front-end says what to compute: ${given.join(" and ")} ${given.length === 1 ? "has" : "have"} no effect`,
        `leave ${given.length === 1 ? "it" : "them"} out, or change the file`,
      );
    }
    const document = await readDocument(options.frontEnd);
    if (options.normalise === true && document.normalisation !== null) {
      throw usageError(`"${options.frontEnd}" has a normalisation already`, "leave out --normalise");
    }
    return document;
  }
  if (options.kind.length === 0) throw usageError("--kind names no feature", "give one, such as --kind mfcc");
  const sampleRate =
    options.sampleRate === "native" ? await readSampleRate(input, { isFolder, stop }) : options.sampleRate;
  const { fftSize, hop, window, mels, fmin, fmax, coefficients, topDb, tuning, deltas, fast } = options;
  return changeFrontEnd(frontEndPreset(options.preset, options.kind, { sampleRate }), {
    ...{ fftSize, hop, window, mels, coefficients, deltas },
    ...{ topDb: topDb === "none" ? null : topDb, tuning: tuning === "estimate" ? null : tuning },
    ...{ fminHz: fmin, fmaxHz: fmax, precision: fast === true ? "float32" : undefined },
  });
}

async function readDocument(path: string): Promise<FrontEndDocument> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new TonewrightError(
      "unreadable-file",
      `"${path}" cannot be read: the system says ${error.code}`,
      "give a file that --save-front-end wrote",
    );
  });
  try {
    return parseFrontEnd(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new TonewrightError(
      "bad-front-end",
      `"${path}" is no JSON: ${error.message}`,
      "give a file that --save-front-end wrote",
    );
  }
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
