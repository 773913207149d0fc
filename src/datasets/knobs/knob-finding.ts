import type { KnobPair } from "./knob-dataset.ts";
import type { KnobPairFacts } from "./measure-knob-pair.ts";

/** Everything that is looked at in a dataset with knobs; the names are stable. */
export type KnobFindingId =
  | "unusable-files"
  | "knob-ranges"
  | "knob-coverage"
  | "knob-gaps"
  | "missing-settings"
  | "doubled-settings"
  | "test-range"
  | "rates"
  | "lengths"
  | "silence"
  | "clipping"
  | "dc"
  | "same-targets"
  | "unrelated-pairs"
  | "lag"
  | "polarity"
  | "split-leaks"
  | "audio-leaks"
  | "split-cells";

/** One thing that was looked at, and what came of it; the same shape as a finding of `inspectCollection`. */
export interface KnobFinding {
  readonly id: KnobFindingId;
  /** `warn`: look at it; `refuse`: what is learnt or measured is wrong until it is put right. */
  readonly verdict: "pass" | "warn" | "refuse";
  /** What was found, with values. */
  readonly message: string;
  readonly hint?: string;
  readonly count: number;
  /** The worst ones first, 1000 at most. */
  readonly items: readonly KnobFindingItem[];
}

/** One file, pair or setting that a finding is about. */
export interface KnobFindingItem {
  /** Paths below the folder; empty for what is no file. */
  readonly files: readonly string[];
  readonly note: string;
  /** The measured number, in the unit that the note names. */
  readonly value?: number;
}

/** A pair with what was measured on it; null if it could not be read. */
export interface MeasuredPair extends KnobPair {
  readonly facts: KnobPairFacts | null;
}

/** A finding that passes where there are no items; else one with a verdict, its message and hint. */
export function knobFinding(
  id: KnobFindingId,
  items: readonly KnobFindingItem[],
  {
    pass,
    found,
    hint,
    verdict = "warn",
  }: { readonly pass: string; readonly found: string; readonly hint: string; readonly verdict?: "warn" | "refuse" },
): KnobFinding {
  if (items.length === 0) return { id, verdict: "pass", message: pass, count: 0, items };
  return { id, verdict, message: found, hint, count: items.length, items: items.slice(0, 1000) };
}

/** The two files of a pair. */
export const filesOf = ({ input, target }: KnobPair): string[] => [input, target];

/** Items with the same key, in the order of their coming; those without a key are left out. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string | undefined): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
