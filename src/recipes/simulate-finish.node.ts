import { rmdir } from "node:fs/promises";
import { join } from "node:path";
import {
  effectFileName,
  type EffectKnob,
  type KnobDatasetCard,
  type KnobMovement,
  trajectoryCsv,
  writeEffectInfo,
} from "../datasets/index.ts";
import { isTonewrightError } from "../errors/index.ts";
import { writeFileAtomic } from "./files.node.ts";
import type { CircuitRenderer, PreparedSound } from "./simulate-circuit.node.ts";
import { datasetFiles, makeFoldersFor } from "./simulate-folder.node.ts";
import type { SimulationMeter } from "./simulate-progress.ts";
import { openRaw, peakOfFile, saveStretch, scaleWav } from "./simulate-raw.node.ts";
import { type PlannedPair, type SimulationRequest, splitFractions } from "./simulate-request.ts";
import { prepareSound } from "./simulate-sounds.node.ts";
import { levelWarnings } from "./simulate-levels.ts";
import type { StateRecord } from "./simulate-record.node.ts";
import { isOfSetting } from "./simulate-work.node.ts";

/** What is known when all settings are rendered. */
export interface FinishInput {
  readonly folder: string;
  readonly request: SimulationRequest;
  readonly record: StateRecord;
  readonly pairs: readonly PlannedPair[];
  readonly sounds: readonly PreparedSound[];
  readonly circuit: CircuitRenderer | undefined;
  readonly warnings: readonly string[];
  readonly sourceHash: string;
  readonly meter: SimulationMeter;
}

/** Peak of the loudest target, if it would be beyond full scale: -1 dBFS. */
const loudestPeak = 10 ** (-1 / 20);

/**
 * The last steps: the recording with moving knobs, one gain for all targets, description and card.
 *
 * @returns The card; nothing if it was stopped.
 */
export async function finishDataset(input: FinishInput): Promise<KnobDatasetCard | undefined> {
  const { folder, request, record, pairs, meter } = input;
  meter.stage = "moving";
  const found = await tryMoving(input);
  if (found === undefined) return undefined;
  const { moving } = found;
  meter.stage = "finishing";
  const { peaks } = record.state;
  const targets = [...pairs.map(({ target }) => target), ...moving.map(({ target }) => target)];
  const present = targets.filter((target) => peaks[target] !== undefined);
  const peak = present.reduce((largest, target) => Math.max(largest, peaks[target]!), 0);
  const gain = record.state.gain ?? (peak > 1 ? Number((loudestPeak / peak).toPrecision(6)) : 1);
  record.state = { ...record.state, gain };
  await record.save();
  if (gain !== 1) for (const target of present) await scaleOnce(join(folder, target), { peak: peaks[target]!, gain });
  const { axes } = request;
  const info = {
    name: request.name,
    knobNames: axes.map(({ knob }) => knob.name),
    knobRanges: axes.map(({ knob }) => [knob.min, knob.max] as const),
    inverse: false,
  };
  await writeFileAtomic(join(folder, datasetFiles.info), writeEffectInfo(info));
  const card = makeCard(input, { peak, gain, moving, trouble: found.trouble });
  await writeFileAtomic(join(folder, datasetFiles.card), `${JSON.stringify(card, null, 1)}\n`);
  record.state = { ...record.state, status: "finished" };
  await record.save();
  return card;
}

/** Multiplies a file unless an earlier run has done so: its peak tells. */
async function scaleOnce(
  path: string,
  { peak, gain }: { readonly peak: number; readonly gain: number },
): Promise<void> {
  const now = await peakOfFile(path);
  if (Math.abs(now - peak * gain) > 1e-3 * peak * gain) await scaleWav(path, gain);
}

/** How it is made, for the card. */
const movingMethod = "the circuit itself; every 32 samples its knobs are set to where they are then";

/** Longest recording with moving knobs. */
const movingSeconds = 20;

/** The recording with moving knobs, or why there is none: the rest of the dataset is good without it. */
async function tryMoving(
  input: FinishInput,
): Promise<{ readonly moving: KnobDatasetCard["moving"]; readonly trouble: readonly string[] } | undefined> {
  try {
    const moving = await makeMoving(input);
    return moving && { moving, trouble: [] };
  } catch (error) {
    if (!isOfSetting(error) && !(isTonewrightError(error) && error.code === "circuit-changed")) throw error;
    await rmdir(join(input.folder, "Moving")).catch(() => {});
    return {
      moving: [],
      trouble: [`the recording with knobs that move could not be made: ${error.message} (${error.hint})`],
    };
  }
}

