import { counted } from "../collection/finding.ts";
import { type EffectKnob, knobValueText } from "./effect-knob.ts";
import { settingText } from "./knob-coverage.ts";
import type { KnobSplit } from "./knob-dataset.ts";
import type { KnobSplitMode } from "./split-knob-data.ts";
import { groupBy, type KnobFinding, type KnobFindingItem, knobFinding, type MeasuredPair } from "./knob-finding.ts";

/** What a test pair has in common with the training pairs. */
export interface KnobCellCount {
  readonly knobs: "seen" | "unseen";
  readonly audio: "seen" | "unseen";
  readonly pairs: number;
  readonly seconds: number;
}

/** Pairs and seconds of a split. */
export interface SplitSum {
  readonly pairs: number;
  readonly seconds: number;
}

const secondsOf = ({ seconds, facts }: MeasuredPair): number =>
  facts === null ? (seconds ?? 0) : facts.targetSamples / facts.targetRate;

/** How much there is in each split. */
export function splitSums(pairs: readonly MeasuredPair[]): Readonly<Record<KnobSplit | "unassigned", SplitSum>> {
  const sum = (split: KnobSplit | null) => {
    const own = pairs.filter((pair) => pair.split === split);
    return { pairs: own.length, seconds: own.reduce((seconds, pair) => seconds + secondsOf(pair), 0) };
  };
  return { train: sum("train"), validation: sum("validation"), test: sum("test"), unassigned: sum(null) };
}

/** How many test pairs have what in common with the training pairs. */
export function cellCounts(pairs: readonly MeasuredPair[]): KnobCellCount[] {
  const train = pairs.filter(({ split }) => split === "train");
  const settings = new Set(train.map(({ knobs }) => knobs.join()));
  const sounds = new Set(train.flatMap(({ facts }) => (facts === null ? [] : [facts.inputHash])));
  const cells = (["seen", "unseen"] as const).flatMap((knobs) =>
    (["seen", "unseen"] as const).map((audio) => ({ knobs, audio, pairs: 0, seconds: 0 })),
  );
  for (const pair of pairs) {
    if (pair.split !== "test" || pair.facts === null) continue;
    const knobs = settings.has(pair.knobs.join()) ? "seen" : "unseen";
    const audio = sounds.has(pair.facts.inputHash) ? "seen" : "unseen";
    const cell = cells.find((one) => one.knobs === knobs && one.audio === audio)!;
    cell.pairs++;
    cell.seconds += secondsOf(pair);
  }
  return cells;
}

/** The findings about what training and test have in common. */
export function findLeaks(
  pairs: readonly MeasuredPair[],
  cells: readonly KnobCellCount[],
  knobs: readonly EffectKnob[],
): KnobFinding[] {
  const leaks = groupBy(pairs, ({ knobs: values, facts, split }) =>
    facts === null || split === null ? undefined : `${values.join()}|${facts.inputHash}`,
  )
    .filter((group) => new Set(group.map(({ split }) => split)).size > 1)
    .map((group) => ({ files: group.map(({ target }) => target), note: settingText(group[0]!.knobs, knobs) }));
  const train = pairs.filter(({ split }) => split === "train");
  const beyond = knobs.flatMap(({ name }, k): KnobFindingItem[] => {
    const values = train.map((pair) => pair.knobs[k]!);
    if (values.length === 0) return [];
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const outside = pairs.filter(({ split, knobs: own }) => split === "test" && (own[k]! < low || own[k]! > high));
    if (outside.length === 0) return [];
    return [
      {
        files: outside.map(({ target }) => target),
        note: `${name} is trained from ${knobValueText(low)} to ${knobValueText(high)}`,
      },
    ];
  });
  const tested = cells.filter((cell) => cell.pairs > 0);
  const onlySeen = tested.length > 0 && tested.every((cell) => cell.knobs === "seen" && cell.audio === "seen");
  const names = tested.map((cell) => `${cell.knobs} knobs and ${cell.audio} audio (${counted(cell.pairs, "pair")})`);
  return [
    knobFinding("split-leaks", leaks, {
      pass: "no recording is in two splits",
      found: `${counted(leaks.length, "recording is", "recordings are")} in two splits: same setting, same sound`,
      hint: "keep each in one split; scores on such test files say nothing",
      verdict: "refuse",
    }),
    knobFinding("test-range", beyond, {
      pass: "the test asks for nothing beyond the trained range",
      found: `${counted(beyond.length, "knob is", "knobs are")} tested beyond the range that is trained`,
      hint: "train on the ends of every knob's range",
    }),
    knobFinding("split-cells", onlySeen ? [{ files: [], note: "every test pair has seen knobs and seen audio" }] : [], {
      pass: tested.length === 0 ? "there are no test pairs" : `the test has ${names.join(", ")}`,
      found: "the test has nothing that is new to the model",
      hint: "keep some settings or some audio for the test only",
    }),
  ];
}

/**
 * The finding about validation or test on audio that is trained on, at other settings.
 *
 * Where new knobs alone are to be tested that is right: the whole test is so then, or the card says it.
 */
export function findAudioLeaks(
  pairs: readonly MeasuredPair[],
  { by }: { readonly by: KnobSplitMode | undefined },
): KnobFinding {
  const trained = new Map<string, string>();
  const settings = new Set<string>();
  for (const { split, facts, input, knobs } of pairs) {
    if (split !== "train" || facts === null) continue;
    settings.add(`${knobs.join()}|${facts.inputHash}`);
    if (!trained.has(facts.inputHash)) trained.set(facts.inputHash, input);
  }
  const kept = pairs.filter(({ split, facts }) => facts !== null && (split === "validation" || split === "test"));
  const leaks = kept.flatMap(({ facts, input, target, knobs }): KnobFindingItem[] => {
    const source = facts === null ? undefined : trained.get(facts.inputHash);
    // The same setting too: that is told elsewhere, and weighs more.
    if (facts === null || source === undefined || settings.has(`${knobs.join()}|${facts.inputHash}`)) return [];
    return [{ files: [input, target], note: `the same sound is trained on: ${source}` }];
  });
  const wanted = by === "knobs" || by === "both" || (by === undefined && leaks.length === kept.length);
  return knobFinding("audio-leaks", wanted ? [] : leaks, {
    pass:
      leaks.length === 0
        ? "no audio of validation or test is trained on"
        : "audio is shared on purpose: the knobs are new",
    found: `${counted(leaks.length, "pair", "pairs")} of validation or test ${leaks.length === 1 ? "has" : "have"} audio that is trained on`,
    hint: "give them audio of their own, unless only the knobs are meant to be new there",
  });
}
