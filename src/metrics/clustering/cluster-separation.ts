import { checkLists } from "../../errors/index.ts";
import type { LabelList } from "../classification/labels.ts";
import { sumOver } from "../regression/sum.ts";
import { centroidsOf, type Points, readGroupedPoints, squaredDistance } from "./points.ts";

/**
 * Davies-Bouldin index: for every group the worst ratio of the spread of two groups to the distance of their centres,
 * averaged.
 *
 * Lower is better. It favours round groups, as it knows centres only.
 *
 * @param points - Shape `[samples][features]`.
 * @param labels - Group of each point, shape `[samples]`; two groups at least, fewer than points.
 * @returns `>= 0`; 0 for groups without spread, or with all centres in one place.
 * @throws TonewrightError `group-count`, `empty-input`, `length-mismatch`, `ragged-table`, `non-finite-values`,
 *   `invalid-label`, `mixed-labels`.
 * @see scikit-learn 1.9 `davies_bouldin_score`; Davies & Bouldin 1979. Distances are taken directly here; there, the
 *   rounding of a shortcut can give the only point of a group a spread of 1e-8 of its size
 */
export function daviesBouldinIndex(points: Points, labels: LabelList): number {
  checkLists("daviesBouldinIndex(points, labels)", { points, labels });
  const table = readGroupedPoints("daviesBouldinIndex", points, labels);
  const { samples, features, groups, values, codes, sizes } = table;
  const centroids = centroidsOf(table);
  const spreads = new Float64Array(groups);
  for (let n = 0; n < samples; n++) {
    spreads[codes[n]!]! += Math.sqrt(squaredDistance(values, centroids, { i: n, j: codes[n]!, features }));
  }
  for (let g = 0; g < groups; g++) spreads[g]! /= sizes[g]!;
  let widest = 0;
  const worst = Float64Array.from({ length: groups }, (_, i) => {
    let ratio = 0;
    for (let j = 0; j < groups; j++) {
      const distance = Math.sqrt(squaredDistance(centroids, centroids, { i, j, features }));
      widest = Math.max(widest, distance);
      if (distance > 0) ratio = Math.max(ratio, (spreads[i]! + spreads[j]!) / distance);
    }
    return ratio;
  });
  if (widest <= NOTHING || spreads.every((spread) => spread <= NOTHING)) return 0;
  return sumOver(groups, (g) => worst[g]!) / groups;
}

/** Distances up to here count as 0, as in scikit-learn. */
const NOTHING = 1e-8;

/**
 * Calinski-Harabasz index (variance ratio): the spread between groups over that within groups, each per degree of
 * freedom.
 *
 * Higher is better. It has no upper limit: compare it between groupings of the same points only.
 *
 * @param points - Shape `[samples][features]`.
 * @param labels - Group of each point, shape `[samples]`; two groups at least, fewer than points.
 * @returns `>= 0`; 1 for groups without spread.
 * @throws TonewrightError as `daviesBouldinIndex`.
 * @see scikit-learn 1.9 `calinski_harabasz_score`; Caliński & Harabasz 1974
 */
export function calinskiHarabaszIndex(points: Points, labels: LabelList): number {
  checkLists("calinskiHarabaszIndex(points, labels)", { points, labels });
  const table = readGroupedPoints("calinskiHarabaszIndex", points, labels);
  const { samples, features, groups, values, codes, sizes } = table;
  const centroids = centroidsOf(table);
  const middle = Float64Array.from(
    { length: features },
    (_, k) => sumOver(samples, (n) => values[n * features + k]!) / samples,
  );
  const between = sumOver(groups, (g) => sizes[g]! * squaredDistance(centroids, middle, { i: g, j: 0, features }));
  const within = sumOver(samples, (n) => squaredDistance(values, centroids, { i: n, j: codes[n]!, features }));
  return within === 0 ? 1 : (between * (samples - groups)) / (within * (groups - 1));
}
