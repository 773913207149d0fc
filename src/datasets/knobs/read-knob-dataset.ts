import { TonewrightError } from "../../errors/index.ts";
import { readEffectInfo } from "./effect-info.ts";
import type { EffectKnob } from "./effect-knob.ts";
import type { KnobDataset, KnobPair, KnobSplit } from "./knob-dataset.ts";
import type { KnobDatasetCard } from "./knob-dataset-card.ts";
import { readInputName, readTargetName, type TargetName } from "./pair-names.ts";

/** What is in a folder. */
export interface KnobListing {
  /** Of the folder, for messages. */
  readonly name: string;
  /** Paths below it, with slashes; those that are no inputs and targets are passed over. */
  readonly files: readonly { readonly path: string; readonly seconds?: number | undefined }[];
  /** The text of `effect_info.ini`, if there is one. */
  readonly effectInfo?: string | undefined;
  /** The dataset card, if there is one. */
  readonly card?: KnobDatasetCard | undefined;
}

/** A file of a dataset that could not be used. */
export interface KnobDatasetProblem {
  readonly code: "unpaired-file" | "knob-count" | "knob-value" | "effect-info" | "unreadable-file" | "unfinished";
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

/**
 * A dataset in SignalTrain's layout, every file of which can be used.
 *
 * @throws TonewrightError `no-pairs` if there is nothing in it; `unpaired-file`, `knob-count`, `knob-value` or
 *   `effect-info` for the first file that is wrong.
 */
export function readKnobDataset(listing: KnobListing): KnobDataset {
  const { dataset, problems } = listKnobDataset(listing);
  const [first] = problems;
  if (first !== undefined) {
    const others = problems.length - 1;
    const more = others === 0 ? "" : ` (and ${others} more ${others === 1 ? "problem" : "problems"})`;
    throw new TonewrightError(first.code, `${first.message}${more}`, first.hint);
  }
  if (dataset.pairs.length > 0) return dataset;
  throw new TonewrightError(
    "no-pairs",
    `"${listing.name}" holds no pairs named input_<n>_.wav and target_<n>_<name>__<knob>__<knob>.wav`,
    "give the folder that holds Train, Val and Test",
  );
}

/**
 * What is usable of a dataset in SignalTrain's layout, and what is not.
 *
 * The layout: folders `Train`, `Val`, `Test` with `input_<n>_.wav` and `target_<n>_<effect>__<knob>__<knob>.wav`; several
 * targets may share the input of their number. Names and ranges of the knobs come from our card, else from
 * `effect_info.ini`, else from the values.
 *
 * @see Hawley, Colburn & Mimilakis 2019, SignalTrain: Profiling audio compressors with deep neural networks;
 *   https://zenodo.org/record/3824876 for the LA-2A recordings, which have this layout
 */
export function listKnobDataset(listing: KnobListing): {
  readonly dataset: KnobDataset;
  readonly problems: readonly KnobDatasetProblem[];
} {
  const problems: KnobDatasetProblem[] = [];
  const found = findPairs(listing, problems);
  const info = listing.card === undefined ? infoOf(listing, problems) : undefined;
  const wanted = listing.card?.knobs.length ?? info?.knobNames.length ?? commonCount(found);
  const pairs = found.flatMap(({ input, target, split, seconds, name: { knobs } }): KnobPair[] => {
    const values = knobs.map(knobValue);
    if (knobs.length !== wanted) {
      problems.push({
        code: "knob-count",
        path: target,
        message: `"${target}" has ${knobs.length} knob values, the dataset has ${wanted} knobs`,
        hint: "name it target_<n>_<effect>__<value>__<value>…, one value for each knob",
      });
      return [];
    }
    const wrong = values.indexOf(undefined);
    if (wrong >= 0) {
      problems.push({
        code: "knob-value",
        path: target,
        message: `"${target}": knob ${wrong + 1} is "${knobs[wrong]}", which is no number`,
        hint: "write numbers such as 0.25 or 1e-3 between double underscores",
      });
      return [];
    }
    return [{ input, target, split, knobs: values as number[], ...(seconds === undefined ? {} : { seconds }) }];
  });
  const effects = new Map<string, number>();
  for (const { name } of found) effects.set(name.effect, (effects.get(name.effect) ?? 0) + 1);
  const [effect] = [...effects].sort((p, q) => q[1] - p[1])[0] ?? [listing.name];
  const { knobs, knobsFrom } = knobsOf({ listing, info, pairs, wanted });
  const name = listing.card?.name ?? (info?.name || effect);
  return { dataset: { name, knobs, knobsFrom, inverse: info?.inverse ?? false, pairs }, problems };
}

interface FoundPair {
  readonly input: string;
  readonly target: string;
  readonly split: KnobSplit | null;
  readonly seconds: number | undefined;
  readonly name: TargetName;
}

/** Inputs and targets with one number in one folder. */
function findPairs({ files }: KnobListing, problems: KnobDatasetProblem[]): FoundPair[] {
  const inputs = new Map<string, { readonly path: string; used: boolean }>();
  const targets: { readonly path: string; readonly key: string; readonly name: TargetName; seconds?: number }[] = [];
  const sorted = [...files].sort((p, q) => (p.path < q.path ? -1 : 1));
  for (const { path, seconds } of sorted) {
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    const last = path.slice(folder.length);
    const split = splitOf(folder);
    if (split === undefined) continue;
    const index = readInputName(last);
    if (index !== undefined) inputs.set(`${folder}${index}`, { path, used: false });
    const name = readTargetName(last);
    if (name !== undefined) {
      targets.push({ path, key: `${folder}${name.index}`, name, ...(seconds === undefined ? {} : { seconds }) });
    }
  }
  const pairs = targets.flatMap(({ path, key, name, seconds }): FoundPair[] => {
    const input = inputs.get(key);
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    if (input === undefined) {
      problems.push({
        code: "unpaired-file",
        path,
        message: `"${path}" has no input: there is no "${folder}input_${name.index}_.wav"`,
        hint: "add the dry file, or remove this one",
      });
      return [];
    }
    input.used = true;
    return [{ input: input.path, target: path, split: splitOf(folder) ?? null, seconds, name }];
  });
  for (const [key, { path, used }] of inputs) {
    if (used) continue;
    problems.push({
      code: "unpaired-file",
      path,
      message: `"${path}" has no target: there is no "${key.slice(0, key.lastIndexOf("/") + 1)}target_${key.slice(key.lastIndexOf("/") + 1)}_…"`,
      hint: "add the file that came out of the effect, or remove this one",
    });
  }
  return pairs;
}

const splitNames: Readonly<Record<string, KnobSplit>> = {
  train: "train",
  training: "train",
  val: "validation",
  valid: "validation",
  validation: "validation",
  test: "test",
};

/** What a folder says of its files: a split, nothing (the dataset's own folder), or that they are no part of it. */
function splitOf(folder: string): KnobSplit | null | undefined {
  if (folder === "") return null;
  const last = folder.split("/").at(-2)?.toLowerCase() ?? "";
  return Object.hasOwn(splitNames, last) ? splitNames[last] : undefined;
}

function infoOf({ effectInfo }: KnobListing, problems: KnobDatasetProblem[]) {
  const info = effectInfo === undefined ? undefined : readEffectInfo(effectInfo);
  if (effectInfo !== undefined && info === undefined) {
    problems.push({
      code: "effect-info",
      path: "effect_info.ini",
      message: "effect_info.ini does not name the knobs and their ranges",
      hint: "write [effect], name = …, knob_names = ['a', 'b'], knob_ranges = [[0, 1], [0, 10]]; or remove the file",
    });
  }
  return info;
}

/** The number of knobs that most targets have. */
function commonCount(found: readonly FoundPair[]): number {
  const counts = new Map<number, number>();
  for (const { name } of found) counts.set(name.knobs.length, (counts.get(name.knobs.length) ?? 0) + 1);
  return [...counts].sort((p, q) => q[1] - p[1] || q[0] - p[0])[0]?.[0] ?? 0;
}

function knobValue(text: string): number | undefined {
  return /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i.test(text.trim()) ? Number(text) : undefined;
}

function knobsOf({
  listing,
  info,
  pairs,
  wanted,
}: {
  readonly listing: KnobListing;
  readonly info: ReturnType<typeof infoOf>;
  readonly pairs: readonly KnobPair[];
  readonly wanted: number;
}): Pick<KnobDataset, "knobs" | "knobsFrom"> {
  if (listing.card !== undefined) return { knobs: listing.card.knobs, knobsFrom: "card" };
  const plain = { unit: "", spacing: "linear" } as const;
  if (info !== undefined) {
    const knobs = info.knobNames.map((label, k): EffectKnob => {
      const [min, max] = info.knobRanges[k]!;
      return { name: label, label, min, max, default: min, ...plain };
    });
    return { knobs, knobsFrom: "effect-info" };
  }
  const knobs = Array.from({ length: wanted }, (_, k): EffectKnob => {
    const values = pairs.map((pair) => pair.knobs[k]!);
    const [min, max] = values.reduce(([low, high], v) => [Math.min(low, v), Math.max(high, v)], [Infinity, -Infinity]);
    const range = values.length === 0 ? { min: 0, max: 1 } : { min: min!, max: max! };
    // Whole numbers without a gap are the positions of a switch: nothing lies between.
    const isSwitch = values.every(Number.isInteger) && new Set(values).size === range.max - range.min + 1;
    const spacing = isSwitch ? "whole" : "linear";
    return { name: `k${k + 1}`, label: `k${k + 1}`, ...range, default: range.min, ...plain, spacing };
  });
  return { knobs, knobsFrom: "file-names" };
}
