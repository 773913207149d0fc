import type { Random } from "../../kernels/index.ts";
import { squaredDistance } from "../table.ts";

/**
 * Rows far from each other, as first centres: each is drawn with odds of its squared distance to the ones before, and of
 * a few draws the one that leaves the least distance is kept.
 *
 * @see Arthur & Vassilvitskii 2007, k-means++ (the greedy variant, with 2 + ln k draws)
 */
export function spreadCentres(
  rows: readonly Float64Array[],
  { clusters, random }: { readonly clusters: number; readonly random: Random },
): Float64Array[] {
  const first = rows[random.integer(rows.length)]!;
  const centres = [first];
  let nearest = Float64Array.from(rows, (row) => squaredDistance(row, first));
  const draws = 2 + Math.floor(Math.log(clusters));
  while (centres.length < clusters) {
    const candidates = Array.from({ length: draws }, () => {
      const row = rows[drawByWeight(nearest, random)]!;
      const left = nearest.map((distance, n) => Math.min(distance, squaredDistance(rows[n]!, row)));
      return { row, left, total: sumOf(left) };
    });
    const best = candidates.reduce((a, b) => (b.total < a.total ? b : a));
    centres.push(best.row);
    nearest = best.left;
  }
  return centres;
}

function drawByWeight(weights: Float64Array, random: Random): number {
  const total = sumOf(weights);
  if (total === 0) return random.integer(weights.length); // every row is a centre already
  let rest = random.uniform() * total;
  const drawn = weights.findIndex((weight) => {
    rest -= weight;
    return rest < 0;
  });
  return drawn === -1 ? weights.findLastIndex((weight) => weight > 0) : drawn;
}

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
