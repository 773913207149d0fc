/**
 * Chance that a normal variable with mean 0 and variance 1 is at most `z`.
 *
 * @returns 0 to 1, relative error below 1e-14 for `|z|` up to 37.
 */
export function normalDistribution(z: number): number {
  if (z === 0) return 0.5;
  const tail = upperTail(Math.abs(z));
  return z > 0 ? 1 - tail : tail;
}

/**
 * The `z` that a normal variable stays below with this chance.
 *
 * @param chance - 0 to 1, which give -Infinity and Infinity.
 */
export function normalQuantile(chance: number): number {
  if (!(chance >= 0 && chance <= 1)) throw new Error(`bug: a chance of ${chance}`);
  if (chance === 0 || chance === 1) return chance === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (chance > 0.5) return -normalQuantile(1 - chance);
  // The tail is about exp(-z^2 / 2) / (z sqrt(2 pi)): a start for Newton's method on its logarithm, which is nearly a parabola.
  let z = -Math.sqrt(-2 * Math.log(2 * chance));
  for (let step = 0; step < 100; step++) {
    const reached = normalDistribution(z);
    const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
    const change = (reached * Math.log(reached / chance)) / density;
    z -= change;
    if (Math.abs(change) <= 1e-15 * Math.abs(z) + 1e-16) break;
  }
  return z + 0; // not -0
}

/** Chance of a value above `z >= 0`: a series for its complement near 0, a continued fraction far out. */
function upperTail(z: number): number {
  const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  if (z < 2.5) {
    let term = z;
    let sum = z;
    for (let k = 1; term > sum * 1e-17; k++) {
      term *= (z * z) / (2 * k + 1);
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = 0;
  for (let k = 200; k >= 1; k--) fraction = k / (z + fraction);
  return density / (z + fraction);
}
