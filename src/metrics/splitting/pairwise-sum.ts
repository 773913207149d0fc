/**
 * The sum of all values in the order in which numpy adds a row: eight running sums in blocks of up to 128, then by
 * halves.
 *
 * For decisions that must fall as in numpy to the last bit; where only accuracy counts, `sumOver` is better.
 *
 * @see numpy 1.24 to 2.4, pairwise summation of add.reduce
 */
export function pairwiseSum(values: Float64Array): number {
  const count = values.length;
  if (count < 8) return values.reduce((sum, value) => sum + value, 0);
  if (count > 128) {
    const half = Math.floor(count / 2);
    const middle = half - (half % 8);
    return pairwiseSum(values.subarray(0, middle)) + pairwiseSum(values.subarray(middle));
  }
  const sums = values.slice(0, 8);
  const whole = count - (count % 8);
  for (let n = 8; n < whole; n++) sums[n % 8]! += values[n]!;
  const [a, b, c, d, e, f, g, h] = sums as unknown as [number, number, number, number, number, number, number, number];
  const total = a + b + (c + d) + (e + f + (g + h));
  return values.subarray(whole).reduce((sum, value) => sum + value, total);
}
