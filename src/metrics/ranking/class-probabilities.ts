import { TonewrightError } from "../../errors/index.ts";
import { type Label, type LabelList, listed, sortedLabels } from "../classification/labels.ts";
import { readWeights } from "../classification/sample-weights.ts";
import { orderedClasses } from "../classification/score-table.ts";
import { readLabels } from "../classification/targets.ts";
import { positiveClass, requireSameCount, sayWhichIsPositive } from "./binary-scores.ts";
import { hasRows, type NumberRows, readRows } from "./score-rows.ts";

/** What the metrics of probabilities take. */
export interface ProbabilityOptions {
  /** Classes of the columns, sorted; all that occur if left out. */
  readonly labels?: LabelList | undefined;
  /** Shape `[samples]`, not negative; each sample counts as much. */
  readonly sampleWeights?: ArrayLike<number> | undefined;
  /** Called with the reason where a result is undefined, or where probabilities do not sum to 1. */
  readonly onUndefined?: ((message: string) => void) | undefined;
}

/** The class of every sample and the probability of every class. */
export interface ClassProbabilities {
  readonly samples: number;
  readonly columns: number;
  /** Column of the true class, shape `[samples]`. */
  readonly codes: Int32Array;
  /** Shape `[samples, columns]`, 0 to 1. */
  readonly values: Float64Array;
  readonly weights: Float64Array | undefined;
}

/**
 * Classes and their probabilities, checked. One probability per sample is that of the greater of two labels.
 *
 * @throws TonewrightError `empty-input`, `length-mismatch`, `invalid-label`, `mixed-labels`, `single-class`,
 *   `score-shape`, `bad-option`, `unknown-label`, `not-probabilities`, `non-finite-score`, `invalid-weight`.
 */
export function readClassProbabilities(
  metric: string,
  truth: LabelList,
  probabilities: ArrayLike<number> | NumberRows,
  { labels, sampleWeights, onUndefined }: ProbabilityOptions,
): ClassProbabilities {
  const list = readLabels(metric, truth);
  requireSameCount(metric, list.length, probabilities.length);
  const table = readProbabilityTable(metric, probabilities);
  const { columns, values } = table;
  const classes = requireColumnLabels(metric, list, { labels, columns });
  reportSums(metric, table, onUndefined);
  const column = new Map(classes.map((label, c) => [label, c]));
  return {
    samples: list.length,
    columns,
    codes: Int32Array.from(list, (label) => column.get(label)!),
    values,
    weights: readWeights(metric, sampleWeights, list.length),
  };
}

/**
 * As `readClassProbabilities`, for one probability per sample, that of the positive class.
 *
 * @throws TonewrightError as `readClassProbabilities`, and `not-binary`, `unknown-positive`.
 */
export function readBinaryProbabilities(
  metric: string,
  truth: LabelList,
  probabilities: ArrayLike<number> | NumberRows,
  {
    positiveLabel,
    sampleWeights,
  }: { readonly positiveLabel: Label | undefined; readonly sampleWeights: ArrayLike<number> | undefined },
): ClassProbabilities {
  const list = readLabels(metric, truth);
  requireSameCount(metric, list.length, probabilities.length);
  const present = sortedLabels(list);
  if (present.length > 2) {
    throw new TonewrightError(
      "not-binary",
      `${metric}: one probability per sample, but ${present.length} classes, ${listed(present)}`,
      "give a row with the probability of every class",
    );
  }
  // Numbers have an order, so the greater one is positive; names have none.
  const ordered = typeof present[0] === "number" && !sayWhichIsPositive(present);
  const hit = positiveLabel ?? (ordered ? present.at(-1)! : positiveClass(metric, list));
  return {
    samples: list.length,
    columns: 2,
    codes: Int32Array.from(list, (label) => (label === hit ? 1 : 0)),
    values: readProbabilityTable(metric, probabilities).values,
    weights: readWeights(metric, sampleWeights, list.length),
  };
}

/**
 * The classes of the columns of a table of scores, sorted.
 *
 * @throws TonewrightError `single-class`, `score-shape`, and as `orderedClasses`.
 */
export function requireColumnLabels(
  metric: string,
  truth: readonly Label[],
  { labels, columns }: { readonly labels: LabelList | undefined; readonly columns: number },
): readonly Label[] {
  const classes = orderedClasses(metric, truth, labels);
  if (classes.length < 2) {
    throw new TonewrightError(
      "single-class",
      `${metric}: ${labels === undefined ? "the true labels hold" : "labels holds"} only ${listed(classes)}`,
      "give all classes of the columns, sorted, as `labels`",
    );
  }
  if (classes.length !== columns) {
    throw new TonewrightError(
      "score-shape",
      `${metric}: ${columns} columns of scores, ${classes.length} classes ${listed(classes)}`,
      labels === undefined ? "give the classes of all columns, sorted, as `labels`" : "give one label for every column",
    );
  }
  return classes;
}

/**
 * Probabilities by class, a single one completed by its counterpart. @throws TonewrightError as `readRows`,
 * `not-probabilities`.
 */
export function readProbabilityTable(
  metric: string,
  probabilities: ArrayLike<number> | NumberRows,
): { readonly values: Float64Array; readonly columns: number } {
  const rows = hasRows(probabilities) ? probabilities : Array.from(probabilities, (value) => [value]);
  const table = readRows(metric, rows, "probabilities");
  const wrong = table.values.findIndex((value) => value < 0 || value > 1);
  if (wrong >= 0) {
    throw new TonewrightError(
      "not-probabilities",
      `${metric}: a probability of sample ${Math.floor(wrong / table.columns)} is ${table.values[wrong]}`,
      "give values from 0 to 1, for example after a softmax",
    );
  }
  if (table.columns > 1) return table;
  const values = new Float64Array(2 * table.values.length);
  for (const [n, value] of table.values.entries()) {
    values[2 * n] = 1 - value;
    values[2 * n + 1] = value;
  }
  return { values, columns: 2 };
}

function reportSums(
  metric: string,
  { values, columns }: { readonly values: Float64Array; readonly columns: number },
  onUndefined: ((message: string) => void) | undefined,
): void {
  if (onUndefined === undefined) return;
  for (let n = 0; n < values.length / columns; n++) {
    const sum = values.subarray(n * columns, (n + 1) * columns).reduce((total, value) => total + value, 0);
    if (Math.abs(sum - 1) <= 1e-8 + Math.sqrt(Number.EPSILON)) continue;
    onUndefined(`${metric}: the probabilities of sample ${n} sum to ${sum}, so the result means little`);
    return;
  }
}
