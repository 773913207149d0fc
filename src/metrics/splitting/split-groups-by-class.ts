import { TonewrightError } from "../../errors/index.ts";
import type { Random } from "../../kernels/index.ts";
import type { LabelList } from "../classification/labels.ts";
import { type PartSizes, type Split, shuffle } from "./split.ts";
import { countClassesOfGroups } from "./stratified-group-k-fold.ts";

/**
 * Whole groups for a test part that comes near to its share of every class, all others for training.
 *
 * Groups are taken in random order, those of the most samples first; each goes to the test part if that brings the test
 * part nearer to its share, in the sum of squares over the classes relative to their totals. If none does, the least
 * harmful one goes.
 *
 * @throws TonewrightError `too-few-samples` for a single group, else as `stratifiedGroupKFold`.
 */
export function splitGroupsByClass(
  caller: string,
  [labels, groups]: readonly [LabelList, LabelList],
  { train, test, random }: PartSizes & { readonly random: Random },
): Split {
  const { codes, counts, classes } = countClassesOfGroups(caller, labels, groups);
  const totals = classes.map((_, c) => counts.reduce((sum, row) => sum + row[c]!, 0));
  const share = test / (test + train);
  const size = (group: number) => counts[group]!.reduce((sum, count) => sum + count, 0);
  const order = shuffle(Array.from(counts.keys()), random).sort((a, b) => size(b) - size(a));
  const taken = new Set<number>();
  const filled = new Float64Array(classes.length);
  const miss = (added?: Float64Array) =>
    totals.reduce((sum, total, c) => sum + ((filled[c]! + (added?.[c] ?? 0)) / total - share) ** 2, 0);
  for (const group of order) {
    if (miss(counts[group]) >= miss()) continue;
    taken.add(group);
    for (const [c, count] of counts[group]!.entries()) filled[c]! += count;
  }
  if (taken.size === 0) {
    const [nearest] = order.slice().sort((a, b) => miss(counts[a]) - miss(counts[b]));
    taken.add(nearest!);
  }
  const split: Split = { train: [], test: [] };
  for (const [n, group] of codes.entries()) (taken.has(group) ? split.test : split.train).push(n);
  if (split.train.length > 0) return split;
  throw new TonewrightError(
    "too-few-samples",
    `${caller}: all samples are of one group, which cannot be in both parts`,
    "give samples of at least two groups",
  );
}
