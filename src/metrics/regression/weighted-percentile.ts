/**
 * The value below which a fraction of the weight lies; where that falls exactly between two values, their mean.
 *
 * Without weights and with a fraction of 1/2 it is the usual median.
 *
 * @param values - Shape `[samples]`, at least one, finite.
 * @param options.weights - Shape `[samples]`, not negative, not all 0.
 * @param options.fraction - 0 to 1.
 * @see scikit-learn 1.9 `_weighted_percentile` with `average=True`
 */
export function weightedPercentile(
  values: Float64Array,
  { weights, fraction }: { readonly weights: Float64Array | undefined; readonly fraction: number },
): number {
  const order = Array.from(values.keys())
    .filter((n) => weights === undefined || weights[n]! > 0)
    .sort((a, b) => values[a]! - values[b]! || a - b);
  const reached = new Float64Array(order.length);
  let total = 0;
  for (const [k, n] of order.entries()) {
    total += weights?.[n] ?? 1;
    reached[k] = total;
  }
  const wanted = ((fraction * 100) / 100) * total || Number.MIN_VALUE; // rounded as where percents are given
  let at = reached.findIndex((weight) => weight >= wanted);
  if (at < 0) at = order.length - 1;
  const value = values[order[at]!]!;
  if (reached[at]! - wanted > Number.EPSILON) return value;
  const next = values[order[Math.min(at + 1, order.length - 1)]!]!;
  return (value + next) / 2;
}
