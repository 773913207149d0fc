import { checkOptions } from "../../errors/index.ts";
import { checkSamples } from "../check-sound.ts";
import type { FeatureMatrix, Samples } from "../matrix.ts";
import { checkFinite } from "./check-finite.ts";
import { type LevelFrames, levelFrames } from "./root-mean-square.ts";

/** What counts as a crossing. */
export interface ZeroCrossingOptions {
  /** Samples up to this magnitude count as 0. Default 1e-10. */
  readonly threshold?: number | undefined;
  /** 0 counts as positive (default), or as a sign of its own, so that reaching it and leaving it are two crossings. */
  readonly zeroIsPositive?: boolean | undefined;
}

/**
 * Where a signal changes its sign.
 *
 * @param x - Shape `[samples]`.
 * @param options.first - Whether the first sample counts as a crossing. Default yes, as in librosa.
 * @returns Shape `[samples]`, 1 at the first sample with the new sign, else 0.
 * @throws TonewrightError `non-finite-samples`.
 * @see librosa.zero_crossings 0.11
 */
export function zeroCrossings(
  x: Samples,
  options: ZeroCrossingOptions & { readonly first?: boolean } = {},
): Uint8Array {
  checkSamples("zeroCrossings(x, options)", x);
  checkOptions("zeroCrossings(x, options)", options, { threshold: false, zeroIsPositive: false, first: false });
  const { threshold = 1e-10, zeroIsPositive = true, first = true } = options;
  checkFinite(x);
  const signOf = (value: number) => {
    if (Math.abs(value) <= threshold) return zeroIsPositive ? 1 : 0;
    return value < 0 ? -1 : 1;
  };
  const crossings = new Uint8Array(x.length);
  for (let n = 0, before = 0; n < x.length; n++) {
    const sign = signOf(x[n]!);
    crossings[n] = Number(n === 0 ? first : sign !== before);
    before = sign;
  }
  return crossings;
}

/**
 * Share of the samples of each frame at which the signal changes its sign.
 *
 * A constant offset larger than the signal hides every crossing: block DC first. Can be computed live.
 *
 * @param x - Shape `[samples]`.
 * @returns Shape `[1, frames]`, 0 to below 1. The first sample of a frame never counts.
 * @throws TonewrightError `signal-too-short`, `non-finite-samples`, `bad-option`.
 * @see librosa.feature.zero_crossing_rate 0.11, which repeats the end samples around the signal, not zeros
 */
export function zeroCrossingRate(x: Samples, given: LevelFrames & ZeroCrossingOptions = {}): FeatureMatrix {
  checkSamples("zeroCrossingRate(x, options)", x);
  checkOptions("zeroCrossingRate(x, options)", given, {
    frameLength: false,
    hop: false,
    center: false,
    threshold: false,
    zeroIsPositive: false,
  });
  const { threshold, zeroIsPositive, ...options } = given;
  const { padded, frameLength, hop, frames } = levelFrames(x, "edge", options);
  const crossings = zeroCrossings(padded, { threshold, zeroIsPositive, first: false });
  const values = new Float64Array(frames);
  for (let t = 0; t < frames; t++) {
    let count = 0;
    for (let n = t * hop + 1; n < t * hop + frameLength; n++) count += crossings[n]!;
    values[t] = count / frameLength;
  }
  return { rows: 1, frames, values };
}
