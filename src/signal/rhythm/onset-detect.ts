import { checkOptions } from "../../errors/index.ts";
import { checkSamples } from "../check-sound.ts";
import { type PeakPickOptions, peakPick } from "./peak-pick.ts";

/** The rate of the frames, and what counts as a peak (default: tuned by librosa on a large set of onsets). */
export interface OnsetDetectOptions extends Partial<PeakPickOptions> {
  /** Hz of the signal. Default 22050. */
  readonly sampleRate?: number | undefined;
  /** Samples between frames. Default 512. */
  readonly hop?: number | undefined;
}

/** `numpy.finfo(float64).tiny`. */
const tiny = 2.2250738585072014e-308;

/**
 * The frames in which something begins.
 *
 * The curve is first scaled to 0 … 1 over its whole length; live, peaks must be picked with fixed thresholds instead.
 *
 * @param strength - From `onsetStrength`, shape `[frames]`.
 * @returns Frame indices, rising; none for a curve of zeros.
 * @see librosa.onset.onset_detect 0.11
 */
export function onsetDetect(strength: Float64Array, options: OnsetDetectOptions = {}): number[] {
  checkSamples("onsetDetect(strength, options)", strength);
  checkOptions("onsetDetect(strength, options)", options, {
    sampleRate: false,
    hop: false,
    preMax: false,
    postMax: false,
    preMean: false,
    postMean: false,
    delta: false,
    wait: false,
  });
  const { sampleRate = 22050, hop = 512, ...peaks } = options;
  if (strength.every((value) => value === 0) || !strength.every((value) => Number.isFinite(value))) return [];
  const least = strength.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = strength.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY) - least;
  const scaled = strength.map((value) => (value - least) / (most + tiny));
  const frames = (seconds: number) => Math.floor((seconds * sampleRate) / hop);
  return peakPick(scaled, {
    preMax: frames(0.03),
    postMax: 1,
    preMean: frames(0.1),
    postMean: frames(0.1) + 1,
    wait: frames(0.03),
    delta: 0.07,
    ...peaks,
  });
}
