import { isTonewrightError, TonewrightError } from "../../errors/index.ts";
import type { Samples } from "../../signal/index.ts";
import { requireSameLength } from "../comparable.ts";

/** A metric over time. */
export interface SegmentScores {
  /** First sample of each segment, shape `[segments]`. */
  readonly starts: Int32Array;
  /** Shape `[segments]`; NaN where the target or the prediction is silent. */
  readonly scores: Float64Array;
  /** Of the scores that are finite; NaN if none is. */
  readonly mean: number;
  /** Of the scores that are numbers, also infinite ones; NaN if none is. */
  readonly median: number;
}

/**
 * A metric of two signals, segment by segment: where in the recording a model fails.
 *
 * The mean of segments is not the metric of the whole, for ratios not even nearly: name which one you report. museval
 * reports the median of segments of one second.
 *
 * @param metricOf - Such as `errorToSignalRatio`, `scaleInvariantSdrDb` or `multiResolutionStft`.
 * @param signals.predicted - Model output, shape `[samples]`.
 * @param signals.target - Recorded output, same length.
 * @param options.length - Of a segment in samples. A shorter rest at the end is left out.
 * @param options.hop - From one segment to the next. Default `length`.
 * @returns Scores with mean and median.
 * @throws TonewrightError `bad-option`, `length-mismatch`, `too-short` for less than one segment, and what the metric
 *   throws, except for silence.
 */
export function scoreSegments<Signal extends Samples>(
  metricOf: (predicted: Signal, target: Signal) => number,
  { predicted, target }: { readonly predicted: Signal; readonly target: Signal },
  { length, hop = length }: { readonly length: number; readonly hop?: number | undefined },
): SegmentScores {
  const caller = "scoreSegments";
  requireSameLength(caller, predicted, target);
  if (!Number.isInteger(length) || !Number.isInteger(hop) || length < 1 || hop < 1) {
    throw new TonewrightError(
      "bad-option",
      `${caller}: segments of ${length} samples, ${hop} apart`,
      "give whole numbers of samples, at least 1",
    );
  }
  if (target.length < length) {
    throw new TonewrightError(
      "too-short",
      `${caller}: ${target.length} samples, one segment has ${length}`,
      "judge a longer stretch, or give a shorter length",
    );
  }
  const segments = 1 + Math.floor((target.length - length) / hop);
  const starts = Int32Array.from({ length: segments }, (_, k) => k * hop);
  const part = (x: Signal, start: number) => x.subarray(start, start + length) as Signal;
  const scores = Float64Array.from(starts, (start) =>
    unlessSilent(() => metricOf(part(predicted, start), part(target, start))),
  );
  const known = scores.filter((score) => !Number.isNaN(score)).sort();
  const finite = known.filter(Number.isFinite);
  const [low, high] = [known[Math.floor((known.length - 1) / 2)], known[Math.floor(known.length / 2)]];
  return {
    starts,
    scores,
    mean: finite.length === 0 ? Number.NaN : finite.reduce((sum, score) => sum + score, 0) / finite.length,
    median: low === undefined || high === undefined ? Number.NaN : low === high ? low : (low + high) / 2,
  };
}

function unlessSilent(score: () => number): number {
  try {
    return score();
  } catch (error) {
    if (isTonewrightError(error) && (error.code === "silent-target" || error.code === "silent-prediction")) {
      return Number.NaN;
    }
    throw error;
  }
}
