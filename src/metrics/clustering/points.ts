import { TonewrightError } from "../../errors/index.ts";
import type { LabelList } from "../classification/labels.ts";
import { encode } from "./contingency-matrix.ts";

/** A row of features per sample, shape `[samples][features]`. */
export type Points = readonly ArrayLike<number>[];

/** Points and the group of each. */
export interface GroupedPoints {
  readonly samples: number;
  readonly features: number;
  readonly groups: number;
  /** Shape `[samples, features]`, row after row. */
  readonly values: Float64Array;
  /** Group of each sample, from 0; shape `[samples]`. */
  readonly codes: Int32Array;
  /** Samples of each group. */
  readonly sizes: Float64Array;
}

/**
 * Points and their groups, checked.
 *
 * @throws TonewrightError `empty-input`, `length-mismatch`, `ragged-table`, `non-finite-values`, `invalid-label`,
 *   `mixed-labels`; `group-count` unless there are at least two groups and fewer than samples.
 */
export function readGroupedPoints(metric: string, points: Points, labels: LabelList): GroupedPoints {
  const features = points[0]?.length ?? 0;
  if (features === 0) {
    throw new TonewrightError(
      "empty-input",
      `${metric}: ${points.length} points of ${features} features`,
      "give at least three points of at least one feature",
    );
  }
  if (points.length !== labels.length) {
    throw new TonewrightError(
      "length-mismatch",
      `${metric}: ${points.length} points, ${labels.length} labels`,
      "give one label for every point, in the same order",
    );
  }
  const values = new Float64Array(points.length * features);
  for (const [n, point] of points.entries()) {
    if (point.length !== features) {
      throw new TonewrightError(
        "ragged-table",
        `${metric}: point 0 has ${features} features, point ${n} has ${point.length}`,
        "give every point the same features",
      );
    }
    values.set(point, n * features);
  }
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    throw new TonewrightError(
      "non-finite-values",
      `${metric}: feature ${wrong % features} of point ${Math.floor(wrong / features)} is ${values[wrong]}`,
      "leave the point out, or fill the gap first",
    );
  }
  const { labels: present, codes } = encode(metric, labels, "labels");
  if (present.length < 2 || present.length >= points.length) {
    throw new TonewrightError(
      "group-count",
      `${metric}: ${present.length} groups of ${points.length} points`,
      "give at least two groups, and fewer groups than points",
    );
  }
  const sizes = new Float64Array(present.length);
  for (const code of codes) sizes[code]! += 1;
  return { samples: points.length, features, groups: present.length, values, codes, sizes };
}

/** Mean point of each group, shape `[groups, features]`. */
export function centroidsOf({ samples, features, groups, values, codes, sizes }: GroupedPoints): Float64Array {
  const sums = new Float64Array(groups * features);
  for (let n = 0; n < samples; n++) {
    for (let k = 0; k < features; k++) sums[codes[n]! * features + k]! += values[n * features + k]!;
  }
  return sums.map((sum, at) => sum / sizes[Math.floor(at / features)]!);
}

/** Squared distance of row `i` of one table to row `j` of another. */
export function squaredDistance(a: Float64Array, b: Float64Array, { i, j, features }: Rows): number {
  let sum = 0;
  for (let k = 0; k < features; k++) sum += (a[i * features + k]! - b[j * features + k]!) ** 2;
  return sum;
}

interface Rows {
  readonly i: number;
  readonly j: number;
  readonly features: number;
}
