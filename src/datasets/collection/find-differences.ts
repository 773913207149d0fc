import type { LabelledFile } from "./collection-input.ts";
import { counted, type Finding, type FindingId, type FindingItem, findingOf, shareText } from "./finding.ts";
import { countBy, groupBy } from "./group-by.ts";
import type { SoundFacts } from "./sound-facts.ts";

/** How the files differ in how they were stored, and whether that gives their class away. */
export function findDifferences(files: readonly LabelledFile[]): Finding[] {
  return [
    difference(files, {
      id: "sample-rates",
      what: "sample rate",
      read: ({ sampleRate }) => `${sampleRate} Hz`,
      hint: "resample all to one rate: of a lower one the high frequencies are missing",
    }),
    difference(files, {
      id: "channels",
      what: "number of channels",
      read: ({ channels }) => (channels === 1 ? "mono" : channels === 2 ? "stereo" : `${channels} channels`),
      hint: "mix all to mono, or take one channel of each",
    }),
    difference(files, {
      id: "formats",
      what: "format",
      read: formatOf,
      hint: "be aware that lossy formats cut high frequencies off; a model can hear that",
    }),
    shortcuts(files),
  ];
}

const formatOf = ({ format, encoding }: SoundFacts): string => (format === encoding ? format : `${format} ${encoding}`);

function difference(
  files: readonly LabelledFile[],
  {
    id,
    what,
    read,
    hint,
  }: {
    readonly id: FindingId;
    readonly what: string;
    readonly read: (facts: SoundFacts) => string;
    readonly hint: string;
  },
): Finding {
  const counts = countBy(files, ({ facts }) => read(facts));
  const [usual = "none"] = counts.keys();
  // The rarest first: those are the odd ones.
  const items = files
    .filter(({ facts }) => read(facts) !== usual)
    .map(({ path, facts }): FindingItem => ({ files: [path], note: `${read(facts)}, most are ${usual}` }))
    .sort((p, q) => (counts.get(p.note.split(",")[0] ?? "") ?? 0) - (counts.get(q.note.split(",")[0] ?? "") ?? 0));
  const list = [...counts].map(([value, count]) => `${value} ${count.toLocaleString("en")}`).join(", ");
  return findingOf(id, items, {
    pass: files.length === 0 ? `no ${what} is known` : `every file has the same ${what} (${usual})`,
    found: `${counted(counts.size, what, `${what}s`).replace("number of channelss", "numbers of channels")} among the files: ${list}`,
    hint,
  });
}

/** How much better than by always guessing the largest class one does by a fact that is no sound. */
const TELLING_GAIN = 0.1;

/** Properties of the files, rather than of the sounds, from which the class can be guessed. */
function shortcuts(files: readonly LabelledFile[]): Finding {
  const labelled = files.filter(({ label }) => label !== undefined);
  const classes = countBy(labelled, ({ label }) => label);
  const largest = (counts: ReadonlyMap<string, number>) => [...counts.values()][0] ?? 0;
  const always = largest(classes) / Math.max(1, labelled.length);
  const properties: [string, (facts: SoundFacts) => string][] = [
    ["sample rate", ({ sampleRate }) => String(sampleRate)],
    ["number of channels", ({ channels }) => String(channels)],
    ["format", formatOf],
  ];
  const items = properties
    .map(([name, read]): FindingItem & { gain: number } => {
      const groups = groupBy(labelled, ({ facts }) => read(facts));
      let right = 0;
      for (const group of groups.values()) right += largest(countBy(group, ({ label }) => label));
      const share = right / Math.max(1, labelled.length);
      const note = `the ${name} alone guesses the class of ${shareText(share)} of the files, the largest class ${shareText(always)}`;
      return { files: [], note, value: share, gain: share - always };
    })
    .filter(({ gain }) => gain > TELLING_GAIN)
    .map(({ files: none, note, value }) => ({ files: none, note, ...(value === undefined ? {} : { value }) }));
  return findingOf("shortcuts", items, {
    pass: "format, rate and channels do not give the class away",
    found: "the class can be guessed from how the files were stored",
    hint: "convert all files to one format, rate and number of channels, and mistrust high scores until then",
  });
}
