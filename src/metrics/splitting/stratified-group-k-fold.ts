import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import { type LabelList, sortedLabels } from "../classification/labels.ts";
import { readLabels } from "../classification/targets.ts";
import { encodeGroups } from "./group-k-fold.ts";
import { pairwiseSum } from "./pairwise-sum.ts";
import { requireFolds, type Split, type StratifiedFoldOptions, shuffled, splitsByFold } from "./split.ts";
import { requireMembers } from "./stratified-k-fold.ts";

/**
 * Splits into folds that never tear a group apart and keep the classes as near to their proportions as the groups
 * allow.
 *
 * The choice for classifying sound: classes are often rare and recordings long. Groups are dealt one by one, those with
 * the most uneven classes first, each where the folds stay most alike; with few groups folds can still differ a lot.
 *
 * @param labels - Class of each sample, shape `[samples]`.
 * @param groups - Group of each sample (its source), shape `[samples]`; at least as many groups as folds.
 * @param options.folds - Default 5.
 * @param options.shuffleSeed - Takes groups that are equally uneven in an order made from this seed; in sorted order if
 *   left out.
 * @param options.onWarning - Called where a class has fewer samples than there are folds.
 * @returns Shape `[folds]`; positions ascend.
 * @throws TonewrightError `too-few-samples`, `length-mismatch`, `bad-option`, `empty-input`, `invalid-label`,
 *   `mixed-labels`.
 * @see scikit-learn 1.9 `StratifiedGroupKFold`, equal to it without shuffling
 */
export function stratifiedGroupKFold(
  labels: LabelList,
  groups: LabelList,
  options: StratifiedFoldOptions = {},
): Split[] {
  checkLists("stratifiedGroupKFold(labels, groups, options)", { labels, groups });
  checkOptions("stratifiedGroupKFold(labels, groups, options)", options, {
    onWarning: false,
    folds: false,
    shuffleSeed: false,
  });
  const { folds = 5, shuffleSeed, onWarning } = options;
  const caller = "stratifiedGroupKFold";
  const { codes, counts, classes } = countClassesOfGroups(caller, labels, groups);
  requireFolds(caller, folds, { available: codes.length, what: "samples" });
  const totals = counts[0]!.map((_, c) => counts.reduce((sum, row) => sum + row[c]!, 0));
  requireMembers(
    caller,
    classes.map((label, c) => [label, totals[c]!]),
    { folds, onWarning },
  );
  requireFolds(caller, folds, { available: counts.length, what: "groups" });

  const groupOrder = shuffleSeed === undefined ? undefined : shuffled(counts.length, shuffleSeed);
  const taken = counts.map((_, place) => groupOrder?.[place] ?? place);
  const uneven = counts.map((row) => standardDeviation(row));
  taken.sort((a, b) => uneven[b]! - uneven[a]!); // stable: equal ones stay in their order
  const filled = Array.from({ length: folds }, () => new Float64Array(classes.length));
  const foldOf = new Int32Array(counts.length);
  for (const group of taken) {
    const fold = bestFold(filled, counts[group]!, totals);
    for (const [c, count] of counts[group]!.entries()) filled[fold]![c]! += count;
    foldOf[group] = fold;
  }
  return splitsByFold(
    codes.map((code) => foldOf[code]!),
    folds,
  );
}

/**
 * Samples of every class in every group, `counts` of shape `[groups][classes]`. @throws TonewrightError as
 * `stratifiedGroupKFold`.
 */
export function countClassesOfGroups(caller: string, labels: LabelList, groups: LabelList) {
  const list = readLabels(caller, labels, "labels");
  const { codes, sizes } = encodeGroups(caller, groups);
  if (codes.length !== list.length) {
    throw new TonewrightError(
      "length-mismatch",
      `${caller}: ${list.length} labels, ${codes.length} groups`,
      "give one group for every label, in the same order",
    );
  }
  const classes = sortedLabels(list);
  const position = new Map(classes.map((label, c) => [label, c]));
  const counts = Array.from(sizes, () => new Float64Array(classes.length));
  for (const [n, label] of list.entries()) counts[codes[n]!]![position.get(label)!]! += 1;
  return { codes, counts, classes };
}

/**
 * The fold after which the shares of the classes spread least over the folds; of nearly equal ones that with fewest
 * samples, then the first.
 */
function bestFold(filled: readonly Float64Array[], added: Float64Array, totals: Float64Array): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  let fewest = Number.POSITIVE_INFINITY;
  for (const [fold, counts] of filled.entries()) {
    const spreads = totals.map((total, c) =>
      standardDeviation(
        Float64Array.from(filled, (row, k) => (row[c]! + (k === fold ? added[c]! : 0)) / total),
        { inOrder: totals.length > 1 },
      ),
    );
    const spread = pairwiseSum(spreads) / spreads.length;
    const samples = counts.reduce((sum, count) => sum + count, 0);
    const near = Math.abs(spread - least) <= 1e-8 + 1e-5 * Math.abs(least);
    if (spread < least || (near && samples < fewest)) {
      least = spread;
      fewest = samples;
      best = fold;
    }
  }
  return best;
}

/**
 * Standard deviation with numpy's rounding, to the last bit: which of two groups is the more uneven, or which fold the
 * better, can hang on it.
 *
 * @param options.inOrder - Add from first to last, as numpy does across the rows of a table.
 */
function standardDeviation(values: Float64Array, { inOrder = false }: { readonly inOrder?: boolean } = {}): number {
  const add = (terms: Float64Array) => (inOrder ? terms.reduce((sum, term) => sum + term, 0) : pairwiseSum(terms));
  const mean = add(values) / values.length;
  return Math.sqrt(add(values.map((value) => (value - mean) * (value - mean))) / values.length);
}
