import type { LabelledFile } from "./collection-input.ts";
import { counted, type Finding, type FindingId, type FindingItem, findingOf, shareText, verb } from "./finding.ts";
import { SILENT_PEAK } from "./find-sound-faults.ts";
import { groupBy } from "./group-by.ts";
import type { NearPair } from "./match-fingerprints.ts";

/** Files that need no fingerprint: silent ones, and all but the first of those with the same samples. Shape `[files]`. */
export function withoutFingerprint(files: readonly LabelledFile[]): Uint8Array {
  const seen = new Set<string>();
  return Uint8Array.from(files, ({ facts }) => {
    const skip = facts.peak < SILENT_PEAK || seen.has(facts.hash);
    seen.add(facts.hash);
    return skip ? 1 : 0;
  });
}

/**
 * Files that hold the same sound, each group under the worst that it means: the same sound in two splits, in two
 * classes, or twice in one.
 *
 * @param files - In the order that the pairs count in.
 * @param pairs - Of `matchFingerprints`.
 */
export function findDuplicates(files: readonly LabelledFile[], pairs: readonly NearPair[]): Finding[] {
  const found = new Map<FindingId, FindingItem[]>();
  for (const group of duplicateGroups(files, pairs)) {
    const id = kindOf(group, files);
    found.set(id, [...(found.get(id) ?? []), itemOf(group, files)]);
  }
  const of = (id: FindingId) => found.get(id) ?? [];
  const [splits, classes] = [of("duplicates-across-splits"), of("duplicates-across-classes")];
  const [exact, near] = [of("exact-duplicates"), of("near-duplicates")];
  const sounds = (items: readonly FindingItem[]) =>
    `${counted(items.length, "sound")} ${verb(items.length, "is", "are")}`;
  const members = (items: readonly FindingItem[]) =>
    counted(
      items.reduce((sum, item) => sum + item.files.length, 0),
      "file",
    );
  return [
    findingOf("duplicates-across-splits", splits, {
      verdict: "refuse",
      pass: files.some(({ split }) => split !== undefined)
        ? "no recording was found in two splits"
        : "there are no splits that a recording could be in two of",
      found: `${sounds(splits)} in more than one split (${members(splits)}): scores will be too high`,
      hint: `keep each sound in one split: delete the copies, or move them together ${ALIKE}`,
    }),
    findingOf("duplicates-across-classes", classes, {
      verdict: "refuse",
      pass: "no recording was found in two classes",
      found: `${sounds(classes)} in more than one class (${members(classes)})`,
      hint: `listen to them and keep the one with the right label ${ALIKE}`,
    }),
    findingOf("exact-duplicates", exact, {
      pass: "no two files hold the same samples",
      found: `${sounds(exact)} stored more than once, sample for sample (${members(exact)})`,
      hint: "delete all but one, or keep the copies in one split: they count for more than other sounds",
    }),
    findingOf("near-duplicates", near, {
      pass: "no recording was found twice at another level, in another format or cut",
      found: `${sounds(near)} in more than one file, changed in level, format or length (${members(near)})`,
      hint: `listen to them; keep one of each, or keep them in one split ${ALIKE}`,
    }),
  ];
}

const ALIKE = "(100 % alike is the same recording, 0 % what chance gives)";

interface Group {
  /** Indices of files, rising. */
  readonly members: readonly number[];
  /** Those pairs that connect them, the longest match first. */
  readonly pairs: readonly NearPair[];
}

function duplicateGroups(files: readonly LabelledFile[], pairs: readonly NearPair[]): Group[] {
  const parent = Uint32Array.from(files, (_, n) => n);
  const rootOf = (n: number): number => {
    let at = n;
    for (; parent[at]! !== at; at = parent[at]!) parent[at] = parent[parent[at]!]!;
    return at;
  };
  const join = (a: number, b: number) => {
    const [p, q] = [rootOf(a), rootOf(b)];
    parent[Math.max(p, q)] = Math.min(p, q);
  };
  const sounding = files.map((_, n) => n).filter((n) => files[n]!.facts.peak >= SILENT_PEAK);
  for (const same of groupBy(sounding, (n) => files[n]!.facts.hash).values()) {
    for (const other of same.slice(1)) join(same[0]!, other);
  }
  for (const { a, b } of pairs) join(a, b);
  const pairsOf = groupBy(pairs, ({ a }) => rootOf(a));
  return [...groupBy(sounding, rootOf)]
    .filter(([, members]) => members.length > 1)
    .map(([root, members]) => ({
      members,
      pairs: (pairsOf.get(root) ?? []).toSorted((p, q) => q.seconds - p.seconds || p.a - q.a || p.b - q.b),
    }))
    .sort((p, q) => q.members.length - p.members.length || p.members[0]! - q.members[0]!);
}

function kindOf({ members, pairs }: Group, files: readonly LabelledFile[]): FindingId {
  const several = (of: (file: LabelledFile) => string | undefined) =>
    new Set(members.map((n) => of(files[n]!))).size > 1;
  if (several(({ split }) => split)) return "duplicates-across-splits";
  if (several(({ label }) => label)) return "duplicates-across-classes";
  return pairs.length === 0 ? "exact-duplicates" : "near-duplicates";
}

function itemOf({ members, pairs }: Group, files: readonly LabelledFile[]): FindingItem {
  const named = (of: (file: LabelledFile) => string | undefined, what: string) => {
    const names = [...new Set(members.map((n) => of(files[n]!)))];
    return names.length < 2 ? "" : ` in ${what} ${names.map((name) => `"${name ?? "none"}"`).join(" and ")}`;
  };
  const where = `${named(({ label }) => label, "classes")}${named(({ split }) => split, "splits")}`;
  const [best] = pairs;
  const paths = members.map((n) => files[n]!.path);
  if (best === undefined) {
    return { files: paths, note: `the same samples${where}`, value: 0, at: members.map(() => 0) };
  }
  const { seconds, startA, startB, bitErrorRate } = best;
  const moved = Math.abs(startA - startB);
  const shift = moved < 0.05 ? "" : `, ${moved.toFixed(2)} s apart in time`;
  const note = `${seconds.toFixed(1)} s of the same sound${where}${shift} (${shareText(1 - 2 * bitErrorRate)} alike)`;
  // The two that match best come first, since these are the ones to listen to.
  const order = [best.a, best.b, ...members.filter((n) => n !== best.a && n !== best.b)];
  const startOf = (n: number) => (n === best.a ? startA : n === best.b ? startB : 0);
  return { files: order.map((n) => files[n]!.path), note, value: bitErrorRate, at: order.map(startOf) };
}
