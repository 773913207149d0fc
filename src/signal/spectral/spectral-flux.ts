import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkMatrix } from "../check-sound.ts";
import type { FeatureMatrix } from "../matrix.ts";
import { checkFiniteValues } from "./check-magnitude.ts";

/** Which changes count, and how those of all bins become one number. */
export interface FluxOptions {
  /** Only bins that grow count. Default yes: sounds begin faster than they end. */
  readonly rectified?: boolean | undefined;
  /** 1 for the sum of the changes (default), 2 for the root of the sum of their squares. */
  readonly norm?: 1 | 2 | undefined;
  /** How many frames back a frame is compared with. Default 1. */
  readonly lag?: number | undefined;
}

/**
 * How much the spectrum changes from one frame to the next.
 *
 * Follows the level too: normalize the frames first to see changes of colour alone. Many definitions are in use;
 * librosa has none under this name (its onset strength is a mean over decibels). Can be computed live.
 *
 * @param magnitude - Shape `[bins, frames]`.
 * @returns Shape `[1, frames]`, `>= 0`; 0 for the first `lag` frames.
 * @throws TonewrightError `bad-option`, `non-finite-values`.
 * @see Bello et al. 2005, section III (L2); Dixon 2006, "Onset detection revisited", section 2.1 (L1, rectified)
 */
export function spectralFlux(magnitude: FeatureMatrix, options: FluxOptions = {}): FeatureMatrix {
  checkMatrix("spectralFlux(magnitude, options)", magnitude);
  checkOptions("spectralFlux(magnitude, options)", options, { rectified: false, norm: false, lag: false });
  const { rectified = true, norm = 1, lag = 1 } = options;
  if (!Number.isInteger(lag) || lag < 1) {
    throw new TonewrightError("bad-option", `spectralFlux: the lag is ${lag}`, "give a whole number of frames from 1");
  }
  checkFiniteValues(magnitude);
  const { rows, frames, values } = magnitude;
  const flux = new Float64Array(frames);
  for (let k = 0; k < rows; k++) {
    for (let t = lag; t < frames; t++) {
      const change = values[k * frames + t]! - values[k * frames + t - lag]!;
      const counted = rectified ? Math.max(0, change) : Math.abs(change);
      flux[t]! += norm === 1 ? counted : counted * counted;
    }
  }
  return { rows: 1, frames, values: norm === 1 ? flux : flux.map(Math.sqrt) };
}
