import { extname, resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import {
  type SignalPartName,
  type SignalPresetName,
  type SignalShares,
  signalPartNames,
  signalPresetNames,
  type TrainingSignal,
  trainingSignal,
} from "../../../src/datasets/index.ts";
import { measureSignal, type SignalFacts, signalPage } from "../../../src/recipes/index.ts";
import { writeFileAtomic } from "../../../src/recipes/index.node.ts";
import { encodeFlac, encodeWav, type WavEncoding } from "../../../src/signal/index.ts";
import {
  addCommand,
  type Call,
  type Outcome,
  runCommand,
  seconds,
  shortPath,
  toolVersion,
  typedCommandLine,
  usageError,
  wholeNumber,
} from "../command.ts";
import { signalText } from "../signal-text.ts";

interface SignalOptions {
  readonly seconds: number;
  readonly sampleRate: number;
  readonly preset: SignalPresetName;
  readonly parts?: SignalShares;
  readonly encoding: WavEncoding;
  readonly page?: string;
}

/** `signal`: something to play into a device. */
export function addSignal(program: Command): void {
  addCommand(program, "signal", {
    summary: "make a training signal: an instrument at every level, with sweeps, noise and silence",
    details:
      "Play the file into your device, record what comes out, and give both to capture. Nothing in it is a recording.\n" +
      `Mixtures: ${signalPresetNames.join(", ")}.\nParts: ${signalPartNames.join(", ")}.`,
    examples: [
      "signal --out dry.wav",
      "signal --out bass.flac --preset bass --seconds 2m --page bass.html",
      "signal --out mine.wav --parts guitar-lead=3,guitar-chords=2,silence --seed 7",
    ],
    uses: ["seed"],
    out: "the file to write, .wav or .flac",
  })
    .addOption(new Option("--seconds <time>", "length, such as 90s or 3m").argParser(seconds).default(180, "180s"))
    .addOption(
      new Option("--sample-rate <Hz>", "samples per second")
        .argParser(wholeNumber({ min: 1, max: 2 ** 31 - 1 }))
        .default(48_000),
    )
    .addOption(new Option("--preset <name>", "the mixture").choices(signalPresetNames).default("guitar"))
    .addOption(
      new Option("--parts <list>", "parts to use instead, such as vowels=3,sweep (with shares)")
        .argParser(partShares)
        .conflicts("preset"),
    )
    .addOption(
      new Option("--encoding <name>", "how samples are stored; FLAC takes the first two")
        .choices(["pcm24", "pcm16", "pcm32", "float32"])
        .default("pcm24"),
    )
    .option("--page <file>", "also write a page with plan, spectrogram, spectrum, levels and a player")
    .action(runCommand<SignalOptions>("signal", runSignal));
}

/** `vowels=3,sweep` as shares; unknown names are found later, where all names are known. */
function partShares(text: string): SignalShares {
  const entries = text.split(",").map((item) => {
    const [name = "", share = "1", ...more] = item.split("=").map((word) => word.trim());
    const value = share === "" ? Number.NaN : Number(share);
    if (name === "" || more.length > 0 || !(value > 0 && Number.isFinite(value))) {
      throw new InvalidArgumentError(`"${item}" is no part with a share above 0, such as vowels=3.`);
    }
    return [name as SignalPartName, value] as const;
  });
  return Object.fromEntries(entries);
}

async function runSignal({ options, progress }: Call<SignalOptions>): Promise<Outcome> {
  const { out, page, sampleRate, seed, encoding } = options;
  if (out === undefined) throw usageError("missing the file to write", "give it: signal --out dry.wav");
  const ending = extname(out).toLowerCase();
  if (![".wav", ".flac"].includes(ending)) {
    throw usageError(`--out "${out}" ends in neither .wav nor .flac`, "give the name of a sound file");
  }
  if (ending === ".flac" && encoding !== "pcm16" && encoding !== "pcm24") {
    throw usageError(`FLAC does not hold ${encoding}`, "choose --encoding pcm16 or pcm24, or write a .wav");
  }
  if (page !== undefined && ![".html", ".htm"].includes(extname(page).toLowerCase())) {
    throw usageError(`--page "${page}" does not end in .html`, "give the name of a page");
  }
  progress.update("making the signal");
  const signal = trainingSignal({
    seconds: options.seconds,
    sampleRate,
    seed,
    preset: options.preset,
    parts: options.parts,
  });
  const recording = { channels: [signal.samples], sampleRate };
  progress.update("writing");
  const bytes =
    ending === ".flac"
      ? await encodeFlac(recording, { bits: encoding === "pcm16" ? 16 : 24 })
      : await encodeWav(recording, { encoding });
  await writeFileAtomic(out, bytes);
  const facts = measureSignal(signal);
  const mixture = options.parts === undefined ? options.preset : Object.keys(options.parts).join(", ");
  const what = `${mixture}, seed ${seed}`;
  if (page !== undefined) {
    progress.update("making the page");
    const html = await signalPage({
      ...{ title: shortPath(out), subtitle: `Training signal: ${what}`, signal, facts },
      commandLine: typedCommandLine(options),
      createdAt: new Date().toISOString(),
      toolVersion: toolVersion(),
    });
    await writeFileAtomic(page, html);
  }
  const stored = `${ending.slice(1)}, ${encoding}`;
  return {
    document: documentOf(signal, facts, {
      file: resolve(out),
      encoding,
      seed,
      mixture: options.parts ?? options.preset,
    }),
    text: [
      `wrote ${shortPath(out)}`,
      ...(page === undefined ? [] : [`page  ${shortPath(page)}`]),
      "",
      signalText(signal, facts, { what, stored }),
    ].join("\n"),
  };
}

function documentOf(
  { parts, sampleRate, warnings }: TrainingSignal,
  { kinds, ...facts }: SignalFacts,
  head: { file: string; encoding: string; seed: number; mixture: SignalPresetName | SignalShares },
): unknown {
  return {
    ...{ kind: "training-signal", version: 1, ...head, ...facts },
    kinds,
    parts: parts.map(({ start, end, ...part }) => ({
      ...part,
      ...{ start, end, startSeconds: start / sampleRate, seconds: (end - start) / sampleRate },
    })),
    warnings,
  };
}
