import { checkMatrix } from "../check-sound.ts";
import { TonewrightError } from "../../errors/index.ts";
import type { FeatureMatrix } from "../matrix.ts";

/** The cheapest way to play one sequence at the speed of another. */
export interface Warping {
  /** Accumulated cost, shape `[frames of a, frames of b]`; the last number is the cost of the whole path. */
  readonly cost: FeatureMatrix;
  /** Pairs of frames, from the end to the beginning. */
  readonly path: readonly (readonly [a: number, b: number])[];
}

/**
 * Dynamic time warping of two sequences of vectors, with steps of one frame in either or both.
 *
 * Needs a table of all pairs of frames: `frames of a * frames of b` numbers.
 *
 * @param a - Shape `[rows, frames]`.
 * @param b - The same rows.
 * @returns The accumulated Euclidean cost, and the path.
 * @throws TonewrightError `shape-mismatch` for different rows, `signal-too-short` for a sequence without frames.
 * @see Müller 2007, chapter 4; librosa.sequence.dtw 0.11
 */
export function dynamicTimeWarping(a: FeatureMatrix, b: FeatureMatrix): Warping {
  checkMatrix("dynamicTimeWarping(a, b)", a);
  if (a.rows !== b.rows) {
    throw new TonewrightError(
      "shape-mismatch",
      `dynamicTimeWarping: vectors of ${a.rows} and of ${b.rows} numbers`,
      "give two sequences of the same feature",
    );
  }
  if (a.frames === 0 || b.frames === 0) {
    throw new TonewrightError(
      "signal-too-short",
      "dynamicTimeWarping: a sequence without frames",
      "give one frame at least",
    );
  }
  const cost = new Float64Array(a.frames * b.frames);
  const at = (n: number, m: number) => (n < 0 || m < 0 ? Number.POSITIVE_INFINITY : cost[n * b.frames + m]!);
  for (let n = 0; n < a.frames; n++) {
    for (let m = 0; m < b.frames; m++) {
      const before = n === 0 && m === 0 ? 0 : Math.min(at(n - 1, m - 1), at(n, m - 1), at(n - 1, m));
      cost[n * b.frames + m] = distance(a, n, b, m) + before;
    }
  }
  const path: [number, number][] = [];
  for (let n = a.frames - 1, m = b.frames - 1; n >= 0 && m >= 0; ) {
    path.push([n, m]);
    const [both, right, down] = [at(n - 1, m - 1), at(n, m - 1), at(n - 1, m)];
    if (both <= right && both <= down) {
      n--;
      m--;
    } else if (right <= down) m--;
    else n--;
  }
  return { cost: { rows: a.frames, frames: b.frames, values: cost }, path };
}

function distance(a: FeatureMatrix, n: number, b: FeatureMatrix, m: number): number {
  let sum = 0;
  for (let k = 0; k < a.rows; k++) sum += (a.values[k * a.frames + n]! - b.values[k * b.frames + m]!) ** 2;
  return Math.sqrt(sum);
}
