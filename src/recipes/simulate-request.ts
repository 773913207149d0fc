import {
  effectFileName,
  indexDigits,
  inputName,
  type KnobAxis,
  type KnobCell,
  type KnobMovement,
  type KnobPlanKind,
  type KnobSplit,
  type KnobSplitMode,
  splitFolders,
  splitKnobData,
  targetName,
} from "../datasets/index.ts";
import { TonewrightError } from "../errors/index.ts";
import type { SimulatedEffect } from "./simulate-effect.ts";

/** A dry sound that goes through the effect. */
export type SimulatedSound =
  /** The training signal. */
  | { readonly kind: "generated"; readonly seconds: number; readonly seed: number; readonly preset: string }
  /** A sound file of any format. */
  | { readonly kind: "file"; readonly path: string; readonly sha256: string; readonly group: string };

/** A dataset that is to be made. */
export interface SimulationRequest {
  readonly effect: SimulatedEffect;
  /** What the effect is called in the dataset. */
  readonly name: string;
  /** The knobs of the dataset, in order. */
  readonly axes: readonly KnobAxis[];
  /** All other knobs of the effect: where they stand, by name. */
  readonly fixed: Readonly<Record<string, number>>;
  readonly plan: { readonly kind: KnobPlanKind; readonly seed: number; readonly knobs: string };
  /** Shape `[settings][axes]`. */
  readonly settings: readonly (readonly number[])[];
  readonly sounds: readonly SimulatedSound[];
  /** Hz. */
  readonly sampleRate: number;
  readonly split: KnobSplitMode;
  readonly seed: number;
  /** Knobs that move in one more recording; as typed, and read. */
  readonly moves: { readonly text: string; readonly movements: readonly KnobMovement[] } | null;
  /** What was noticed about the circuit; they go into the card. */
  readonly warnings: readonly string[];
}

/** Shares of validation and test. */
export const splitFractions = { validation: 0.1, test: 0.1 } as const;

/** A pair of files that the dataset will have. */
export interface PlannedPair {
  /** Paths below the dataset's folder. */
  readonly input: string;
  readonly target: string;
  readonly split: KnobSplit;
  readonly cell: KnobCell;
  /** Indices. */
  readonly setting: number;
  readonly sound: number;
  /** Of the sound. */
  readonly start: number;
  readonly end: number;
}

/**
 * The pairs of a dataset: which stretch of which sound at which setting becomes which file.
 *
 * @param lengths - Samples of each sound.
 * @throws TonewrightError `cannot-split`.
 */
export function plannedPairs(
  { name, settings, sounds, split, seed }: SimulationRequest,
  { lengths }: { readonly lengths: readonly number[] },
): PlannedPair[] {
  const items = settings.flatMap((setting) =>
    sounds.map((sound, k) => ({
      setting: setting.join(),
      audio: String(k),
      group: sound.kind === "file" ? sound.group : undefined,
      samples: lengths[k]!,
    })),
  );
  const pieces = splitKnobData(items, { by: split, fractions: splitFractions, seed });
  const digits = indexDigits(pieces.length);
  const order = ["train", "validation", "test"] as const;
  return order
    .flatMap((one) => pieces.filter((piece) => piece.split === one))
    .map(({ item, split: part, cell, start, end }, index): PlannedPair => {
      const setting = Math.floor(item / sounds.length);
      const folder = splitFolders[part];
      return {
        input: `${folder}/${inputName(index, { digits })}`,
        target: `${folder}/${targetName(index, { digits, effect: effectFileName(name), knobs: settings[setting]! })}`,
        ...{ split: part, cell, setting, sound: item % sounds.length, start, end },
      };
    });
}

/**
 * Refuses a recording that is given twice: training and test would both have it.
 *
 * @throws TonewrightError `same-recording`.
 */
export function refuseDoubles(sounds: readonly SimulatedSound[]): void {
  const paths = new Map<string, string>();
  for (const sound of sounds) {
    if (sound.kind !== "file") continue;
    const other = paths.get(sound.sha256);
    if (other !== undefined) throw sameRecording(other, sound.path);
    paths.set(sound.sha256, sound.path);
  }
}

/** The error for two files that are one recording. */
export function sameRecording(first: string, second: string): TonewrightError {
  return new TonewrightError(
    "same-recording",
    first === second ? `"${first}" is given twice` : `"${first}" and "${second}" are the same recording`,
    "give it once: what is trained on must not be tested on",
  );
}

/** A setting's knobs by name, the fixed ones left out. */
export function knobsByName(
  values: readonly number[],
  { axes }: Pick<SimulationRequest, "axes">,
): Record<string, number> {
  return Object.fromEntries(axes.map(({ knob }, k) => [knob.name, values[k]!]));
}

/**
 * What a dataset is made of, as plain JSON: two requests with the same description give the same files.
 *
 * Texts of circuits and paths of sound files are left to their hashes.
 */
export function describeRequest(
  { effect, axes, fixed, plan, settings, sounds, sampleRate, split, seed, moves }: SimulationRequest,
  { sourceHash }: { readonly sourceHash: string },
): Record<string, unknown> {
  return {
    effect:
      effect.kind === "circuit"
        ? { kind: "circuit", netlist: sourceHash, oversampling: effect.oversampling, method: effect.method }
        : { kind: "plugin", name: effect.name, host: effect.host },
    knobs: axes.map(({ knob }) => knob.name),
    fixed,
    plan: plan.kind,
    settings,
    sounds: sounds.map((sound) =>
      sound.kind === "generated" ? sound : { kind: "file", sha256: sound.sha256, group: sound.group },
    ),
    "sample-rate": sampleRate,
    split,
    seed,
    move: moves?.text ?? null,
  };
}
