import { TonewrightError } from "../../errors/index.ts";
import { readWeights } from "../classification/sample-weights.ts";
import { meanOver } from "./sum.ts";

/** Values to predict: one per sample, shape `[samples]`, or several, shape `[samples][outputs]`. */
export type Targets = ArrayLike<number> | readonly ArrayLike<number>[];

/**
 * How the scores of several outputs become one: their mean, not at all ("raw"), or weighted by these, shape
 * `[outputs]`.
 */
export type OutputAverage = "uniform" | "raw" | ArrayLike<number>;

/** One number, or with "raw" one per output, shape `[outputs]`. */
export type OutputScore<Average> = Average extends "raw" ? Float64Array : number;

/** What every regression metric takes. */
export interface RegressionOptions<Average = "uniform"> {
  /** How the scores of several outputs become one. Default "uniform". */
  readonly outputs?: Average | undefined;
  /** Shape `[samples]`, not negative; each sample counts as much. */
  readonly sampleWeights?: ArrayLike<number> | undefined;
}

/** One output of all samples; each has shape `[samples]`. */
export interface Output {
  readonly truth: Float64Array;
  readonly predicted: Float64Array;
  readonly weights: Float64Array | undefined;
}

/**
 * Truth and prediction by output, checked.
 *
 * @throws TonewrightError `empty-input`, `length-mismatch`, `ragged-table`, `non-finite-values`, `invalid-weight`.
 */
export function readOutputs(
  metric: string,
  truth: Targets,
  predicted: Targets,
  sampleWeights?: ArrayLike<number>,
): Output[] {
  if (truth.length !== predicted.length) {
    throw new TonewrightError(
      "length-mismatch",
      `${metric}: ${truth.length} true values, ${predicted.length} predicted values`,
      "give one prediction for every true value, in the same order",
    );
  }
  const trueColumns = columnsOf(metric, truth, "truth");
  const predictedColumns = columnsOf(metric, predicted, "predicted");
  if (trueColumns.length !== predictedColumns.length) {
    throw new TonewrightError(
      "length-mismatch",
      `${metric}: ${trueColumns.length} true outputs, ${predictedColumns.length} predicted outputs`,
      "give both the same number of outputs",
    );
  }
  const weights = readWeights(metric, sampleWeights, truth.length);
  return trueColumns.map((column, k) => ({ truth: column, predicted: predictedColumns[k]!, weights }));
}

/**
 * A metric of every output, averaged as asked.
 *
 * @param score - The metric of one output.
 * @throws TonewrightError as `readOutputs` and `averageOutputs`.
 */
export function scoreOutputs<Average extends OutputAverage>(
  metric: string,
  [truth, predicted]: readonly [Targets, Targets],
  { outputs, sampleWeights }: RegressionOptions<Average>,
  score: (output: Output) => number,
): OutputScore<Average> {
  const columns = readOutputs(metric, truth, predicted, sampleWeights);
  return averageOutputs(metric, Float64Array.from(columns, score), outputs);
}

/** @throws TonewrightError `bad-option`, `length-mismatch` for other weights than outputs, `invalid-weight`. */
export function averageOutputs<Average extends OutputAverage>(
  metric: string,
  scores: Float64Array,
  average: Average | undefined,
): OutputScore<Average> {
  return average === "raw"
    ? (scores as OutputScore<Average>)
    : (meanOfOutputs(metric, scores, average) as OutputScore<Average>);
}

function meanOfOutputs(metric: string, scores: Float64Array, average: OutputAverage = "uniform"): number {
  if (average === "uniform") return meanOver(scores.length, (k) => scores[k]!);
  if (typeof average === "string") {
    throw new TonewrightError(
      "bad-option",
      `${metric}: there is no way "${average}" to average outputs`,
      'choose "uniform" or "raw", or give one weight per output',
    );
  }
  if (scores.length === 1) {
    throw new TonewrightError(
      "bad-option",
      `${metric}: weights of outputs are given, and there is one output`,
      "leave `outputs` out, or use sampleWeights to weight samples",
    );
  }
  const weights = readWeights(metric, average, scores.length);
  return meanOver(scores.length, (k) => scores[k]!, weights);
}

function columnsOf(metric: string, targets: Targets, name: string): Float64Array[] {
  if (targets.length === 0) {
    throw new TonewrightError("empty-input", `${metric}: ${name} has no samples`, "give at least one sample");
  }
  if (typeof targets[0] === "number") return [checked(metric, Float64Array.from(targets as ArrayLike<number>), name)];
  const rows = targets as readonly ArrayLike<number>[];
  const width = rows[0]?.length ?? 0;
  const ragged = rows.findIndex((row) => row.length !== width);
  if (ragged >= 0 || width === 0) {
    throw new TonewrightError(
      "ragged-table",
      `${metric}: ${name}[0] has ${width} outputs, ${name}[${Math.max(ragged, 0)}] has ${rows[Math.max(ragged, 0)]?.length}`,
      "give every sample the same outputs, at least one",
    );
  }
  return Array.from({ length: width }, (_, k) =>
    checked(
      metric,
      Float64Array.from(rows, (row) => row[k]!),
      name,
    ),
  );
}

function checked(metric: string, column: Float64Array, name: string): Float64Array {
  const wrong = column.findIndex((value) => !Number.isFinite(value));
  if (wrong < 0) return column;
  throw new TonewrightError(
    "non-finite-values",
    `${metric}: ${name}[${wrong}] is ${column[wrong]}`,
    "find where it comes from, or leave the sample out of truth and prediction",
  );
}
