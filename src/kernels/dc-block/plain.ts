import type { Heap, KernelsOf } from "../kernels.ts";

/** The definition of the DC blocking kernels. */
export function plainDcBlock(heap: Heap): KernelsOf<"dcBlockForward" | "dcBlockBackward"> {
  return {
    dcBlockForward(steps, columns, pole, x, y, state) {
      const m = heap();
      for (let j = 0; j < columns; j++) {
        let before = m[(state === 0 ? x : state) + j]!;
        let value = state === 0 ? 0 : m[state + columns + j]!;
        for (let t = 0; t < steps; t++) {
          const now = m[x + t * columns + j]!;
          value = now - before + pole * value;
          m[y + t * columns + j] = value;
          before = now;
        }
        if (state === 0) continue;
        m[state + j] = before;
        m[state + columns + j] = value;
      }
    },
    dcBlockBackward(steps, columns, pole, dy, dx, carried) {
      const m = heap();
      for (let j = 0; j < columns; j++) {
        let after = 0;
        for (let t = steps - 1; t >= 0; t--) {
          const at = t * columns + j;
          const now = t === 0 && carried === 0 ? 0 : m[dy + at]! + pole * after;
          m[dx + at]! += now - after;
          after = now;
        }
      }
    },
  };
}
