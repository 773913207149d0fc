import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkSamples } from "../check-sound.ts";

/** What makes a peak, in frames (fractions are rounded up). */
export interface PeakPickOptions {
  /** It is the largest of so many frames before it … */
  readonly preMax: number;
  /** … and so many from it on (itself included). */
  readonly postMax: number;
  /** It exceeds the mean of so many frames before it … */
  readonly preMean: number;
  /** … and so many from it on … */
  readonly postMean: number;
  /** … by this much. */
  readonly delta: number;
  /** Frames after a peak in which no other is looked for. */
  readonly wait: number;
}

/**
 * The places of the peaks of a curve.
 *
 * @param x - Shape `[frames]`.
 * @returns Indices, rising.
 * @throws TonewrightError `bad-option` for negative numbers of frames.
 * @see Böck, Krebs & Schedl 2012; librosa.util.peak_pick 0.11
 */
export function peakPick(x: Float64Array, options: PeakPickOptions): number[] {
  checkSamples("peakPick(x, options)", x);
  checkOptions("peakPick(x, options)", options, {
    preMax: true,
    postMax: true,
    preMean: true,
    postMean: true,
    delta: true,
    wait: true,
  });
  const { delta } = options;
  const [preMax, postMax, preMean, postMean, wait] = (
    ["preMax", "postMax", "preMean", "postMean", "wait"] as const
  ).map((name) => Math.ceil(options[name])) as [number, number, number, number, number];
  if (!(preMax >= 0 && postMax >= 1 && preMean >= 0 && postMean >= 1 && wait >= 0 && delta >= 0)) {
    throw new TonewrightError(
      "bad-option",
      `peakPick: ${JSON.stringify(options)}`,
      "give 0 or more for preMax, preMean, delta and wait, and 1 or more for postMax and postMean",
    );
  }
  const peaks: number[] = [];
  for (let n = 0; n < x.length; ) {
    const value = x[n]!;
    const isLargest = value >= largest(x, n - preMax, n + postMax);
    if (isLargest && value >= mean(x, n - preMean, n + postMean) + delta) {
      peaks.push(n);
      n += wait + 1;
    } else {
      n++;
    }
  }
  return peaks;
}

function largest(x: Float64Array, from: number, to: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let n = Math.max(0, from); n < Math.min(to, x.length); n++) most = Math.max(most, x[n]!);
  return most;
}

function mean(x: Float64Array, from: number, to: number): number {
  const [first, end] = [Math.max(0, from), Math.min(to, x.length)];
  let sum = 0;
  for (let n = first; n < end; n++) sum += x[n]!;
  return sum / (end - first);
}
