import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import { createRandom } from "../../kernels/index.ts";
import { type LabelList, listed } from "../classification/labels.ts";
import { readLabels } from "../classification/targets.ts";
import { requireFolds, type Split, type StratifiedFoldOptions, shuffle, splitsByFold } from "./split.ts";

/**
 * Splits into folds with the classes in the proportions of the whole.
 *
 * It does not know which samples belong together: with several samples per recording use `stratifiedGroupKFold`.
 *
 * @param labels - Class of each sample, shape `[samples]`.
 * @param options.folds - Default 5.
 * @param options.shuffleSeed - Deal the samples of each class in an order made from this seed; in their own order if
 *   left out.
 * @param options.onWarning - Called where a class has fewer samples than there are folds.
 * @returns Shape `[folds]`; positions ascend.
 * @throws TonewrightError `too-few-samples` if every class has fewer samples than there are folds; `bad-option`,
 *   `empty-input`, `invalid-label`, `mixed-labels`.
 * @see scikit-learn 1.9 `StratifiedKFold`, equal to it without shuffling
 */
export function stratifiedKFold(labels: LabelList, options: StratifiedFoldOptions = {}): Split[] {
  checkLists("stratifiedKFold(labels, options)", { labels });
  checkOptions("stratifiedKFold(labels, options)", options, { onWarning: false, folds: false, shuffleSeed: false });
  const { folds = 5, shuffleSeed, onWarning } = options;
  const list = readLabels("stratifiedKFold", labels, "labels");
  requireFolds("stratifiedKFold", folds, { available: list.length, what: "samples" });
  const members = new Map<string | number, number[]>(); // in the order of their first sample
  for (const [n, label] of list.entries()) {
    const ofLabel = members.get(label);
    if (ofLabel === undefined) members.set(label, [n]);
    else ofLabel.push(n);
  }
  requireMembers(
    "stratifiedKFold",
    [...members].map(([label, { length }]) => [label, length]),
    { folds, onWarning },
  );
  const random = shuffleSeed === undefined ? undefined : createRandom(shuffleSeed);
  const foldOf = new Int32Array(list.length);
  let dealt = 0;
  for (const ofLabel of members.values()) {
    // Dealing all samples in turn, class after class, decides how many of a class each fold gets.
    const counts = new Int32Array(folds);
    for (let k = 0; k < ofLabel.length; k++, dealt++) counts[dealt % folds]! += 1;
    const places = Array.from(counts).flatMap((count, fold) => new Array<number>(count).fill(fold));
    if (random !== undefined) shuffle(places, random);
    for (const [k, n] of ofLabel.entries()) foldOf[n] = places[k]!;
  }
  return splitsByFold(foldOf, folds);
}

/** @throws TonewrightError `too-few-samples` if every class has fewer samples than folds; a warning if one has. */
export function requireMembers(
  caller: string,
  sizes: readonly (readonly [string | number, number])[],
  { folds, onWarning }: Pick<StratifiedFoldOptions, "onWarning"> & { readonly folds: number },
): void {
  const small = sizes.filter(([, size]) => size < folds);
  if (small.length === sizes.length) {
    throw new TonewrightError(
      "too-few-samples",
      `${caller}: ${folds} folds, and the largest class has ${Math.max(...sizes.map(([, size]) => size))} samples`,
      "ask for fewer folds, or give more samples",
    );
  }
  if (small.length === 0) return;
  onWarning?.(
    `${caller}: fewer than ${folds} samples of ${listed(small.map(([label]) => label))}, so some folds have none`,
  );
}
