import { checkOptions } from "../../errors/index.ts";
import { checkSamples } from "../check-sound.ts";
import type { Samples } from "../matrix.ts";
import { type PitchOptions, periodFrames } from "./period-frames.ts";
import { parabolicShift } from "./spectral-peaks.ts";

/**
 * The pitch of every frame. It always names one, also for noise and silence: `pyin` tells whether there is any.
 *
 * Can be computed live: every frame stands alone.
 *
 * @param x - Shape `[samples]`, one voice.
 * @param options.threshold - The first dip below this is taken; without one, the deepest dip. Default 0.1.
 * @returns Shape `[frames]`, Hz.
 * @throws TonewrightError `bad-option`, `signal-too-short`, `non-finite-samples`.
 * @see de Cheveigné & Kawahara 2002; librosa.yin 0.11
 */
export function yin(x: Samples, given: PitchOptions & { readonly threshold?: number | undefined }): Float64Array {
  checkSamples("yin(x, options)", x);
  checkOptions("yin(x, options)", given, {
    sampleRate: true,
    fminHz: true,
    fmaxHz: true,
    frameLength: false,
    hop: false,
    center: false,
    threshold: false,
  });
  const { threshold = 0.1, ...options } = given;
  const { firstPeriod, frames } = periodFrames(x, options);
  return Float64Array.from(frames, (frame) => {
    const at = chosenDip(frame, threshold);
    return options.sampleRate / (firstPeriod + at + shiftAt(frame, at));
  });
}

/** Whether row k lies lower than its neighbours; the last row never does. */
export function isDip(frame: Float64Array, k: number): boolean {
  if (k === 0) return frame[0]! < frame[1]!;
  return frame[k]! < frame[k - 1]! && k + 1 < frame.length && frame[k]! <= frame[k + 1]!;
}

/** How far the bottom of the parabola is from row k. */
export function shiftAt(frame: Float64Array, k: number): number {
  return k === 0 || k + 1 >= frame.length ? 0 : parabolicShift(frame[k - 1]!, frame[k]!, frame[k + 1]!);
}

/** The first dip below the threshold, or the deepest one. */
export function chosenDip(frame: Float64Array, threshold: number): number {
  let deepest = 0;
  for (let k = 0; k < frame.length; k++) {
    if (frame[k]! < threshold && isDip(frame, k)) return k;
    if (frame[k]! < frame[deepest]!) deepest = k;
  }
  return deepest;
}
