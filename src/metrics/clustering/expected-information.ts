import type { Contingency } from "./contingency-matrix.ts";
import { sumOver } from "../regression/sum.ts";

/**
 * Mutual information, in nats, that two groupings with these sizes have on average if samples are dealt at random.
 *
 * @see Vinh, Epps & Bailey 2010, Journal of Machine Learning Research 11
 */
export function expectedInformation({ samples, rowSums, columnSums }: Contingency): number {
  if (rowSums.length === 1 || columnSums.length === 1) return 0;
  const factorial = logFactorials(samples);
  // Cells of equal sums have equal terms: one computation for all rows and all columns of a size.
  const rowSizes = [...tally(rowSums)];
  const columnSizes = [...tally(columnSums)];
  return sumOver(rowSizes.length * columnSizes.length, (k) => {
    const [a, rows] = rowSizes[Math.floor(k / columnSizes.length)]!;
    const [b, columns] = columnSizes[k % columnSizes.length]!;
    return rows * columns * expectedInCell({ a, b, samples, factorial });
  });
}

function expectedInCell({
  a,
  b,
  samples,
  factorial,
}: {
  readonly a: number;
  readonly b: number;
  readonly samples: number;
  readonly factorial: Float64Array;
}): number {
  const fixed = factorial[a]! + factorial[b]! + factorial[samples - a]! + factorial[samples - b]! - factorial[samples]!;
  const least = Math.max(1, a + b - samples);
  return sumOver(Math.min(a, b) - least + 1, (k) => {
    const n = least + k;
    const logChance = fixed - factorial[n]! - factorial[a - n]! - factorial[b - n]! - factorial[samples - a - b + n]!;
    const information = Math.log(samples) + Math.log(n) - Math.log(a) - Math.log(b);
    return (n / samples) * information * Math.exp(logChance);
  });
}

/** `ln(n!)` for n from 0, added up with a running correction: the chance of a cell is a difference of large ones. */
function logFactorials(largest: number): Float64Array {
  const values = new Float64Array(largest + 1);
  let sum = 0;
  let lost = 0;
  for (let n = 2; n <= largest; n++) {
    const value = Math.log(n) - lost;
    const next = sum + value;
    lost = next - sum - value;
    sum = next;
    values[n] = sum;
  }
  return values;
}

function tally(sizes: Float64Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const size of sizes) counts.set(size, (counts.get(size) ?? 0) + 1);
  return counts;
}
