import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import { type LabelList, sortedLabels } from "../classification/labels.ts";
import { readLabels } from "../classification/targets.ts";
import { type FoldOptions, requireFolds, type Split, shuffled, splitsByFold } from "./split.ts";

/**
 * Splits into folds that never tear a group apart: the default choice for sound, with the source of each sample as its
 * group.
 *
 * The source is whatever must be new to the model: the recording that a segment was cut from, the player, the device,
 * the place. Without it a score can be dozens of percent too good (segments of ESC-10: 1-nearest neighbour 85 % split at
 * random, 53 % by source).
 *
 * @param groups - Group of each sample, shape `[samples]`; at least as many groups as folds.
 * @param options.folds - Default 5. The largest groups are dealt first, each to the smallest fold.
 * @param options.shuffleSeed - Deal groups in an order made from this seed, about equally many to each fold; by size if
 *   left out.
 * @returns Shape `[folds]`; positions ascend.
 * @throws TonewrightError `too-few-samples` for fewer groups than folds; `bad-option`, `empty-input`, `invalid-label`,
 *   `mixed-labels`.
 * @see scikit-learn 1.9 `GroupKFold`, equal to it without shuffling (1.2 may break ties between groups otherwise)
 */
export function groupKFold(groups: LabelList, options: FoldOptions = {}): Split[] {
  checkLists("groupKFold(groups, options)", { groups });
  checkOptions("groupKFold(groups, options)", options, { folds: false, shuffleSeed: false });
  const { folds = 5, shuffleSeed } = options;
  const { codes, sizes } = encodeGroups("groupKFold", groups);
  requireFolds("groupKFold", folds, { available: sizes.length, what: "groups" });
  const foldOf =
    shuffleSeed === undefined ? bySize(sizes, folds) : inEqualParts(shuffled(sizes.length, shuffleSeed), folds);
  return splitsByFold(
    codes.map((code) => foldOf[code]!),
    folds,
  );
}

/**
 * One split per group, with that group as the test part: for few groups, such as players or devices.
 *
 * Folds differ in size as groups do; weight their scores by it, or pool the predictions.
 *
 * @param groups - Group of each sample, shape `[samples]`; at least two groups.
 * @returns Shape `[groups]`, in the order of the sorted groups; positions ascend.
 * @throws TonewrightError `too-few-samples` for a single group; `empty-input`, `invalid-label`, `mixed-labels`.
 * @see scikit-learn 1.9 `LeaveOneGroupOut`
 */
export function leaveOneGroupOut(groups: LabelList): Split[] {
  checkLists("leaveOneGroupOut(groups)", { groups });
  const { codes, sizes } = encodeGroups("leaveOneGroupOut", groups);
  if (sizes.length < 2) {
    throw new TonewrightError(
      "too-few-samples",
      "leaveOneGroupOut: all samples are of one group",
      "give samples of at least two groups",
    );
  }
  return splitsByFold(codes, sizes.length);
}

/** Groups as positions in their sorted list. @throws TonewrightError `empty-input`, `invalid-label`, `mixed-labels`. */
export function encodeGroups(
  caller: string,
  groups: LabelList,
): { readonly codes: Int32Array; readonly sizes: Float64Array } {
  const list = readLabels(caller, groups, "groups");
  const present = sortedLabels(list);
  const position = new Map(present.map((group, g) => [group, g]));
  const codes = Int32Array.from(list, (group) => position.get(group)!);
  const sizes = new Float64Array(present.length);
  for (const code of codes) sizes[code]! += 1;
  return { codes, sizes };
}

function bySize(sizes: Float64Array, folds: number): Int32Array {
  // Of equal groups the later one first, as in scikit-learn.
  const order = Array.from(sizes.keys()).sort((a, b) => sizes[b]! - sizes[a]! || b - a);
  const samples = new Float64Array(folds);
  const foldOf = new Int32Array(sizes.length);
  for (const group of order) {
    const fold = samples.indexOf(Math.min(...samples));
    samples[fold]! += sizes[group]!;
    foldOf[group] = fold;
  }
  return foldOf;
}

function inEqualParts(order: readonly number[], folds: number): Int32Array {
  const foldOf = new Int32Array(order.length);
  const [least, more] = [Math.floor(order.length / folds), order.length % folds];
  for (const [place, group] of order.entries()) {
    const large = more * (least + 1);
    foldOf[group] = place < large ? Math.floor(place / (least + 1)) : more + Math.floor((place - large) / least);
  }
  return foldOf;
}
