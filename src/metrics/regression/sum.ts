/**
 * The sum of `count` terms with a running correction, so that it does not depend on the order of the terms beyond the
 * last bit.
 *
 * @see Neumaier 1974, Zeitschrift für Angewandte Mathematik und Mechanik 54, 39-51
 */
export function sumOver(count: number, term: (n: number) => number): number {
  let sum = 0;
  let lost = 0;
  for (let n = 0; n < count; n++) {
    const value = term(n);
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return Number.isFinite(lost) ? sum + lost : sum; // the correction of an infinite sum is no number
}

/** The mean of `count` terms, weighted if there are weights, whose sum must not be 0. */
export function meanOver(count: number, term: (n: number) => number, weights?: ArrayLike<number>): number {
  if (weights === undefined) return sumOver(count, term) / count;
  return sumOver(count, (n) => weights[n]! * term(n)) / sumOver(count, (n) => weights[n]!);
}
