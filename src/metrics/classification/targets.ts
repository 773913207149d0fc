import { TonewrightError } from "../../errors/index.ts";
import { type Label, type LabelList, requireLabel, requireOneKind, sortedLabels } from "./labels.ts";
import { readWeights } from "./sample-weights.ts";

/**
 * The classes of a set of samples, in one of two shapes.
 *
 * `[samples]`: one label per sample. `[samples][labels]`: one row of 0 and 1 per sample, for samples that carry several
 * labels at once; its labels are the column numbers. Rows of a single column count as one label per sample.
 */
export type ClassTargets = LabelList | readonly ArrayLike<number>[];

/** One class per sample, as positions in `present`. */
export interface SingleLabelTargets {
  /** "binary" if truth and prediction together hold at most two classes. */
  readonly kind: "binary" | "multiclass";
  /** Every class of truth or prediction, sorted. */
  readonly present: readonly Label[];
  readonly samples: number;
  /** Shape `[samples]`. */
  readonly truth: Int32Array;
  /** Shape `[samples]`. */
  readonly predicted: Int32Array;
  /** Shape `[samples]`. */
  readonly weights: Float64Array | undefined;
}

/** Several labels per sample. */
export interface IndicatorTargets {
  readonly kind: "multilabel";
  /** The column numbers. */
  readonly present: readonly Label[];
  readonly samples: number;
  /** Shape `[samples, columns]`, 0 or 1. */
  readonly truth: Uint8Array;
  /** Shape `[samples, columns]`, 0 or 1. */
  readonly predicted: Uint8Array;
  /** Shape `[samples]`. */
  readonly weights: Float64Array | undefined;
}

/**
 * True and predicted classes, checked and turned into numbers.
 *
 * @throws TonewrightError `empty-input`, `length-mismatch`, `invalid-label`, `mixed-labels`, `mixed-targets`,
 * `invalid-indicator`, `invalid-weight`.
 */
export function readTargets(
  metric: string,
  truth: ClassTargets,
  predicted: ClassTargets,
  sampleWeights?: ArrayLike<number>,
): SingleLabelTargets | IndicatorTargets {
  requireSamples(metric, truth, "the true labels");
  requireSamples(metric, predicted, "the predicted labels");
  if (truth.length !== predicted.length) {
    throw new TonewrightError(
      "length-mismatch",
      `${metric}: ${truth.length} true labels, ${predicted.length} predicted labels`,
      "give one prediction for every true label, in the same order",
    );
  }
  const weights = readWeights(metric, sampleWeights, truth.length);
  const trueRows = rowsOf(metric, truth, "truth");
  const predictedRows = rowsOf(metric, predicted, "predicted");
  if (!isWide(trueRows) && !isWide(predictedRows)) {
    return readSingle(metric, flat(truth, trueRows), flat(predicted, predictedRows), weights);
  }
  if (trueRows === undefined || predictedRows === undefined) {
    throw new TonewrightError(
      "mixed-targets",
      `${metric}: one side has rows of ${(trueRows ?? predictedRows)?.columns} labels, the other one label per sample`,
      "give truth and prediction in the same shape",
    );
  }
  if (trueRows.columns !== predictedRows.columns) {
    throw new TonewrightError(
      "length-mismatch",
      `${metric}: rows of ${trueRows.columns} true labels, rows of ${predictedRows.columns} predicted labels`,
      "give both a column for every label",
    );
  }
  return {
    kind: "multilabel",
    present: Array.from({ length: trueRows.columns }, (_, column) => column),
    samples: truth.length,
    truth: indicators(metric, trueRows, "truth"),
    predicted: indicators(metric, predictedRows, "predicted"),
    weights,
  };
}

/**
 * Targets with one class per sample.
 *
 * @throws TonewrightError as `readTargets`, and `unsupported-targets` for rows of 0 and 1.
 */
