import { TonewrightError } from "../../errors/index.ts";
import type { FeatureMatrix } from "../matrix.ts";
import type { FrontEndDocument } from "./front-end-document.ts";

/** Means and deviations of rows that were seen so far, in one pass. */
export interface NormalisationFit {
  /** Counts all frames of a table, shape `[rows, frames]`. */
  add(table: FeatureMatrix): void;
  /** What was found, to be put into a front end. Rows that never change get deviation 1. */
  result(): NonNullable<FrontEndDocument["normalisation"]>;
}

/**
 * Measures the normalisation of a front end: every row to mean 0 and deviation 1.
 *
 * Show it the training part only; what it sees of the test part leaks.
 *
 * @throws TonewrightError `shape-mismatch` for tables with other rows, `empty-input` for a result of nothing.
 * @see Welford 1962 (Chan's form for blocks); deviations divide by the number of frames, as scikit-learn's StandardScaler
 */
export function createNormalisationFit(): NormalisationFit {
  let mean = new Float64Array(0);
  let squares = new Float64Array(0);
  let seen = 0;
  return {
    add({ rows, frames, values }) {
      if (seen === 0) {
        mean = new Float64Array(rows);
        squares = new Float64Array(rows);
      } else if (rows !== mean.length) {
        throw new TonewrightError(
          "shape-mismatch",
          `a table of ${rows} rows after tables of ${mean.length}`,
          "compute all tables with one front end",
        );
      }
      for (let t = 0; t < frames; t++) {
        seen++;
        for (let k = 0; k < rows; k++) {
          const value = values[k * frames + t]!;
          const difference = value - mean[k]!;
          mean[k]! += difference / seen;
          squares[k]! += difference * (value - mean[k]!);
        }
      }
    },
    result() {
      if (seen === 0) {
        throw new TonewrightError("empty-input", "there is nothing to measure a normalisation on", "give some sounds");
      }
      const deviation = Array.from(squares, (sum) => Math.sqrt(sum / seen) || 1);
      return { mean: Array.from(mean), deviation, frames: seen };
    },
  };
}

/** Overwrites a frame, shape `[rows]`, with its normalised numbers. */
export function normaliseFrame(frame: Float64Array, normalisation: FrontEndDocument["normalisation"]): void {
  if (normalisation === null) return;
  const { mean, deviation } = normalisation;
  for (let k = 0; k < frame.length; k++) frame[k] = (frame[k]! - mean[k]!) / deviation[k]!;
}

/** @throws TonewrightError `bad-front-end` if the normalisation is of another number of rows. */
export function checkNormalisation({ normalisation }: FrontEndDocument, rows: number): void {
  if (normalisation === null || (normalisation.mean.length === rows && normalisation.deviation.length === rows)) return;
  throw new TonewrightError(
    "bad-front-end",
    `the normalisation is of ${normalisation.mean.length} rows, the features have ${rows}`,
    "measure the normalisation again with these features",
  );
}
