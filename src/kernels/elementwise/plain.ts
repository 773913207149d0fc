import type { Heap, KernelsOf } from "../kernels.ts";

/** The definition of the elementwise kernels. */
export function plainElementwise(heap: Heap): KernelsOf<"fill" | "scaleAdd" | "multiplyAdd" | "transpose"> {
  return {
    fill(n, value, y) {
      heap().fill(value, y, y + n);
    },
    scaleAdd(n, a, x, b, y) {
      const m = heap();
      for (let j = 0; j < n; j++) m[y + j] = b === 0 ? a * m[x + j]! : a * m[x + j]! + b * m[y + j]!;
    },
    multiplyAdd(n, x, y, z) {
      const m = heap();
      for (let j = 0; j < n; j++) m[z + j]! += m[x + j]! * m[y + j]!;
    },
    transpose(rows, columns, src, dst) {
      const m = heap();
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < columns; c++) m[dst + c * rows + r] = m[src + r * columns + c]!;
      }
    },
  };
}