export function readSingleLabelTargets(
  metric: string,
  truth: ClassTargets,
  predicted: ClassTargets,
  sampleWeights?: ArrayLike<number>,
): SingleLabelTargets {
  const targets = readTargets(metric, truth, predicted, sampleWeights);
  if (targets.kind !== "multilabel") return targets;
  throw new TonewrightError(
    "unsupported-targets",
    `${metric}: a sample has ${targets.present.length} labels that may hold at once, and not one class`,
    "call it for one column at a time, or use multilabelConfusionMatrix",
  );
}

/**
 * One label per sample, checked.
 *
 * @throws TonewrightError `empty-input`, `invalid-label`, `mixed-labels`.
 */
export function readLabels(metric: string, labels: LabelList, name = "truth"): Label[] {
  requireSamples(metric, labels, name);
  const list = Array.from(labels as ArrayLike<Label>, (label, n) => requireLabel(metric, label, name, n));
  requireOneKind(metric, list);
  return list;
}

interface Rows {
  readonly rows: readonly ArrayLike<number>[];
  readonly columns: number;
}

function requireSamples(metric: string, labels: ArrayLike<unknown>, what: string): void {
  if (typeof labels === "string") {
    throw new TonewrightError(
      "invalid-label",
      `${metric}: ${what} are one text, ${JSON.stringify(labels)}`,
      "give an array with one label per sample",
    );
  }
  if (labels.length > 0) return;
  throw new TonewrightError("empty-input", `${metric}: ${what} are empty`, "give at least one sample");
}

/** The rows of a two-dimensional target, or nothing if it has one label per sample. */
function rowsOf(metric: string, targets: ClassTargets, name: string): Rows | undefined {
  const first: unknown = targets[0];
  if (typeof first !== "object" || first === null) return undefined;
  const rows = targets as readonly ArrayLike<number>[];
  const columns = rows[0]?.length ?? 0;
  for (let n = 0; n < rows.length; n++) {
    const length = typeof rows[n] === "object" ? rows[n]?.length : undefined;
    if (length === columns && columns > 0) continue;
    const found = length === undefined ? "no row" : `a row of ${length}`;
    throw new TonewrightError(
      "length-mismatch",
      `${metric}: ${name}[0] is a row of ${columns} labels, ${name}[${n}] is ${found}`,
      "give every sample a row with a 0 or 1 for every label",
    );
  }
  return { rows, columns };
}

function isWide(table: Rows | undefined): boolean {
  return table !== undefined && table.columns > 1;
}

/** One label per sample, also out of a table of a single column. */
function flat(targets: ClassTargets, table: Rows | undefined): ArrayLike<Label> {
  return table === undefined ? (targets as ArrayLike<Label>) : table.rows.map((row) => row[0]!);
}

function readSingle(
  metric: string,
  trueLabels: ArrayLike<Label>,
  predictedLabels: ArrayLike<Label>,
  weights: Float64Array | undefined,
): SingleLabelTargets {
  const truth = Array.from(trueLabels, (label, n) => requireLabel(metric, label, "truth", n));
  const predicted = Array.from(predictedLabels, (label, n) => requireLabel(metric, label, "predicted", n));
  const present = sortedLabels([...new Set(truth), ...new Set(predicted)]);
  requireOneKind(metric, present);
  const position = new Map(present.map((label, n) => [label, n]));
  return {
    kind: present.length > 2 ? "multiclass" : "binary",
    present,
    samples: truth.length,
    truth: Int32Array.from(truth, (label) => position.get(label)!),
    predicted: Int32Array.from(predicted, (label) => position.get(label)!),
    weights,
  };
}

function indicators(metric: string, { rows, columns }: Rows, name: string): Uint8Array {
  const flags = new Uint8Array(rows.length * columns);
  for (let n = 0; n < rows.length; n++) {
    for (let column = 0; column < columns; column++) {
      const value = rows[n]![column];
      if (value !== 0 && value !== 1) {
        throw new TonewrightError(
          "invalid-indicator",
          `${metric}: ${name}[${n}][${column}] is ${value}, and a row holds only 0 and 1`,
          "give a 1 for every label that holds; for scores, compare them with a threshold first",
        );
      }
      flags[n * columns + column] = value;
    }
  }
  return flags;
}
