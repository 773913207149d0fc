import type { Heap, KernelsOf } from "../kernels.ts";

type Reductions = "sum" | "sumOfSquares" | "sumOfMagnitudes" | "signAdd" | "columnMeans" | "addToRows";

/** The definition of the reduction kernels and of the two that spread a reduction's gradient. */
export function plainReduction(heap: Heap): KernelsOf<Reductions> {
  return {
    sum(n, x) {
      const m = heap();
      let total = 0;
      for (let j = 0; j < n; j++) total += m[x + j]!;
      return total;
    },
    sumOfSquares(n, x) {
      const m = heap();
      let total = 0;
      for (let j = 0; j < n; j++) total += m[x + j]! ** 2;
      return total;
    },
    sumOfMagnitudes(n, x) {
      const m = heap();
      let total = 0;
      for (let j = 0; j < n; j++) total += Math.abs(m[x + j]!);
      return total;
    },
    signAdd(n, scale, x, dx) {
      const m = heap();
      for (let j = 0; j < n; j++) m[dx + j]! += scale * Math.sign(m[x + j]!);
    },
    columnMeans(steps, columns, x, means) {
      const m = heap();
      for (let j = 0; j < columns; j++) {
        let total = 0;
        for (let t = 0; t < steps; t++) total += m[x + t * columns + j]!;
        m[means + j] = total / steps;
      }
    },
    addToRows(steps, columns, row, dx) {
      const m = heap();
      for (let t = 0; t < steps; t++) {
        for (let j = 0; j < columns; j++) m[dx + t * columns + j]! += m[row + j]!;
      }
    },
  };
}
