/**
 * Whether the fast kernels have a transform of that many real samples: a multiple of 8 with no prime factors but 2, 3 and 5.
 *
 * Other sizes take `createRealFft` of the signal door, in float64.
 */
export function hasFastFft(size: number): boolean {
  if (!Number.isInteger(size) || size < 8 || size % 8 !== 0 || size > 2 ** 24) return false;
  let rest = size;
  for (const prime of [2, 3, 5]) while (rest % prime === 0) rest /= prime;
  return rest === 1;
}

/** Elements of the tables and the scratch that a transform of `size` needs: the `plan` argument of the Fourier kernels. */
export function fftPlanSize(size: number): number {
  const half = size / 2;
  return (
    stagesOf(half).reduce((sum, { radix, steps }) => sum + 2 * (radix - 1) * steps, 0) + 2 * (half + 4) + 4 * (half + 8)
  );
}

/**
 * Writes the tables of a transform into a heap: for each step of radix r the twiddles `exp(-2πi p j / length)`, as rows of
 * cosines and sines for j = 1 … r - 1; then `cos` and `sin` of `2πk / size` for the split into real spectra. The scratch
 * of the transform follows them.
 *
 * @param heap - Written from `at` on, `fftPlanSize(size)` elements.
 */
export function writeFftPlan(size: number, heap: Float32Array | Float64Array, at: number): void {
  const half = size / 2;
  let to = at;
  for (const { radix, steps } of stagesOf(half)) {
    const length = radix * steps;
    for (let j = 1; j < radix; j++) {
      for (let p = 0; p < steps; p++) heap[to + p] = Math.cos((2 * Math.PI * p * j) / length);
      for (let p = 0; p < steps; p++) heap[to + steps + p] = -Math.sin((2 * Math.PI * p * j) / length);
      to += 2 * steps;
    }
  }
  for (let k = 0; k <= half; k++) {
    heap[to + k] = Math.cos((2 * Math.PI * k) / size);
    heap[to + half + 4 + k] = Math.sin((2 * Math.PI * k) / size);
  }
}

function stagesOf(half: number): { readonly radix: number; readonly steps: number }[] {
  const stages: { radix: number; steps: number }[] = [];
  for (let length = half; length > 1; ) {
    const radix = length % 4 === 0 ? 4 : length % 2 === 0 ? 2 : length % 3 === 0 ? 3 : 5;
    length /= radix;
    stages.push({ radix, steps: length });
  }
  return stages;
}
