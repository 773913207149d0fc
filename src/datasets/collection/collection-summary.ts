import type { CollectionInput, LabelledFile } from "./collection-input.ts";
import { SILENT_PEAK } from "./find-sound-faults.ts";
import { countBy, groupBy } from "./group-by.ts";
import { medianOf } from "./robust-outliers.ts";

/** A folder of sounds in numbers. */
export interface CollectionSummary {
  /** Files that could be heard, and that could not. */
  readonly files: number;
  readonly unreadable: number;
  readonly otherFiles: number;
  readonly bytes: number;
  /** Seconds. */
  readonly duration: {
    readonly total: number;
    readonly median: number;
    readonly shortest: number;
    readonly longest: number;
  };
  /** Over the files that are not silent, dBFS; null where there are none. */
  readonly level: { readonly medianRmsDb: number; readonly highestPeakDb: number } | null;
  /** Share of all time that is silent. */
  readonly silentShare: number;
  readonly sampleRates: readonly Count<number>[];
  readonly channels: readonly Count<number>[];
  readonly formats: readonly Count<string>[];
  readonly encodings: readonly Count<string>[];
  /** Largest first. */
  readonly classes: readonly ClassSummary[];
  /** Share of the largest class: what a model must beat. Null without labels. */
  readonly majorityBaseline: number | null;
  /** Files of the largest class per file of the smallest; null without labels. */
  readonly imbalance: number | null;
  readonly splits: readonly Count<string>[];
  readonly groups: number;
}

/** How often a value comes. */
export interface Count<T> {
  readonly value: T;
  readonly files: number;
}

/** A class in numbers. */
export interface ClassSummary {
  readonly label: string;
  readonly files: number;
  readonly share: number;
  readonly seconds: number;
}

/** The numbers of a collection. */
export function summarise(files: readonly LabelledFile[], { unreadable, others }: CollectionInput): CollectionSummary {
  const lengths = files.map(({ facts }) => facts.seconds);
  const total = lengths.reduce((sum, seconds) => sum + seconds, 0);
  const silent = files.reduce((sum, { facts }) => sum + facts.silentShare * facts.seconds, 0);
  const labelled = groupBy(files, ({ label }) => label);
  const count = [...labelled.values()].reduce((sum, members) => sum + members.length, 0);
  const classes = [...labelled]
    .map(([label, members]) => ({
      label,
      files: members.length,
      share: members.length / count,
      seconds: members.reduce((sum, { facts }) => sum + facts.seconds, 0),
    }))
    .sort((p, q) => q.files - p.files || (p.label < q.label ? -1 : 1));
  const [largest, smallest] = [classes[0], classes.at(-1)];
  return {
    files: files.length,
    unreadable: unreadable.length,
    otherFiles: others.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    duration: { total, median: files.length === 0 ? 0 : medianOf(lengths), ...range(lengths) },
    level: levels(files),
    silentShare: total === 0 ? 0 : silent / total,
    sampleRates: counts(files, ({ facts }) => String(facts.sampleRate)).map(asNumber),
    channels: counts(files, ({ facts }) => String(facts.channels)).map(asNumber),
    formats: counts(files, ({ facts }) => facts.format),
    encodings: counts(files, ({ facts }) => facts.encoding),
    classes,
    majorityBaseline: largest?.share ?? null,
    imbalance: largest === undefined || smallest === undefined ? null : largest.files / smallest.files,
    splits: counts(files, ({ split }) => split).sort((p, q) => (p.value < q.value ? -1 : 1)),
    groups: countBy(files, ({ group }) => group).size,
  };
}

function levels(files: readonly LabelledFile[]): CollectionSummary["level"] {
  const heard = files.filter(({ facts }) => facts.peak >= SILENT_PEAK);
  if (heard.length === 0) return null;
  const highest = heard.reduce((most, { facts }) => Math.max(most, facts.peak), 0);
  return {
    medianRmsDb: 20 * Math.log10(medianOf(heard.map(({ facts }) => facts.rms))),
    highestPeakDb: 20 * Math.log10(highest),
  };
}

function range(values: readonly number[]): { readonly shortest: number; readonly longest: number } {
  let [shortest, longest] = [values[0] ?? 0, values[0] ?? 0];
  for (const value of values) [shortest, longest] = [Math.min(shortest, value), Math.max(longest, value)];
  return { shortest, longest };
}

const counts = (files: readonly LabelledFile[], keyOf: (file: LabelledFile) => string | undefined): Count<string>[] =>
  [...countBy(files, keyOf)].map(([value, count]) => ({ value, files: count }));

const asNumber = ({ value, files }: Count<string>): Count<number> => ({ value: Number(value), files });
