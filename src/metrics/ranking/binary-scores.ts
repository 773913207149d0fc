import { type OptionNames, TonewrightError } from "../../errors/index.ts";
import { type Label, type LabelList, listed, quoted, sortedLabels } from "../classification/labels.ts";
import { readWeights } from "../classification/sample-weights.ts";
import { readLabels } from "../classification/targets.ts";

/** Samples of a positive and a negative class with a score each; shape `[samples]`. */
export interface BinaryScores {
  /** 1 for the positive class. */
  readonly hits: Uint8Array;
  readonly scores: Float64Array;
  readonly weights: Float64Array | undefined;
}

/** What the curves of two classes take. */
export interface BinaryOptions {
  /** The class that high scores stand for; 1 if the labels are 0 and 1, or -1 and 1. */
  readonly positiveLabel?: Label | undefined;
  /** Shape `[samples]`, not negative; each sample counts as much. */
  readonly sampleWeights?: ArrayLike<number> | undefined;
  /** Called with the reason where a result is undefined. */
  readonly onUndefined?: ((message: string) => void) | undefined;
}

/** For `checkOptions`. */
export const binaryOptionNames: OptionNames<BinaryOptions> = {
  positiveLabel: false,
  sampleWeights: false,
  onUndefined: false,
};

/**
 * Labels of two classes and their scores, checked.
 *
 * @throws TonewrightError `empty-input`, `length-mismatch`, `invalid-label`, `mixed-labels`, `unknown-positive`,
 *   `not-binary`, `non-finite-score`, `invalid-weight`.
 */
export function readBinary(
  metric: string,
  truth: LabelList,
  scores: ArrayLike<number>,
  { positiveLabel, sampleWeights }: BinaryOptions = {},
): BinaryScores {
  const labels = readLabels(metric, truth);
  requireSameCount(metric, labels.length, scores.length);
  const hit = positiveClass(metric, labels, positiveLabel);
  return {
    hits: Uint8Array.from(labels, (label) => (label === hit ? 1 : 0)),
    scores: readScores(metric, scores),
    weights: readWeights(metric, sampleWeights, labels.length),
  };
}

/**
 * The positive class: the one given, or 1 among -1, 0 and 1.
 *
 * @throws TonewrightError `not-binary` for more than two classes, `unknown-positive` for two that say nothing.
 */
export function positiveClass(metric: string, labels: readonly Label[], positiveLabel?: Label): Label {
  if (positiveLabel !== undefined) return positiveLabel;
  const present = sortedLabels(labels);
  if (present.length > 2) {
    throw new TonewrightError(
      "not-binary",
      `${metric}: there are ${present.length} classes, ${listed(present)}`,
      "name the positive class with `positiveLabel`, so that all others are negative",
    );
  }
  if (sayWhichIsPositive(present)) return 1;
  throw new TonewrightError(
    "unknown-positive",
    `${metric}: the classes are ${listed(present)}, and none is known to be the positive one`,
    `name it with \`positiveLabel\`, for example ${quoted(present.at(-1)!)}`,
  );
}

/** True for classes among 0 and 1, or among -1 and 1. */
export function sayWhichIsPositive(present: readonly Label[]): boolean {
  return [0, -1].some((negative) => present.every((label) => label === negative || label === 1));
}

/** Scores as float64. @throws TonewrightError `non-finite-score`. */
export function readScores(metric: string, scores: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(scores);
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong < 0) return values;
  const found = scores[wrong];
  throw new TonewrightError(
    "non-finite-score",
    `${metric}: scores[${wrong}] is ${typeof found === "object" ? "a row" : found}`,
    typeof found === "object"
      ? "give one score per sample, that of the positive class"
      : "find where it comes from, or leave the sample out",
  );
}

/** @throws TonewrightError `length-mismatch`. */
export function requireSameCount(metric: string, labels: number, scores: number): void {
  if (labels === scores) return;
  throw new TonewrightError(
    "length-mismatch",
    `${metric}: ${labels} true labels, ${scores} scores`,
    "give one score for every true label, in the same order",
  );
}
