/** A value that lies far from the others. */
export interface Outlier {
  /** Which one it is. */
  readonly index: number;
  /** Of the values that it was compared with. */
  readonly median: number;
  /** How many robust standard deviations it lies from the median. */
  readonly deviations: number;
}

/**
 * The values that lie more than 5 robust standard deviations from the median, farthest first.
 *
 * The deviation is 1.4826 times the median distance to the median (MAD), which outliers themselves do not move. Where
 * most values are equal it would be 0 and every other value an outlier: give the smallest deviation that means anything.
 *
 * @param values - NaN for what is not known, which is passed over.
 * @param options.smallestDeviation - In the unit of the values.
 * @returns Nothing for fewer than 8 values.
 * @see Iglewicz & Hoaglin 1993, who use 3.5; of sounds that are heavy-tailed by nature too many would be named
 */
export function robustOutliers(
  values: ArrayLike<number>,
  { smallestDeviation }: { readonly smallestDeviation: number },
): Outlier[] {
  const known = Float64Array.from(values).filter((value) => !Number.isNaN(value));
  if (known.length < FEWEST) return [];
  const median = medianOf(known);
  const deviation = Math.max(smallestDeviation, 1.4826 * medianOf(known.map((value) => Math.abs(value - median))));
  return Array.from(values, (value, index) => ({ index, median, deviations: Math.abs(value - median) / deviation }))
    .filter(({ deviations }) => deviations > MOST_DEVIATIONS)
    .sort((p, q) => q.deviations - p.deviations || p.index - q.index);
}

/** Values below which nothing can be said to be usual. */
export const FEWEST = 8;
const MOST_DEVIATIONS = 5;

/**
 * The middle value, or the mean of the two in the middle.
 *
 * @returns NaN for no values.
 */
export function medianOf(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length / 2;
  if (sorted.length === 0) return Number.NaN;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}
