import type { Heap, HeapArray, KernelsOf } from "../kernels.ts";

/** The definition of the resampling kernels. */
export function plainFirResample(heap: Heap): KernelsOf<"firResample" | "firResampleBetween"> {
  return {
    firResample(n, taps, up, down, position, rows, x, y) {
      const m = heap();
      for (let k = 0; k < n; k++) {
        const instant = position + k * down;
        const i = Math.floor(instant / up);
        m[y + k] = dot(m, rows + (instant - i * up) * taps, x + i, taps);
      }
    },
    firResampleBetween(n, taps, phases, up, down, position, rows, x, y) {
      const m = heap();
      for (let k = 0; k < n; k++) {
        const instant = position + k * down;
        const i = Math.floor(instant / up);
        const phase = ((instant - i * up) * phases) / up;
        const row = Math.floor(phase);
        const t = phase - row;
        const first = rows + row * taps;
        // The cubic through the four rows around the phase, which lies between the second and the third.
        const before = (t * (1 - t) * (t - 2)) / 6;
        const here = ((t + 1) * (1 - t) * (2 - t)) / 2;
        const next = ((t + 1) * t * (2 - t)) / 2;
        const after = ((t + 1) * t * (t - 1)) / 6;
        m[y + k] =
          before * dot(m, first, x + i, taps) +
          here * dot(m, first + taps, x + i, taps) +
          (next * dot(m, first + 2 * taps, x + i, taps) + after * dot(m, first + 3 * taps, x + i, taps));
      }
    },
  };
}

/** Four sums side by side, since one sum would wait for itself at every tap; `count` is a multiple of 8. */
function dot(m: HeapArray, a: number, b: number, count: number): number {
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  for (let j = 0; j < count; j += 4) {
    sum0 += m[a + j]! * m[b + j]!;
    sum1 += m[a + j + 1]! * m[b + j + 1]!;
    sum2 += m[a + j + 2]! * m[b + j + 2]!;
    sum3 += m[a + j + 3]! * m[b + j + 3]!;
  }
  return sum0 + sum1 + (sum2 + sum3);
}
