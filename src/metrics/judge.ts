import { errorToSignalRatio, errorToSignalRatioDcBlocked, requireSegments } from "./error-to-signal.ts";
import { meanAbsoluteError } from "./mean-absolute-error.ts";
import { multiResolutionStft, shortestForStft } from "./multi-resolution-stft.ts";

/** How well a model did on audio it has not seen. */
export interface Scores {
  /** Error-to-signal ratio, plain (see `errorToSignalRatio` for the others), `>= 0`; 0.01 is 1 %. */
  readonly esr: number;
  /** The same after a DC blocker on both signals, `errorToSignalRatioDcBlocked`. */
  readonly esrDcBlocked: number;
  /** Mean absolute error, linear amplitude. */
  readonly mae: number;
  /** Multi-resolution STFT distance, `multiResolutionStft`, `>= 0`. */
  readonly mrstft: number;
}

/**
 * All scores of a model output against the recorded one.
 *
 * With segments, the DC blocker and the spectra start anew in each, and the spectral distance is the mean over the
 * segments weighted by length. Segments too short for the largest transform (1024 samples and less) are left out of
 * the spectral distance; if all are, it is taken over everything laid end to end.
 *
 * @param predicted - Scored samples of the model, shape `[samples]`, segments one after the other.
 * @param target - Scored samples of the recording, same length.
 * @param options.segments - Lengths in samples that add up to all of it; one segment by default.
 * @param options.pole - Of the DC blocker, see `dcBlock`.
 * @throws TonewrightError `length-mismatch`, `silent-target`, `non-finite-samples`, `too-short` (1024 samples or less).
 */
export function judge(
  predicted: Float32Array,
  target: Float32Array,
  { segments = [target.length], pole = 0.995 }: { readonly segments?: readonly number[]; readonly pole?: number } = {},
): Scores {
  return {
    esr: errorToSignalRatio(predicted, target),
    esrDcBlocked: errorToSignalRatioDcBlocked(predicted, target, { segments, pole }),
    mae: meanAbsoluteError(predicted, target),
    mrstft: meanOverSegments(predicted, target, segments),
  };
}

function meanOverSegments(predicted: Float32Array, target: Float32Array, segments: readonly number[]): number {
  requireSegments("judge", segments, target.length);
  const shortest = shortestForStft();
  let start = 0;
  let sum = 0;
  let weight = 0;
  for (const length of segments) {
    const end = start + length;
    const part = target.subarray(start, end);
    // A silent segment has no spectral convergence; it still counts in the other scores.
    if (length >= shortest && part.some((value) => value !== 0)) {
      sum += length * multiResolutionStft(predicted.subarray(start, end), part);
      weight += length;
    }
    start = end;
  }
  return weight > 0 ? sum / weight : multiResolutionStft(predicted, target);
}
