import type { Heap, KernelsOf } from "../kernels.ts";

/** The definition of the DC blocking kernels. */
export function plainDcBlock(heap: Heap): KernelsOf<"dcBlockForward" | "dcBlockBackward"> {
  return {
    dcBlockForward(steps, columns, pole, x, y) {
      const m = heap();
      for (let j = 0; j < columns; j++) {
        m[y + j] = 0;
        for (let t = 1; t < steps; t++) {
          const at = t * columns + j;
          m[y + at] = m[x + at]! - m[x + at - columns]! + pole * m[y + at - columns]!;
        }
      }
    },
    dcBlockBackward(steps, columns, pole, dy, dx) {
      const m = heap();
      for (let j = 0; j < columns; j++) {
        let after = 0;
        for (let t = steps - 1; t > 0; t--) {
          const at = t * columns + j;
          const now = m[dy + at]! + pole * after;
          m[dx + at]! += now - after;
          after = now;
        }
        m[dx + j]! -= after;
      }
    },
  };
}
