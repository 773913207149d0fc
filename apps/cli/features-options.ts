import { type Command, InvalidArgumentError, Option } from "commander";
import { type FrontEndDocument, frontEndPreset, type MelPresetName, melPresets } from "../../src/signal/index.ts";
import { changeFrontEnd } from "../../src/recipes/index.ts";
import { readFrontEndFile, readSampleRate } from "../../src/recipes/index.node.ts";
import { type Call, positiveNumber, usageError, wholeNumber } from "./command.ts";

/** Options that make a front end, and are pointless beside a stored one. */
export interface FrontEndOptions {
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

/** Adds the options that make a front end. */
export function addFrontEndOptions(command: Command): Command {
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
    .option("--window <name>", "hann, hamming, blackman, bartlett, blackman-harris, boxcar, sqrt-hann, povey")
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

/** The front end that the options describe, or that is stored where they say. */
export async function readFrontEnd(
  { options, typed }: Call<FrontEndOptions & { readonly frontEnd?: string; readonly normalise?: boolean }>,
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
    const document = await readFrontEndFile(options.frontEnd);
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
