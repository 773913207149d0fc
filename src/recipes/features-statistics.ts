import { TonewrightError } from "../errors/index.ts";
import type { FrontEndDocument } from "../signal/index.ts";

/** What is known of each row of a table. All shape `[rows]`. */
export interface RowStatistics {
  readonly frames: number;
  readonly mean: Float64Array;
  /** Sums of squared distances from the mean. */
  readonly squares: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
}

/** Statistics of frames as they come. */
export interface StatisticsFit {
  /** @param frame - Shape `[rows]`. */
  add(frame: Float64Array): void;
  result(): RowStatistics;
}

/**
 * Measures rows in one pass, without keeping frames.
 *
 * @see Welford 1962
 */
export function createStatisticsFit(rows: number): StatisticsFit {
  const mean = new Float64Array(rows);
  const squares = new Float64Array(rows);
  const min = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  const max = new Float64Array(rows).fill(Number.NEGATIVE_INFINITY);
  let frames = 0;
  return {
    add(frame) {
      frames++;
      for (let k = 0; k < rows; k++) {
        const value = frame[k]!;
        const difference = value - mean[k]!;
        mean[k]! += difference / frames;
        squares[k]! += difference * (value - mean[k]!);
        if (value < min[k]!) min[k] = value;
        if (value > max[k]!) max[k] = value;
      }
    },
    result: () => ({ frames, mean, squares, min, max }),
  };
}

/**
 * The statistics of two tables together. The order matters in the last digits: merge in one order to get one result.
 *
 * @see Chan, Golub & LeVeque 1979
 */
export function mergeStatistics(a: RowStatistics, b: RowStatistics): RowStatistics {
  if (a.frames === 0 || b.frames === 0) return a.frames === 0 ? b : a;
  const frames = a.frames + b.frames;
  const share = b.frames / frames;
  return {
    frames,
    mean: a.mean.map((value, k) => value + share * (b.mean[k]! - value)),
    squares: a.squares.map((value, k) => value + b.squares[k]! + a.frames * share * (b.mean[k]! - a.mean[k]!) ** 2),
    min: a.min.map((value, k) => Math.min(value, b.min[k]!)),
    max: a.max.map((value, k) => Math.max(value, b.max[k]!)),
  };
}

/** Shape `[rows]`: root mean squared distance from the mean, as numpy's `std`. */
export function deviations({ frames, squares }: RowStatistics): Float64Array {
  return squares.map((value) => Math.sqrt(value / frames));
}

/**
 * What makes every row's mean 0 and deviation 1, for a front end's document. Rows that never change get deviation 1.
 *
 * @throws TonewrightError `empty-input` without frames.
 */
export function normalisationOf(statistics: RowStatistics): NonNullable<FrontEndDocument["normalisation"]> {
  if (statistics.frames === 0) {
    throw new TonewrightError("empty-input", "there is nothing to measure a normalisation on", "give some sounds");
  }
  const deviation = Array.from(deviations(statistics), (value) => value || 1);
  return { mean: Array.from(statistics.mean), deviation, frames: statistics.frames };
}
