import { TonewrightError } from "../../errors/index.ts";
import { createRandom, type Random } from "../../signal/index.ts";
import type { KnobSplit } from "./knob-dataset.ts";

/**
 * What keeps the splits apart: stretches of time, whole sounds, groups of sounds, settings of the knobs, or settings and
 * audio at once (`both`); `none` puts everything into training.
 */
export type KnobSplitMode = "none" | "time" | "file" | "group" | "knobs" | "both";

/** One recording of an effect. */
export interface KnobSplitItem {
  /** Equal for items with the same knobs. */
  readonly setting: string;
  /** Equal for items with the same dry sound. */
  readonly audio: string;
  /** What must not be divided, such as a player or a song; default: the sound itself. */
  readonly group?: string | undefined;
  readonly samples: number;
}

/** Whether the training pairs have the same setting, and any of the same audio. */
export interface KnobCell {
  readonly knobs: "seen" | "unseen";
  readonly audio: "seen" | "unseen";
}

/** A stretch of an item and what it is for. */
export interface KnobSplitPiece {
  /** Index. */
  readonly item: number;
  readonly split: KnobSplit;
  /** Of training pieces, both are seen. */
  readonly cell: KnobCell;
  /** First sample. */
  readonly start: number;
  /** One past the last sample. */
  readonly end: number;
}

/** How to divide. */
export interface KnobSplitOptions {
  readonly by: KnobSplitMode;
  /** How `both` keeps audio apart. Default: by group if there are three or more of them, else by time. */
  readonly audio?: "time" | "group" | undefined;
  /** Shares of the time, sounds, groups or settings; what remains is for training. Default 0.1 each. */
  readonly fractions?: { readonly validation: number; readonly test: number } | undefined;
  /** Whole number. */
  readonly seed: number;
}

/**
 * Which stretch of which recording is for training, validation and test.
 *
 * No stretch of audio at one setting is in two splits, and beyond that: by `time`, `file` and `group` no audio that is
 * trained on is validated or tested on; by `knobs` no setting. With `both`, validation has trained settings on audio of its
 * own, and the test has three cells: unseen knobs, unseen audio, and both unseen. What would fit into no cell (unseen knobs
 * on the audio of the validation) is left out.
 *
 * By time, every sound is cut at the same places: training first, then validation, then test.
 *
 * @returns In the order of items, and of time within an item.
 * @throws TonewrightError `bad-fractions`; `cannot-split` if there are too few settings, sounds or samples.
 */
export function splitKnobData(items: readonly KnobSplitItem[], options: KnobSplitOptions): KnobSplitPiece[] {
  const { by, seed, fractions = { validation: 0.1, test: 0.1 } } = options;
  const { validation, test } = fractions;
  if (!(validation > 0 && test > 0 && validation + test < 1)) {
    throw new TonewrightError(
      "bad-fractions",
      `shares of ${validation} for validation and ${test} for test`,
      "give two numbers above 0 that leave something for training, such as 0.1 and 0.1",
    );
  }
  const dealer: Dealer = { random: createRandom(seed), fractions };
  return withCells(divide(items, { by, dealer, audio: options.audio }), items);
}

interface Dealer {
  readonly random: Random;
  readonly fractions: { readonly validation: number; readonly test: number };
}

type Piece = Omit<KnobSplitPiece, "cell">;

function divide(
  items: readonly KnobSplitItem[],
  {
    by,
    dealer,
    audio,
  }: { readonly by: KnobSplitMode; readonly dealer: Dealer; readonly audio: KnobSplitOptions["audio"] },
): Piece[] {
  const whole = (item: number, split: KnobSplit): Piece => ({ item, split, start: 0, end: items[item]!.samples });
  const groupOf = ({ group, audio: sound }: KnobSplitItem) => group ?? sound;
  switch (by) {
    case "none":
      return items.map((_, item) => whole(item, "train"));
    case "time":
      return cutInTime(items, dealer);
    case "file":
    case "group":
    case "knobs": {
      const keyOf = { file: (one: KnobSplitItem) => one.audio, group: groupOf, knobs: settingOf }[by];
      const what = { file: "sounds", group: "groups of sounds", knobs: "settings" }[by];
      const roles = deal(items.map(keyOf), { ...dealer, what });
      return items.map((one, item) => whole(item, roles.get(keyOf(one))!));
    }
    case "both": {
      const groups = new Set(items.map(groupOf));
      const byTime = (audio ?? (groups.size >= 3 ? "group" : "time")) === "time";
      return byTime ? crossWithTime(items, dealer) : crossWithGroups(items, { dealer, groupOf });
    }
    default:
      return by satisfies never;
  }
}

const settingOf = ({ setting }: KnobSplitItem) => setting;
const splits = ["train", "validation", "test"] as const;

