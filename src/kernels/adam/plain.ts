import type { Heap, KernelsOf } from "../kernels.ts";

/** The definition of the Adam kernel (Kingma & Ba 2015, algorithm 1, as PyTorch orders its operations). */
export function plainAdam(heap: Heap): KernelsOf<"adam"> {
  return {
    adam(n, parameters, gradients, m, v, rate, beta1, beta2, epsilon, correction1, correction2) {
      const h = heap();
      for (let j = 0; j < n; j++) {
        const g = h[gradients + j]!;
        const mj = beta1 * h[m + j]! + (1 - beta1) * g;
        const vj = beta2 * h[v + j]! + (1 - beta2) * g * g;
        h[m + j] = mj;
        h[v + j] = vj;
        h[parameters + j]! -= ((rate / correction1) * mj) / (Math.sqrt(vj / correction2) + epsilon);
      }
    },
  };
}
