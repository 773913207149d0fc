/** Added to a level by ITU-R BS.1770 so that a 997 Hz sine reads its level as a sine's, not as a square's. */
const offsetDb = -0.691;

/** Blocks at or below this loudness, in LUFS, count for nothing. */
const absoluteGate = -70;

/** LUFS of a weighted mean square. */
export function lufsFromPower(power: number): number {
  return offsetDb + 10 * Math.log10(power);
}

function powerFromLufs(lufs: number): number {
  return 10 ** ((lufs - offsetDb) / 10);
}

/**
 * The mean power of those blocks that are above both gates: -70 LUFS, and `relativeLu` below the mean of what that leaves.
 *
 * @param powers - Weighted mean squares of blocks.
 * @returns The blocks that passed, and their mean; 0 if there are none.
 */
export function gate(
  powers: ArrayLike<number>,
  relativeLu: number,
): { readonly passed: number[]; readonly mean: number } {
  const audible = above(Array.from(powers), powerFromLufs(absoluteGate));
  const passed = above(audible, meanOf(audible) * 10 ** (relativeLu / 10));
  return { passed, mean: meanOf(passed) };
}

/**
 * Loudness range of short-term powers: from the 10th to the 95th percentile of what passes the gates, in LU.
 *
 * @see EBU Tech 3342
 */
export function rangeOf(powers: ArrayLike<number>): number {
  const levels = gate(powers, -20)
    .passed.map(lufsFromPower)
    .sort((a, b) => a - b);
  if (levels.length === 0) return 0;
  const percentile = (part: number) => levels[Math.round((levels.length - 1) * part)]!;
  return percentile(0.95) - percentile(0.1);
}

function above(powers: readonly number[], threshold: number): number[] {
  return powers.filter((power) => power > threshold);
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
