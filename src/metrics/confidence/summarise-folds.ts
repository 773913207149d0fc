import { checkLists, TonewrightError } from "../../errors/index.ts";
import { meanOver, sumOver } from "../regression/sum.ts";

/** Scores of a cross-validation in two numbers. */
export interface FoldSummary {
  readonly folds: number;
  readonly mean: number;
  /** Of the scores, with `folds - 1` in the denominator; 0 for a single fold. */
  readonly standardDeviation: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Mean and standard deviation of the scores of all folds.
 *
 * The standard deviation says how much folds differ, not how exact the mean is: folds share training data, so dividing
 * it by the root of their number is too optimistic. numpy's `std` divides by `folds` and is smaller.
 *
 * @param scores - Shape `[folds]`, at least one.
 * @throws TonewrightError `empty-input`, `undefined-metric` if a score is no number.
 */
export function summariseFolds(scores: ArrayLike<number>): FoldSummary {
  checkLists("summariseFolds(scores)", { scores });
  const caller = "summariseFolds";
  const values = Float64Array.from(scores);
  if (values.length === 0) {
    throw new TonewrightError("empty-input", `${caller}: there are no scores`, "give the score of each fold");
  }
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    throw new TonewrightError(
      "undefined-metric",
      `${caller}: the score of fold ${wrong} is ${values[wrong]}`,
      "use folds in which the metric is defined, for example stratified ones",
    );
  }
  const folds = values.length;
  const mean = meanOver(folds, (k) => values[k]!);
  const squares = sumOver(folds, (k) => (values[k]! - mean) ** 2);
  return {
    folds,
    mean,
    standardDeviation: folds === 1 ? 0 : Math.sqrt(squares / (folds - 1)),
    low: Math.min(...values),
    high: Math.max(...values),
  };
}
