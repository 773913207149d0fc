import { TonewrightError } from "../../errors/index.ts";
import { type Label, type LabelList, listed, requireLabelList, requireOneKind, sortedLabels } from "./labels.ts";

/** Scores of a classifier: one number per sample, `[samples]`, or one per class, `[samples][classes]`. */
export type ClassScores = ArrayLike<number> | readonly ArrayLike<number>[];

/** Scores, checked: `classes` is undefined if there is one per sample. */
export interface ScoreTable {
  readonly classes: number | undefined;
  readonly samples: number;
  /** Shape `[samples]` or `[samples, classes]`. */
  readonly values: Float64Array;
}

/**
 * Scores as one block of numbers. A table of a single column counts as one score per sample.
 *
 * @throws TonewrightError `empty-input`; `length-mismatch` if samples, or the rows, differ in length;
 * `non-finite-score`.
 */
export function readScores(metric: string, scores: ClassScores, samples: number): ScoreTable {
  if (scores.length !== samples) {
    throw new TonewrightError(
      "length-mismatch",
      `${metric}: ${samples} true labels, scores of ${scores.length} samples`,
      "give scores for every sample, in the same order",
    );
  }
  const rows = typeof scores[0] === "object" ? (scores as readonly ArrayLike<number>[]) : undefined;
  if (rows === undefined)
    return { classes: undefined, samples, values: finite(metric, scores as ArrayLike<number>, 1) };
  const classes = rows[0]!.length;
  const ragged = rows.findIndex((row) => row.length !== classes || classes === 0);
  if (ragged >= 0) {
    throw new TonewrightError(
      "length-mismatch",
      `${metric}: scores[0] has ${classes} scores, scores[${ragged}] has ${rows[ragged]!.length}`,
      "give every sample one score per class",
    );
  }
  const block = new Float64Array(samples * classes);
  for (const [n, row] of rows.entries()) block.set(row, n * classes);
  return { classes: classes === 1 ? undefined : classes, samples, values: finite(metric, block, classes) };
}

/**
 * The classes of the columns of a table of scores: those given, or those that occur in truth.
 *
 * @throws TonewrightError `empty-input`, `invalid-label`, `duplicate-label`, `mixed-labels`, `unknown-label`;
 * `bad-option` if the given ones are not sorted.
 */
export function orderedClasses(metric: string, truth: readonly Label[], labels: LabelList | undefined): Label[] {
  const present = sortedLabels(truth);
  if (labels === undefined) return present;
  const classes = requireLabelList(metric, "labels", labels);
  requireOneKind(metric, [...present, ...classes]);
  if (sortedLabels(classes).some((label, c) => label !== classes[c])) {
    throw new TonewrightError(
      "bad-option",
      `${metric}: the labels ${listed(classes)} are not sorted`,
      `sort the labels, and the columns of the scores with them: ${listed(sortedLabels(classes))}`,
    );
  }
  const unknown = present.filter((label) => !classes.includes(label));
  if (unknown.length === 0) return classes;
  throw new TonewrightError(
    "unknown-label",
    `${metric}: the true labels ${listed(unknown)} are not among labels`,
    "name every class that occurs",
  );
}

/** Nothing, if there is a column per class, or one score for two classes. @throws TonewrightError `score-shape`. */
export function requireColumns(metric: string, classes: readonly Label[], { classes: columns }: ScoreTable): void {
  if (columns === undefined ? classes.length === 2 : columns === classes.length && columns > 2) return;
  const found = columns === undefined ? "one score per sample" : `${columns} scores per sample`;
  throw new TonewrightError(
    "score-shape",
    `${metric}: ${classes.length} classes (${listed(classes)}), ${found}`,
    classes.length === 2
      ? "with two classes, give one score per sample, that of the second class"
      : "give one column per class; name the classes with labels if some do not occur in truth",
  );
}

function finite(metric: string, scores: ArrayLike<number>, classes: number): Float64Array {
  const values = Float64Array.from(scores);
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong < 0) return values;
  throw new TonewrightError(
    "non-finite-score",
    `${metric}: a score of sample ${Math.floor(wrong / classes)} is ${values[wrong]}`,
    "find where it comes from: a model that has diverged, or the logarithm of 0",
  );
}