/** Every item in three, at the places where its sound is cut. */
function cutInTime(items: readonly KnobSplitItem[], { fractions }: Dealer): Piece[] {
  const lengths = new Map<string, number>();
  for (const { audio, samples } of items) lengths.set(audio, Math.max(samples, lengths.get(audio) ?? 0));
  return items.flatMap(({ audio, samples }, item) => {
    const length = lengths.get(audio)!;
    const trainEnd = Math.round(length * (1 - fractions.validation - fractions.test));
    const cuts = [0, trainEnd, Math.round(length * (1 - fractions.test)), length].map((cut) => Math.min(cut, samples));
    return splits.map((split, k): Piece => {
      const [start, end] = [cuts[k]!, cuts[k + 1]!];
      if (start < end) return { item, split, start, end };
      throw cannotSplit(`a recording of ${samples} samples leaves nothing for ${split}`, "give longer recordings");
    });
  });
}

/** A role for each key. */
function deal(
  keys: readonly string[],
  { random, fractions, what }: Dealer & { readonly what: string },
): Map<string, KnobSplit> {
  const order = shuffled([...new Set(keys)], random);
  const validation = Math.max(1, Math.round(fractions.validation * order.length));
  const test = Math.max(1, Math.round(fractions.test * order.length));
  if (order.length - validation - test < 1) {
    throw cannotSplit(
      `there are ${order.length} ${what}, and training, validation and test need one each`,
      "give three or more, or divide by time",
    );
  }
  return new Map(
    order.map((key, k) => [key, k < test ? "test" : k < test + validation ? "validation" : "train"] as const),
  );
}

/** The settings that are kept for the test: one at least, and one at least is not. */
function hiddenSettings(items: readonly KnobSplitItem[], { random, fractions }: Dealer): Set<string> {
  const settings = shuffled([...new Set(items.map(settingOf))], random);
  if (settings.length < 2) {
    throw cannotSplit("there is one setting only, none can be kept for the test", "give two settings or more");
  }
  return new Set(settings.slice(0, Math.max(1, Math.round(fractions.test * settings.length))));
}

function crossWithTime(items: readonly KnobSplitItem[], dealer: Dealer): Piece[] {
  const hidden = hiddenSettings(items, dealer);
  return cutInTime(items, dealer).flatMap((piece) => cross(piece, hidden.has(items[piece.item]!.setting)));
}

/** Settings and groups are dealt so that there is something to train on, and something with both unseen. */
function crossWithGroups(
  items: readonly KnobSplitItem[],
  { dealer, groupOf }: { readonly dealer: Dealer; readonly groupOf: (item: KnobSplitItem) => string },
): Piece[] {
  for (let attempt = 0; attempt < 1000; attempt++) {
    const hidden = hiddenSettings(items, dealer);
    const roles = deal(items.map(groupOf), { ...dealer, what: "groups of sounds" });
    const all = items.flatMap((one, item) =>
      cross({ item, split: roles.get(groupOf(one))!, start: 0, end: one.samples }, hidden.has(one.setting)),
    );
    const settings = new Set(all.flatMap(({ item, split }) => (split === "train" ? [items[item]!.setting] : [])));
    // Where not every setting has every sound, one that is not hidden may still not be trained.
    const pieces = all.filter(({ item, split }) => split !== "validation" || settings.has(items[item]!.setting));
    const isNew = ({ item, split }: Piece) => {
      const one = items[item]!;
      return split === "test" && roles.get(groupOf(one)) === "test" && !settings.has(one.setting);
    };
    if (settings.size > 0 && pieces.some(({ split }) => split === "validation") && pieces.some(isNew)) return pieces;
  }
  throw cannotSplit(
    "these recordings cannot be divided so that some have unseen knobs and unseen audio and enough is left",
    "record more settings with the same sounds, or divide by knobs or by group",
  );
}

/** What a piece of audio is for at a setting that is trained, or at one that is hidden. */
function cross(piece: Piece, hidden: boolean): Piece[] {
  if (!hidden) return [piece];
  return piece.split === "validation" ? [] : [{ ...piece, split: "test" }];
}

/** Pieces with what training has met of them: told by looking, so that it is true whatever the mode. */
function withCells(pieces: readonly Piece[], items: readonly KnobSplitItem[]): KnobSplitPiece[] {
  const settings = new Set<string>();
  const heard = new Map<string, { start: number; end: number }[]>();
  for (const { item, split, start, end } of pieces) {
    if (split !== "train") continue;
    const { setting, audio } = items[item]!;
    settings.add(setting);
    const spans = heard.get(audio) ?? [];
    heard.set(audio, spans);
    if (!spans.some((span) => span.start === start && span.end === end)) spans.push({ start, end });
  }
  return pieces.map((piece) => {
    const { setting, audio } = items[piece.item]!;
    const overlaps = heard.get(audio)?.some(({ start, end }) => start < piece.end && piece.start < end) ?? false;
    const cell: KnobCell = {
      knobs: settings.has(setting) ? "seen" : "unseen",
      audio: overlaps ? "seen" : "unseen",
    };
    return { ...piece, cell };
  });
}

function cannotSplit(message: string, hint: string): TonewrightError {
  return new TonewrightError("cannot-split", message, hint);
}

function shuffled<T>(values: readonly T[], random: Random): T[] {
  const result = [...values];
  for (let k = result.length - 1; k > 0; k--) {
    const other = random.integer(k + 1);
    [result[k], result[other]] = [result[other]!, result[k]!];
  }
  return result;
}
