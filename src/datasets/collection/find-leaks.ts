import type { LabelledFile } from "./collection-input.ts";
import { counted, type Finding, findingOf, verb } from "./finding.ts";
import { groupBy } from "./group-by.ts";

/** Groups (a speaker, a source recording) that are in more than one split; nothing where no groups are known. */
export function findGroupLeaks(files: readonly LabelledFile[]): Finding[] {
  const groups = groupBy(files, ({ group }) => group);
  if (groups.size === 0) return [];
  const hasSplits = files.some(({ split }) => split !== undefined);
  const items = [...groups]
    .map(([group, members]) => ({ group, members, splits: groupBy(members, ({ split }) => split) }))
    .filter(({ splits }) => splits.size > 1)
    .sort((p, q) => q.members.length - p.members.length)
    .map(({ group, members, splits }) => ({
      files: [...splits.values()].map(([first]) => first!.path),
      note: `"${group}": ${[...splits].map(([split, { length }]) => `${length} in split "${split}"`).join(", ")}`,
      value: members.length,
    }));
  const finding = findingOf("group-leaks", items, {
    verdict: "refuse",
    pass: hasSplits
      ? `none of ${groups.size} groups is in two splits`
      : `${counted(groups.size, "group")} of files, and no splits yet: keep each group together when you split`,
    found: `${counted(items.length, "group")} of ${groups.size} ${verb(items.length, "is", "are")} in more than one split`,
    hint: "move each group into one split as a whole: what is known of it in training helps in testing",
  });
  return [finding];
}
