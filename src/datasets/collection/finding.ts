/** Everything that is looked at in a folder of sounds; the names are stable. */
export type FindingId =
  | "files"
  | "missing-files"
  | "unlisted-files"
  | "folders"
  | "reader-warnings"
  | "other-files"
  | "non-finite"
  | "silence"
  | "silent-parts"
  | "clipping"
  | "level"
  | "offset"
  | "dead-channels"
  | "sample-rates"
  | "channels"
  | "formats"
  | "shortcuts"
  | "duration-outliers"
  | "level-outliers"
  | "brightness-outliers"
  | "labels"
  | "label-spelling"
  | "class-balance"
  | "small-classes"
  | "split-classes"
  | "table-rows"
  | "duplicate-rows"
  | "label-conflicts"
  | "missing-values"
  | "duplicates-across-splits"
  | "duplicates-across-classes"
  | "exact-duplicates"
  | "near-duplicates"
  | "group-leaks";

/** One thing that was looked at in all files, and what came of it. */
export interface Finding {
  readonly id: FindingId;
  /** `warn`: look at it; `refuse`: what is learnt or measured with these files is wrong until it is put right. */
  readonly verdict: "pass" | "warn" | "refuse";
  /** What was found, with values. */
  readonly message: string;
  /** What to do about it; absent where there is nothing to do. */
  readonly hint?: string;
  /** How many things were found: files, groups of files, columns or rows, as the message says. */
  readonly count: number;
  /** The worst ones first, 1000 at most. */
  readonly items: readonly FindingItem[];
}

/** One file, or one group of files, that a finding is about. */
export interface FindingItem {
  /** Paths below the folder; empty for what is no file (a column, a class). */
  readonly files: readonly string[];
  /** What is the matter with it, with values. */
  readonly note: string;
  /** The measured number, in the unit that the note names. */
  readonly value?: number;
  /** Where to listen, in seconds, one for each of `files`. */
  readonly at?: readonly number[];
}

const MOST_ITEMS = 1000;

/** A finding that passes where there are no items; else one with a verdict, its message and hint. */
export function findingOf(
  id: FindingId,
  items: readonly FindingItem[],
  {
    pass,
    found,
    hint,
    verdict = "warn",
  }: {
    readonly pass: string;
    readonly found: string;
    readonly hint: string;
    readonly verdict?: "warn" | "refuse";
  },
): Finding {
  if (items.length === 0) return { id, verdict: "pass", message: pass, count: 0, items };
  return { id, verdict, message: found, hint, count: items.length, items: items.slice(0, MOST_ITEMS) };
}

/** `1 file`, `2 files`, `1,234 files`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** The verb that goes with a number of things. */
export const verb = (count: number, one: string, many: string): string => (count === 1 ? one : many);

/** A level, as `-12.3 dBFS`; silence has none. */
export function levelText(amplitude: number): string {
  return amplitude > 0 ? `${(20 * Math.log10(amplitude)).toFixed(1)} dBFS` : "no level";
}

/** A share, as `12 %`, `0.034 %`. */
export function shareText(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
