import { squaredDistance } from "../table.ts";

/** How far apart two clusters are: by the variance they gain when joined, or by their farthest, mean or nearest rows. */
export type Linkage = "ward" | "complete" | "average" | "single";

/** Two clusters that become one. Rows are clusters 0 to samples - 1; the merge at position k makes cluster samples + k. */
export interface Merge {
  readonly parts: readonly [number, number];
  /** How far apart they were. */
  readonly distance: number;
}

/** Every merge from single rows to one cluster, nearest first: `samples - 1` of them. */
export function mergeTree(rows: readonly Float64Array[], linkage: Linkage): Merge[] {
  const merges = linkage === "single" ? spanningTree(rows) : neighbourChain(rows, linkage);
  const sorted = merges.toSorted((a, b) => a.distance - b.distance);
  const parents = new ClusterNames(rows.length);
  return sorted.map(({ parts: [a, b], distance }) => {
    const [one, other] = [parents.of(a), parents.of(b)];
    parents.join(one, other);
    // A chain has no order of its own; scipy then names the older cluster first.
    return { parts: linkage !== "single" && other < one ? [other, one] : [one, other], distance };
  });
}

/**
 * Merges between rows that stand for their clusters, not yet in order: follow nearest neighbours until two are mutual.
 *
 * @see Müllner 2011, Modern hierarchical, agglomerative clustering algorithms, https://arxiv.org/abs/1109.2378, section
 * 3.3; ties as in scipy.cluster.hierarchy.linkage (the previous link of the chain first, then the lower row)
 */
function neighbourChain(rows: readonly Float64Array[], linkage: Exclude<Linkage, "single">): Merge[] {
  const count = rows.length;
  const distances = new CondensedDistances(rows);
  const sizes = new Float64Array(count).fill(1); // 0 once merged into another
  const merges: Merge[] = [];
  const chain: number[] = [];
  while (merges.length < count - 1) {
    if (chain.length === 0) chain.push(sizes.findIndex((size) => size > 0));
    const last = chain.at(-1)!;
    const previous = chain.at(-2);
    let nearest = previous ?? -1;
    let least = previous === undefined ? Number.POSITIVE_INFINITY : distances.between(last, previous);
    for (let n = 0; n < count; n++) {
      if (n === last || sizes[n] === 0) continue;
      const distance = distances.between(last, n);
      if (distance >= least) continue;
      nearest = n;
      least = distance;
    }
    if (nearest !== previous) {
      chain.push(nearest);
      continue;
    }
    chain.length -= 2;
    const [gone, kept] = last < nearest ? [last, nearest] : [nearest, last];
    merges.push({ parts: [gone, kept], distance: least });
    const [a, b] = [sizes[gone]!, sizes[kept]!];
    sizes[gone] = 0;
    sizes[kept] = a + b;
    for (let n = 0; n < count; n++) {
      if (n === kept || sizes[n] === 0) continue;
      const [toGone, toKept] = [distances.between(n, gone), distances.between(n, kept)];
      distances.set(n, kept, joinedDistance(linkage, { a, b, c: sizes[n]!, toGone, toKept, least }));
    }
  }
  return merges;
}

/** Distance of a third cluster (size c) to the union of two (sizes a and b), from its distances to each. */
function joinedDistance(
  linkage: Exclude<Linkage, "single">,
  { a, b, c, toGone, toKept, least }: Record<"a" | "b" | "c" | "toGone" | "toKept" | "least", number>,
): number {
  switch (linkage) {
    case "ward": {
      // In scipy's order of operations: on a grid, roundings decide which of equal distances comes first.
      const share = 1 / (a + b + c);
      return Math.sqrt(
        (c + a) * share * toGone * toGone + (c + b) * share * toKept * toKept - c * share * least * least,
      );
    }
    case "complete":
      return Math.max(toGone, toKept);
    case "average":
      return (a * toGone + b * toKept) / (a + b);
    default:
      return linkage satisfies never;
  }
}

/**
 * The edges of the shortest tree through all rows, grown from row 0: single linkage is their order by length.
 *
 * @see Prim 1957; the same order of visits as scikit-learn's, so that equal lengths give equal trees
 */
function spanningTree(rows: readonly Float64Array[]): Merge[] {
  const reach = rows.map(() => Number.POSITIVE_INFINITY);
  const from = rows.map(() => 0);
  const waiting = new Set(rows.keys());
  const merges: Merge[] = [];
  let newest = 0;
  waiting.delete(newest);
  while (waiting.size > 0) {
    let next = -1;
    for (const n of waiting) {
      const distance = Math.sqrt(squaredDistance(rows[newest]!, rows[n]!));
      if (distance < reach[n]!) {
        reach[n] = distance;
        from[n] = newest;
      }
      if (next === -1 || reach[n]! < reach[next]!) next = n;
    }
    merges.push({ parts: [from[next]!, next], distance: reach[next]! });
    waiting.delete(next);
    newest = next;
  }
  return merges;
}

/** Distances of every pair once. */
class CondensedDistances {
  readonly #values: Float64Array;
  readonly #count: number;

  constructor(rows: readonly Float64Array[]) {
    this.#count = rows.length;
    this.#values = new Float64Array((rows.length * (rows.length - 1)) / 2);
    let at = 0;
    for (let i = 0; i < rows.length; i++) {
      for (let j = i + 1; j < rows.length; j++) this.#values[at++] = Math.sqrt(squaredDistance(rows[i]!, rows[j]!));
    }
  }

  between(i: number, j: number): number {
    return this.#values[this.#at(i, j)]!;
  }

  set(i: number, j: number, distance: number): void {
    this.#values[this.#at(i, j)] = distance;
  }

  #at(i: number, j: number): number {
    const [low, high] = i < j ? [i, j] : [j, i];
    return this.#count * low - (low * (low + 1)) / 2 + high - low - 1;
  }
}

/** Which cluster a cluster has become part of, with shortened paths. */
class ClusterNames {
  readonly #parents: number[];

  constructor(rows: number) {
    this.#parents = Array.from({ length: rows }, (_, n) => n);
  }

  of(cluster: number): number {
    let root = cluster;
    while (this.#parents[root] !== root) root = this.#parents[root]!;
    for (let n = cluster; n !== root; ) {
      const parent = this.#parents[n]!;
      this.#parents[n] = root;
      n = parent;
    }
    return root;
  }

  join(a: number, b: number): void {
    const name = this.#parents.length;
    this.#parents.push(name);
    this.#parents[a] = name;
    this.#parents[b] = name;
  }
}
