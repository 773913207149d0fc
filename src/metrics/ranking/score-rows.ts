import { TonewrightError } from "../../errors/index.ts";
import { readWeights } from "../classification/sample-weights.ts";
import { requireSameCount } from "./binary-scores.ts";

/** A row of numbers per sample, shape `[samples][columns]`. */
export type NumberRows = readonly ArrayLike<number>[];

/** Relevances and scores of several labels per sample, shape `[samples, columns]`, row after row. */
export interface ScoreRows {
  readonly samples: number;
  readonly columns: number;
  readonly truth: Float64Array;
  readonly scores: Float64Array;
  /** Shape `[samples]`. */
  readonly weights: Float64Array | undefined;
}

/** True for rows, false for one value per sample. */
export function hasRows(values: ArrayLike<unknown>): values is NumberRows {
  return typeof values[0] === "object" && values[0] !== null;
}

/**
 * True rows of numbers and rows of scores, checked.
 *
 * @throws TonewrightError `empty-input`, `length-mismatch`, `not-rows`, `non-finite-score`, `invalid-weight`.
 */
export function readScoreRows(
  metric: string,
  truth: ArrayLike<unknown>,
  scores: ArrayLike<unknown>,
  sampleWeights?: ArrayLike<number>,
): ScoreRows {
  requireSameCount(metric, truth.length, scores.length);
  const trueTable = readRows(metric, truth, "truth");
  const table = readRows(metric, scores, "scores");
  if (trueTable.columns !== table.columns) {
    throw new TonewrightError(
      "length-mismatch",
      `${metric}: rows of ${trueTable.columns} true values, rows of ${table.columns} scores`,
      "give both a column for every label",
    );
  }
  return {
    samples: truth.length,
    columns: table.columns,
    truth: trueTable.values,
    scores: table.values,
    weights: readWeights(metric, sampleWeights, truth.length),
  };
}

/**
 * As `readScoreRows`, for rows of 0 and 1.
 *
 * @throws TonewrightError as `readScoreRows`, and `invalid-indicator`.
 */
export function readIndicatorRows(
  metric: string,
  truth: ArrayLike<unknown>,
  scores: ArrayLike<unknown>,
  sampleWeights?: ArrayLike<number>,
): ScoreRows {
  const rows = readScoreRows(metric, truth, scores, sampleWeights);
  const wrong = rows.truth.findIndex((value) => value !== 0 && value !== 1);
  if (wrong < 0) return rows;
  const [n, k] = [Math.floor(wrong / rows.columns), wrong % rows.columns];
  throw new TonewrightError(
    "invalid-indicator",
    `${metric}: truth[${n}][${k}] is ${rows.truth[wrong]}, and a row holds only 0 and 1`,
    "give a 1 for every label that holds",
  );
}

/** @throws TonewrightError `empty-input`, `not-rows`, `non-finite-score`. */
export function readRows(
  metric: string,
  table: ArrayLike<unknown>,
  name: string,
): { readonly values: Float64Array; readonly columns: number } {
  if (table.length === 0) {
    throw new TonewrightError("empty-input", `${metric}: ${name} has no samples`, "give at least one sample");
  }
  if (!hasRows(table)) {
    throw new TonewrightError(
      "not-rows",
      `${metric}: ${name} has one value per sample, and a row per sample is needed`,
      "give shape [samples][columns]",
    );
  }
  const columns = table[0]?.length ?? 0;
  const values = new Float64Array(table.length * columns);
  for (const [n, row] of table.entries()) {
    if (row.length !== columns || columns === 0) {
      throw new TonewrightError(
        "length-mismatch",
        `${metric}: ${name}[0] has ${columns} columns, ${name}[${n}] has ${row.length}`,
        "give every sample the same columns, at least one",
      );
    }
    for (let k = 0; k < columns; k++) {
      if (!Number.isFinite(row[k])) {
        throw new TonewrightError(
          "non-finite-score",
          `${metric}: ${name}[${n}][${k}] is ${row[k]}`,
          "find where it comes from, or leave the sample out",
        );
      }
      values[n * columns + k] = row[k]!;
    }
  }
  return { values, columns };
}
