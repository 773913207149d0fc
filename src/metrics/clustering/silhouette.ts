import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import { createRandom } from "../../kernels/index.ts";
import type { LabelList } from "../classification/labels.ts";
import { sumOver } from "../regression/sum.ts";
import { type GroupedPoints, type Points, readGroupedPoints } from "./points.ts";

/**
 * What a silhouette measures distance by; "precomputed" takes a table of distances, shape `[samples][samples]`, for
 * points.
 */
export type DistanceMetric = "euclidean" | "manhattan" | "cosine" | "precomputed";

/** How distances are measured. */
export interface SilhouetteOptions {
  /** Default "euclidean". */
  readonly metric?: DistanceMetric | undefined;
}

/**
 * Mean silhouette of all points: how much closer a point is to its own group than to the nearest other one.
 *
 * Needs the distances of all pairs: for more than some ten thousand points judge a part of them (`sampleSize`).
 *
 * @param points - Shape `[samples][features]`.
 * @param labels - Group of each point, shape `[samples]`; two groups at least, fewer than points.
 * @param options.metric - "euclidean" (default), "manhattan", "cosine" or "precomputed" distances.
 * @param options.sampleSize - Judge so many points only, drawn without replacement.
 * @param options.seed - Of the draw, default 0.
 * @returns -1 (in the wrong groups) to 1 (dense and far apart); 0 where groups overlap.
 * @throws TonewrightError `group-count`, `bad-option`, `empty-input`, `length-mismatch`, `ragged-table`,
 *   `non-finite-values`, `invalid-label`, `mixed-labels`.
 * @see scikit-learn 1.9 `silhouette_score`; Rousseeuw 1987
 */
export function silhouetteScore(
  points: Points,
  labels: LabelList,
  options: SilhouetteOptions & { readonly sampleSize?: number | undefined; readonly seed?: number | undefined } = {},
): number {
  checkLists("silhouetteScore(points, labels, options)", { points, labels });
  checkOptions("silhouetteScore(points, labels, options)", options, { metric: false, sampleSize: false, seed: false });
  const { metric = "euclidean", sampleSize, seed = 0 } = options;
  if (sampleSize === undefined || sampleSize >= points.length) {
    return meanOf(silhouettesOf("silhouetteScore", [points, labels], metric));
  }
  const chosen = draw(points.length, { sampleSize, seed });
  const row = (point: ArrayLike<number>) => (metric === "precomputed" ? chosen.map((n) => point[n]!) : point);
  const part = chosen.map((n) => row(points[n]!));
  return meanOf(silhouettesOf("silhouetteScore", [part, chosen.map((n) => labels[n]!) as LabelList], metric));
}

/**
 * Silhouette of each point: `(b - a) / max(a, b)` with `a` its mean distance to the others of its group and `b` that to
 * the nearest other group.
 *
 * @param points - Shape `[samples][features]`.
 * @param labels - Group of each point, shape `[samples]`; two groups at least, fewer than points.
 * @param options.metric - "euclidean" (default), "manhattan", "cosine" or "precomputed" distances.
 * @returns Shape `[samples]`, -1 to 1; 0 for the only point of a group.
 * @throws TonewrightError as `silhouetteScore`.
 * @see scikit-learn 1.9 `silhouette_samples`; Rousseeuw 1987
 */
export function silhouetteSamples(points: Points, labels: LabelList, options: SilhouetteOptions = {}): Float64Array {
  checkLists("silhouetteSamples(points, labels, options)", { points, labels });
  checkOptions("silhouetteSamples(points, labels, options)", options, { metric: false });
  const { metric = "euclidean" } = options;
  return silhouettesOf("silhouetteSamples", [points, labels], metric);
}

