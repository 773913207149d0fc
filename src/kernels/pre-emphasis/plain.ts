import type { Heap, KernelsOf } from "../kernels.ts";

/** The definition of the pre-emphasis kernels. */
export function plainPreEmphasis(heap: Heap): KernelsOf<"preEmphasisForward" | "preEmphasisBackward"> {
  return {
    preEmphasisForward(steps, columns, coefficient, x, y) {
      const m = heap();
      const n = (steps - 1) * columns;
      for (let j = 0; j < n; j++) m[y + j] = m[x + columns + j]! - coefficient * m[x + j]!;
    },
    preEmphasisBackward(steps, columns, coefficient, dy, dx) {
      const m = heap();
      const n = (steps - 1) * columns;
      for (let j = 0; j < n; j++) {
        m[dx + columns + j]! += m[dy + j]!;
        m[dx + j]! -= coefficient * m[dy + j]!;
      }
    },
  };
}
