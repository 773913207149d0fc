import type { Heap, KernelsOf } from "../kernels.ts";

/** The definition of the dense kernels. */
export function plainDense(heap: Heap): KernelsOf<"dense" | "denseGradients" | "denseStream"> {
  return {
    dense(outer, outputs, inputs, n, x, xOuter, xRow, weight, bias, y, yOuter, yRow, accumulate) {
      const m = heap();
      for (let q = 0; q < outer; q++) {
        for (let o = 0; o < outputs; o++) {
          for (let j = 0; j < n; j++) {
            let total = bias === 0 ? 0 : m[bias + o]!;
            for (let i = 0; i < inputs; i++) total += m[weight + o * inputs + i]! * m[x + q * xOuter + i * xRow + j]!;
            const out = y + q * yOuter + o * yRow + j;
            m[out] = accumulate === 1 ? m[out]! + total : total;
          }
        }
      }
    },
    denseGradients(outer, outputs, inputs, n, x, xOuter, xRow, dy, dyOuter, dyRow, dWeight, dBias) {
      const m = heap();
      for (let q = 0; q < outer; q++) {
        for (let o = 0; o < outputs; o++) {
          for (let j = 0; j < n; j++) {
            const g = m[dy + q * dyOuter + o * dyRow + j]!;
            if (dBias !== 0) m[dBias + o]! += g;
            for (let i = 0; i < inputs; i++) m[dWeight + o * inputs + i]! += g * m[x + q * xOuter + i * xRow + j]!;
          }
        }
      }
    },
    denseStream(n, inputs, x, xRow, weight, bias, x0, skip, y) {
      const m = heap();
      for (let s = 0; s < n; s++) {
        let total = m[bias]! + skip * m[x0 + s]!;
        for (let i = 0; i < inputs; i++) total += m[weight + i]! * m[x + s * xRow + i]!;
        m[y + s] = total;
      }
    },
  };
}