function silhouettesOf(
  caller: string,
  [points, labels]: readonly [Points, LabelList],
  metric: DistanceMetric,
): Float64Array {
  const table = readGroupedPoints(caller, points, labels);
  const { samples, groups, codes, sizes } = table;
  const distance = distanceOf(caller, table, metric);
  const sums = new Float64Array(groups);
  return Float64Array.from({ length: samples }, (_, n) => {
    sums.fill(0);
    for (let m = 0; m < samples; m++) if (m !== n) sums[codes[m]!]! += distance(n, m);
    const own = codes[n]!;
    if (sizes[own] === 1) return 0;
    const inside = sums[own]! / (sizes[own]! - 1);
    let outside = Number.POSITIVE_INFINITY;
    for (let g = 0; g < groups; g++) if (g !== own) outside = Math.min(outside, sums[g]! / sizes[g]!);
    const larger = Math.max(inside, outside);
    return larger === 0 ? 0 : (outside - inside) / larger;
  });
}

function distanceOf(
  caller: string,
  { samples, features, values }: GroupedPoints,
  metric: DistanceMetric,
): (n: number, m: number) => number {
  switch (metric) {
    case "euclidean":
      return (n, m) => {
        let sum = 0;
        for (let k = 0; k < features; k++) sum += (values[n * features + k]! - values[m * features + k]!) ** 2;
        return Math.sqrt(sum);
      };
    case "manhattan":
      return (n, m) => {
        let sum = 0;
        for (let k = 0; k < features; k++) sum += Math.abs(values[n * features + k]! - values[m * features + k]!);
        return sum;
      };
    case "cosine": {
      const unit = toUnitLength(values, features);
      return (n, m) => {
        let sum = 0;
        for (let k = 0; k < features; k++) sum += unit[n * features + k]! * unit[m * features + k]!;
        return Math.min(Math.max(1 - sum, 0), 2);
      };
    }
    case "precomputed": {
      requireDistances(caller, { samples, features, values });
      return (n, m) => values[n * features + m]!;
    }
    default:
      metric satisfies never;
      throw new TonewrightError(
        "bad-option",
        `${caller}: there is no metric ${JSON.stringify(metric)}`,
        'choose "euclidean", "manhattan", "cosine" or "precomputed"',
      );
  }
}

/** Rows of length 1; a row of zeros stays so, which is at distance 1 from everything. */
function toUnitLength(values: Float64Array, features: number): Float64Array {
  const lengths = Float64Array.from({ length: values.length / features }, (_, n) =>
    Math.sqrt(values.subarray(n * features, (n + 1) * features).reduce((sum, value) => sum + value * value, 0)),
  );
  return values.map((value, at) => value / (lengths[Math.floor(at / features)]! || 1));
}

function requireDistances(
  caller: string,
  { samples, features, values }: Pick<GroupedPoints, "samples" | "features" | "values">,
): void {
  if (features !== samples) {
    throw new TonewrightError(
      "length-mismatch",
      `${caller}: distances of shape [${samples}][${features}]`,
      "give the distance of every sample to every sample",
    );
  }
  for (let n = 0; n < samples; n++) {
    const own = values[n * features + n]!;
    if (Math.abs(own) <= 100 * Number.EPSILON) continue;
    throw new TonewrightError(
      "bad-option",
      `${caller}: the distance of sample ${n} to itself is ${own}`,
      "give distances, not similarities, with zeros on the diagonal",
    );
  }
}

/** Some of the first whole numbers, each at most once, in order of drawing. */
function draw(count: number, { sampleSize, seed }: { readonly sampleSize: number; readonly seed: number }): number[] {
  if (!Number.isInteger(sampleSize) || sampleSize < 3) {
    throw new TonewrightError(
      "bad-option",
      `silhouetteScore: a sample of ${sampleSize} points`,
      "judge at least 3 points",
    );
  }
  const random = createRandom(seed);
  const all = Array.from({ length: count }, (_, n) => n);
  for (let n = 0; n < sampleSize; n++) {
    const other = n + random.integer(count - n);
    [all[n], all[other]] = [all[other]!, all[n]!];
  }
  return all.slice(0, sampleSize);
}

function meanOf(values: Float64Array): number {
  return sumOver(values.length, (n) => values[n]!) / values.length;
}
