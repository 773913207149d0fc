import type { Random } from "../tensor/index.ts";

/** `n` numbers, uniform in `[-bound, bound)`: what PyTorch starts its recurrent, linear and convolution layers with. */
export function uniformWeights(random: Random, { n, bound }: { n: number; bound: number }): Float32Array {
  return Float32Array.from({ length: n }, () => (2 * random.uniform() - 1) * bound);
}
