import type { Merge } from "./linkage.ts";

/**
 * The cluster of each row when the last `clusters - 1` merges are undone.
 *
 * Clusters are numbered by their places in a heap of the newest, as scikit-learn does it, so that labels are equal to its.
 */
export function cutTree(merges: readonly Merge[], clusters: number): number[] {
  const rows = merges.length + 1;
  const heap = [2 * rows - 2]; // names of clusters, the newest on top
  for (let split = 1; split < clusters; split++) {
    const [one, other] = merges[heap[0]! - rows]!.parts;
    heap.push(one);
    rise(heap);
    heap[0] = other;
    sink(heap);
  }
  const labels = new Array<number>(rows).fill(0);
  for (const [label, top] of heap.entries()) {
    const pending = [top];
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (node < rows) labels[node] = label;
      else pending.push(...merges[node - rows]!.parts);
    }
  }
  return labels;
}

/** Brings the last entry up to its place. Overwrites. */
function rise(heap: number[]): void {
  for (let at = heap.length - 1; at > 0; ) {
    const above = (at - 1) >> 1;
    if (heap[above]! >= heap[at]!) return;
    swap(heap, at, above);
    at = above;
  }
}

/** Brings the first entry down to its place. Overwrites. */
function sink(heap: number[]): void {
  for (let at = 0; ; ) {
    const left = 2 * at + 1;
    const right = left + 1;
    const larger = right < heap.length && heap[right]! > heap[left]! ? right : left;
    if (larger >= heap.length || heap[larger]! <= heap[at]!) return;
    swap(heap, at, larger);
    at = larger;
  }
}

function swap(heap: number[], a: number, b: number): void {
  [heap[a], heap[b]] = [heap[b]!, heap[a]!];
}
