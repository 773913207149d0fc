import { type Command, Option } from "commander";
import type { ChannelChoice } from "../../src/datasets/index.ts";
import { type CaptureSettings, completeSettings, lossPresetNames } from "../../src/recipes/index.ts";
import { type CommonOptions, positiveNumber, seconds, usageError, wholeNumber } from "./command.ts";

/** Options that say how two recordings belong together. */
export interface PairOptions {
  readonly channel: ChannelChoice;
  readonly segment?: number;
  readonly segmentSkip?: number;
  readonly delay?: number;
}

/** Options that decide a training. */
export interface TrainingOptions {
  readonly model: string;
  readonly budget?: number;
  readonly epochs?: number;
  readonly loss: CaptureSettings["loss"];
  readonly learningRate?: number;
  readonly batch?: number;
  readonly kernels?: "simd" | "relaxed";
}

/** Adds the options of `PairOptions`. */
export function addPairOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--channel <which>", "channel of a stereo file")
        .choices(["auto", "left", "right", "mix"])
        .default("auto"),
    )
    .addOption(
      new Option(
        "--segment <samples>",
        "the recording is made of segments of this length, each starting anew",
      ).argParser(wholeNumber({ min: 64, max: 2 ** 31 - 1 })),
    )
    .addOption(
      new Option("--segment-skip <samples>", "samples at the start of each segment that are context only").argParser(
        wholeNumber({ min: 0, max: 2 ** 31 - 1 }),
      ),
    )
    .addOption(
      new Option("--delay <samples>", "by how much wet is later than dry (measured if not given)").argParser(
        wholeNumber({ min: -10_000_000, max: 10_000_000 }),
      ),
    );
}

/** Adds the options of `TrainingOptions`. */
export function addTrainingOptions(command: Command, defaults: { model: string; budget: string }): Command {
  return command
    .option("--model <name>", "lstm-N, gru-N, lstm-2xN, wavenet-standard|lite|feather|nano", defaults.model)
    .addOption(
      new Option("--budget <time>", `time to train, such as 60s or 5m (${defaults.budget} if nothing is given)`)
        .argParser(seconds)
        .conflicts("epochs"),
    )
    .addOption(
      new Option("--epochs <n>", "train this many rounds over the data instead").argParser(
        wholeNumber({ min: 1, max: 1_000_000 }),
      ),
    )
    .addOption(new Option("--loss <name>", "what training makes small").choices(lossPresetNames).default("esr"))
    .addOption(
      new Option("--learning-rate <x>", "highest step size (chosen by model if not given)").argParser(positiveNumber),
    )
    .addOption(new Option("--batch <n>", "sequences per update").argParser(wholeNumber({ min: 1, max: 4096 })))
    .addOption(
      new Option(
        "--kernels <build>",
        "simd gives the same bits on every machine, relaxed is faster (the default where it runs)",
      ).choices(["simd", "relaxed"]),
    );
}

/** Pair options that can be meant. */
export function checkPairOptions({ segment, segmentSkip }: PairOptions): void {
  if (segmentSkip === undefined) return;
  if (segment === undefined) {
    throw usageError("--segment-skip was given without --segment", "give the length of a segment with --segment");
  }
  if (segmentSkip >= segment) {
    throw usageError(
      `--segment-skip ${segmentSkip} leaves nothing of segments of ${segment} samples`,
      "make it smaller than --segment",
    );
  }
}

/** The settings of a new run. */
export function settingsFrom(
  options: TrainingOptions & PairOptions & CommonOptions,
  { budgetSeconds }: { budgetSeconds: number },
): CaptureSettings {
  checkPairOptions(options);
  const { model, epochs, budget, seed, kernels, loss, learningRate, batch } = options;
  const { channel, segment, segmentSkip, delay } = options;
  return completeSettings({
    model,
    length: epochs !== undefined ? { epochs } : { budgetSeconds: budget ?? budgetSeconds },
    seed,
    loss,
    channel,
    ...defined({ build: kernels, learningRate, batch, segment, segmentSkip, delay }),
  });
}

/** The members that are not undefined. */
function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
