import type { CollectionReport, LabelledFile } from "../datasets/index.ts";

/** A place in a file to be heard in the page. */
export interface WantedSound {
  readonly path: string;
  /** Seconds; absent for the loudest place. */
  readonly at?: number | undefined;
}

/** A sound to be heard in the page. */
export interface PageSound {
  /** `data:audio/…`. */
  readonly url: string;
  readonly seconds: number;
  /** Where in the file it begins. */
  readonly start: number;
}

/** A class, shown by the file that is most like all of it. */
export interface ClassExample {
  readonly label: string;
  readonly path: string;
}

/** Limits that keep the page small; the page states them. */
export const pageLimits = {
  players: 32,
  secondsPerPlayer: 3,
  audioBytes: 6_000_000,
  itemsWithPlayer: 3,
  classPlayers: 12,
  classes: 24,
} as const;

/** What names a place in a file. */
export const soundKey = ({ path, at }: WantedSound): string => `${at ?? ""} ${path}`;

/** The places to hear: the first items of each finding that does not pass, the worst findings first, then the classes. */
export function wantedSounds({ findings, files }: CollectionReport): WantedSound[] {
  const known = new Set(files.map(({ path }) => path));
  const faulty = findings
    .filter(({ verdict, id }) => verdict !== "pass" && id !== "silence")
    .flatMap(({ items }) => items.slice(0, pageLimits.itemsWithPlayer))
    .flatMap(({ files: paths, at }) => paths.slice(0, 2).map((path, k): WantedSound => ({ path, at: at?.[k] })));
  const examples = classExamples(files).slice(0, pageLimits.classPlayers);
  const inFindings = unique(faulty.filter(({ path }) => known.has(path)));
  return unique([
    ...inFindings.slice(0, pageLimits.players - examples.length),
    ...examples.map(({ path }): WantedSound => ({ path })),
  ]);
}

const unique = (places: readonly WantedSound[]): WantedSound[] => [
  ...new Map(places.map((place) => [soundKey(place), place])).values(),
];

/** For each class (the largest ones) the file whose colour is nearest to the mean of the class. */
export function classExamples(files: readonly LabelledFile[]): ClassExample[] {
  const classes = new Map<string, LabelledFile[]>();
  for (const file of files) {
    if (file.label === undefined || file.facts.centroidHz === null) continue;
    const members = classes.get(file.label);
    if (members === undefined) classes.set(file.label, [file]);
    else members.push(file);
  }
  return [...classes]
    .sort(([p, m], [q, n]) => n.length - m.length || (p < q ? -1 : 1))
    .slice(0, pageLimits.classes)
    .map(([label, members]) => ({ label, path: mostUsual(members).path }))
    .sort((p, q) => (p.label < q.label ? -1 : 1));
}

function mostUsual(members: readonly LabelledFile[]): LabelledFile {
  const width = members[0]!.facts.colour.length;
  const mean = Float64Array.from({ length: width }, (_, j) => {
    return members.reduce((sum, { facts }) => sum + facts.colour[j]!, 0) / members.length;
  });
  const distance = ({ facts }: LabelledFile) =>
    facts.colour.reduce((sum, value, j) => sum + (value - mean[j]!) ** 2, 0);
  return members.reduce((best, one) => (distance(one) < distance(best) ? one : best));
}
