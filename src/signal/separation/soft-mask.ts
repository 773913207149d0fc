/** Where both are smaller than this there is nothing to share: `numpy.finfo(float64).tiny`. */
const tiny = 2.2250738585072014e-308;

/**
 * `x^power / (x^power + other^power)`: the share of `x`, from 0 to 1.
 *
 * @param x - Any shape, `>= 0`.
 * @param other - The same shape.
 * @param options.power - Above 0; Infinity gives 1 where x is larger and 0 elsewhere.
 * @param options.splitZeros - Where both are 0: a half, or 0.
 * @see librosa.util.softmask 0.11
 */
export function softMask(
  x: Float64Array,
  other: Float64Array,
  { power, splitZeros }: { readonly power: number; readonly splitZeros: boolean },
): Float64Array {
  return x.map((value, n) => {
    const rest = other[n]!;
    if (power === Number.POSITIVE_INFINITY) return value > rest ? 1 : 0;
    const larger = Math.max(value, rest);
    if (larger < tiny) return splitZeros ? 0.5 : 0;
    const a = (value / larger) ** power;
    return a / (a + (rest / larger) ** power);
  });
}
