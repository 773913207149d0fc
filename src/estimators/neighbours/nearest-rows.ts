/** How much each neighbour counts: all the same, or each by 1 / distance. */
export type NeighbourWeights = "uniform" | "distance";

/** Neighbours, nearest first. */
export interface Neighbours {
  readonly indices: number[];
  readonly distances: number[];
}

/** The positions of the smallest of squared distances, nearest first, the earlier of equals; infinite ones never. */
export function nearestOf(squared: ArrayLike<number>, count: number): Neighbours {
  const indices: number[] = [];
  for (let n = 0; n < squared.length; n++) {
    const distance = squared[n]!;
    if (distance === Number.POSITIVE_INFINITY) continue;
    if (indices.length === count && distance >= squared[indices[count - 1]!]!) continue;
    if (indices.length === count) indices.pop();
    let place = indices.length;
    while (place > 0 && squared[indices[place - 1]!]! > distance) place -= 1;
    indices.splice(place, 0, n);
  }
  return { indices, distances: indices.map((n) => Math.sqrt(squared[n]!)) };
}

/** The weight of each neighbour. By distance, neighbours at distance 0 count alone and alike. */
export function neighbourWeights(distances: readonly number[], weights: NeighbourWeights): number[] {
  if (weights === "uniform") return distances.map(() => 1);
  const inverse = distances.map((distance) => 1 / distance);
  if (inverse.every(Number.isFinite)) return inverse;
  return inverse.map((weight) => (Number.isFinite(weight) ? 0 : 1));
}

/** The weighted mean of the neighbours' values. */
export function averageNeighbours(
  { indices, distances }: Neighbours,
  { weights, valueAt }: { readonly weights: NeighbourWeights; readonly valueAt: (index: number) => number },
): number {
  const weight = neighbourWeights(distances, weights);
  const total = weight.reduce((sum, value) => sum + value, 0);
  return indices.reduce((sum, n, k) => sum + weight[k]! * valueAt(n), 0) / total;
}
