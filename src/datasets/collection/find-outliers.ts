import type { LabelledFile } from "./collection-input.ts";
import { counted, type Finding, type FindingItem, findingOf, levelText, verb } from "./finding.ts";
import { SILENT_PEAK } from "./find-sound-faults.ts";
import { groupBy } from "./group-by.ts";
import { FEWEST, robustOutliers } from "./robust-outliers.ts";
import type { SoundFacts } from "./sound-facts.ts";

/** Files whose duration, level or brightness is unlike that of the others. */
export function findOutliers(files: readonly LabelledFile[]): Finding[] {
  const heard = files.filter(({ facts }) => facts.peak >= SILENT_PEAK);
  const long = outliers([files], {
    scaleOf: ({ seconds }) => Math.log2(seconds),
    smallestDeviation: 0.04,
    note: ({ seconds }, median) => `${seconds.toFixed(2)} s, the others ${(2 ** median).toFixed(2)} s`,
    read: ({ seconds }) => seconds,
  });
  const loud = outliers(byClass(heard), {
    scaleOf: ({ rms }) => 20 * Math.log10(rms),
    smallestDeviation: 1.5,
    note: ({ rms }, median) => `rms ${levelText(rms)}, ${OTHERS} ${median.toFixed(1)} dBFS`,
    read: ({ rms }) => 20 * Math.log10(rms),
  });
  const bright = outliers(byClass(heard), {
    scaleOf: ({ centroidHz }) => (centroidHz === null ? Number.NaN : Math.log2(centroidHz)),
    smallestDeviation: 0.15,
    note: ({ centroidHz }, median) => `spectral centroid ${hertz(centroidHz ?? 0)}, ${OTHERS} ${hertz(2 ** median)}`,
    read: ({ centroidHz }) => centroidHz ?? 0,
  });
  const are = (count: number) => `${counted(count, "file")} of ${files.length} ${verb(count, "is", "are")}`;
  return [
    findingOf("duration-outliers", long, {
      pass: "no file is far longer or shorter than the others",
      found: `${are(long.length)} far longer or shorter than the others`,
      hint: "decide how to cut or pad them to one length, and listen to the shortest",
    }),
    findingOf("level-outliers", loud, {
      pass: "no file is far louder or quieter than the others",
      found: `${are(loud.length)} far louder or quieter than usual`,
      hint: "listen to them; normalise the level if it should not matter",
    }),
    findingOf("brightness-outliers", bright, {
      pass: "no file is far brighter or darker than the others",
      found: `${are(bright.length)} far brighter or darker than usual`,
      hint: "listen to them: they may carry a wrong label, or come from another recorder",
    }),
  ];
}

const OTHERS = "the others";

const hertz = (frequencyHz: number): string => `${frequencyHz.toFixed(0)} Hz`;

/** The files of each class that is large enough to have something usual; all together if there are no classes. */
function byClass(files: readonly LabelledFile[]): (readonly LabelledFile[])[] {
  const classes = [...groupBy(files, ({ label }) => label).values()];
  return classes.length === 0 ? [files] : classes.filter((group) => group.length >= FEWEST);
}

function outliers(
  groups: readonly (readonly LabelledFile[])[],
  {
    scaleOf,
    smallestDeviation,
    note,
    read,
  }: {
    /** On a scale on which distances mean the same everywhere. */
    readonly scaleOf: (facts: SoundFacts) => number;
    readonly smallestDeviation: number;
    readonly note: (facts: SoundFacts, median: number) => string;
    readonly read: (facts: SoundFacts) => number;
  },
): FindingItem[] {
  return groups
    .flatMap((files) => {
      const values = files.map(({ facts }) => scaleOf(facts));
      const alone = groups.length === 1;
      return robustOutliers(values, { smallestDeviation }).map(({ index, median, deviations }) => {
        const { path, label, facts } = files[index]!;
        const text = note(facts, median).replace(OTHERS, alone || label === undefined ? OTHERS : `"${label}"`);
        return { item: { files: [path], note: text, value: read(facts) }, deviations };
      });
    })
    .sort((p, q) => q.deviations - p.deviations)
    .map(({ item }) => item);
}