async function makeMoving({
  folder,
  request,
  record,
  sounds,
  circuit,
  pairs,
}: FinishInput): Promise<KnobDatasetCard["moving"] | undefined> {
  const { moves, sampleRate, axes } = request;
  if (moves === null || circuit === undefined) return [];
  const names = {
    input: "Moving/input_000_.wav",
    target: `Moving/target_000_${effectFileName(request.name)}__moving.wav`,
    trajectory: "Moving/knobs_000_.csv",
  };
  await makeFoldersFor(folder, [names.input]);
  const path = join(folder, datasetFiles.work, "sound-moving.f32");
  const [first] = request.sounds;
  // A generated sound of its own, or what the test hears, or the end of the file.
  const test = pairs.find(({ split }) => split === "test");
  const most = movingSeconds * sampleRate;
  let sound: PreparedSound;
  if (first?.kind === "generated") {
    sound = await prepareSound(
      { ...first, seconds: Math.min(movingSeconds, first.seconds), seed: first.seed + 0x51_7cc1 },
      { path, sampleRate, order: "played" },
    );
  } else {
    const source = sounds[test?.sound ?? 0]!;
    const end = test?.end ?? source.samples;
    const start = Math.max(test?.start ?? 0, end - most);
    const raw = await openRaw(path);
    await raw.write(await source.raw.read(start, end), 0);
    sound = { raw, samples: end - start };
  }
  try {
    const movements = axes.map(
      ({ knob }): KnobMovement => moves.movements.find((one) => one.knob.name === knob.name) ?? still(knob),
    );
    const seconds = sound.samples / sampleRate;
    const output = await openRaw(join(folder, datasetFiles.work, "moving.f32"));
    try {
      if (!(await circuit.render({ knobs: movements, sound, output, onProgress: () => {} }))) return undefined;
      const span = { start: 0, end: sound.samples, sampleRate };
      const { peak } = await saveStretch(output, { path: join(folder, names.target), ...span });
      await saveStretch(sound.raw, { path: join(folder, names.input), ...span });
      await writeFileAtomic(join(folder, names.trajectory), trajectoryCsv(movements, { seconds }));
      record.state = { ...record.state, peaks: { ...record.state.peaks, [names.target]: peak } };
      return [{ ...names, moves: moves.text, method: movingMethod, peak }];
    } finally {
      await output.close();
    }
  } finally {
    await sound.raw.close();
  }
}

/** A knob of the dataset that stays where it stands. */
function still(knob: EffectKnob): KnobMovement {
  return { knob, path: { kind: "lines", points: [{ seconds: 0, value: knob.default }] } };
}

function makeCard(
  { request, record, pairs, sounds, warnings, sourceHash }: FinishInput,
  {
    peak,
    gain,
    moving,
    trouble,
  }: {
    readonly peak: number;
    readonly gain: number;
    readonly moving: KnobDatasetCard["moving"];
    readonly trouble: readonly string[];
  },
): KnobDatasetCard {
  const { effect, axes, settings, plan, sampleRate } = request;
  const { peaks, failed, warmUpSeconds } = record.state;
  const beyond =
    gain === 1
      ? []
      : [
          `the output reached ${peak.toPrecision(3)} times full scale; all targets are multiplied by ${gain}, so that their loudness relative to each other stays`,
        ];
  const cut = Object.values(peaks).filter((one) => one > 0.9999).length;
  const hostCuts =
    effect.kind === "plugin" && effect.host === "sox" && cut > 0
      ? [`sox cuts what a plug-in gives beyond full scale: ${cut} targets reach it; use a quieter input or less gain`]
      : [];
  return {
    format: "tonewright-knob-dataset",
    version: 1,
    name: request.name,
    source:
      effect.kind === "circuit"
        ? {
            kind: "circuit",
            name: effect.source.name,
            sha256: sourceHash,
            oversampling: effect.oversampling,
            method: effect.method,
            warmUpSeconds: warmUpSeconds ?? 0,
          }
        : { kind: "plugin", name: effect.name, host: effect.host },
    sampleRate,
    knobs: axes.map(({ knob: { positions, ...knob } }) => ({
      ...knob,
      ...(positions === undefined ? {} : { positions: [...positions] }),
    })),
    fixed: { ...request.fixed },
    plan: { ...plan, settings: settings.length },
    split: { by: request.split, fractions: { ...splitFractions }, seed: request.seed },
    gain,
    peak,
    sounds: request.sounds.map((sound, k) => {
      const seconds = sounds[k]!.samples / sampleRate;
      if (sound.kind === "generated") return { ...sound, name: "training signal", seconds };
      const { path, sha256, group } = sound;
      return { kind: "file", name: path.split(/[\\/]/).at(-1) ?? path, seconds, sha256, group };
    }),
    pairs: pairs.flatMap(({ input, target, split, cell, setting, sound, start, end }) => {
      const own = peaks[target];
      if (own === undefined) return [];
      const knobs = [...settings[setting]!];
      return [{ input, target, split, cell, knobs, sound, start, samples: end - start, peak: own * gain }];
    }),
    moving: moving.map((one) => ({ ...one, peak: one.peak * gain })),
    failed: Object.values(failed),
    warnings: [
      ...warnings,
      ...beyond,
      ...hostCuts,
      ...levelWarnings({ request, pairs, peaks, means: record.state.means }),
      ...trouble,
    ],
  };
}
