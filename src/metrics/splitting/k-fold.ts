import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { type FoldOptions, requireFolds, type Split, shuffled, splitsByFold } from "./split.ts";

/**
 * Splits into folds of neighbouring samples, each the test part once.
 *
 * Wrong for most sound: several pieces of one recording, or of one player, end up on both sides, and the score only
 * says how well they are remembered. Use `groupKFold` with the source of each sample. Where samples are sorted by
 * class, a fold lacks classes unless it is shuffled.
 *
 * @param samples - How many.
 * @param options.folds - Default 5; the first `samples % folds` get one sample more.
 * @param options.shuffleSeed - Shuffle with this seed first; not at all if left out.
 * @returns Shape `[folds]`; positions ascend.
 * @throws TonewrightError `bad-option`, `too-few-samples` for more folds than samples.
 * @see scikit-learn 1.9 `KFold`; shuffled folds have its sizes and our generator's members
 */
export function kFold(samples: number, options: FoldOptions = {}): Split[] {
  checkOptions("kFold(samples, options)", options, { folds: false, shuffleSeed: false });
  const { folds = 5, shuffleSeed } = options;
  if (!Number.isInteger(samples) || samples < 0) {
    throw new TonewrightError("bad-option", `kFold: ${samples} samples`, "give the number of samples");
  }
  requireFolds("kFold", folds, { available: samples, what: "samples" });
  const order = shuffleSeed === undefined ? undefined : shuffled(samples, shuffleSeed);
  const foldOf = new Int32Array(samples);
  let position = 0;
  for (let fold = 0; fold < folds; fold++) {
    const size = Math.floor(samples / folds) + (fold < samples % folds ? 1 : 0);
    for (let k = 0; k < size; k++, position++) foldOf[order?.[position] ?? position] = fold;
  }
  return splitsByFold(foldOf, folds);
}
