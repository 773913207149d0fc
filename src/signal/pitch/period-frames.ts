import { TonewrightError } from "../../errors/index.ts";
import { checkFinite } from "../level/check-finite.ts";
import type { Samples } from "../matrix.ts";
import { createAutocorrelation } from "../rhythm/autocorrelate.ts";
import { pad } from "../spectrum/padding.ts";

/** Where a pitch is looked for, and in which frames. */
export interface PitchOptions {
  /** Hz of the signal. */
  readonly sampleRate: number;
  /** The lowest pitch. */
  readonly fminHz: number;
  /** The highest pitch. */
  readonly fmaxHz: number;
  /** Samples per frame, at least two periods of the lowest pitch. Default 2048. */
  readonly frameLength?: number | undefined;
  /** Default a quarter of the frame. */
  readonly hop?: number | undefined;
  /** Whether frames are centred, with zeros around the signal. Default true. */
  readonly center?: boolean | undefined;
}

/** For every frame, how unlike it is to itself one period later: small at the pitch. */
export interface PeriodFrames {
  /** Samples of the first row's period. */
  readonly firstPeriod: number;
  /** Each shape `[periods]`. */
  readonly frames: Float64Array[];
}

/**
 * The cumulative mean normalised difference of every frame, on which YIN and pYIN stand.
 *
 * @throws TonewrightError `bad-option` for a range of pitches that the rate or the frame does not hold;
 *   `signal-too-short`; `non-finite-samples`.
 * @see de Cheveigné & Kawahara 2002, steps 2 and 3; librosa 0.11, whose window is the whole frame
 */
export function periodFrames(x: Samples, options: PitchOptions): PeriodFrames {
  const { frameLength = 2048, hop = Math.floor(frameLength / 4), center = true } = options;
  const { firstPeriod, difference } = createPeriodFrame({ ...options, frameLength });
  if (!(Number.isInteger(hop) && hop >= 1)) {
    throw new TonewrightError("bad-option", `a hop of ${hop} samples`, "give a whole number from 1");
  }
  checkFinite(x, { sampleRate: options.sampleRate });
  const half = center ? Math.floor(frameLength / 2) : 0;
  const padded = pad(x, { before: half, after: half, mode: "zero" });
  const count = x.length === 0 ? 0 : 1 + Math.floor((padded.length - frameLength) / hop);
  if (count < 1) {
    throw new TonewrightError(
      "signal-too-short",
      `${x.length} samples are fewer than one frame of ${frameLength}`,
      "give a longer signal or shorter frames",
    );
  }
  const frames = Array.from({ length: count }, (_, t) =>
    difference(padded.subarray(t * hop, t * hop + frameLength)).slice(),
  );
  return { firstPeriod, frames };
}

/** `numpy.finfo(float64).tiny`. */
const tiny = 2.2250738585072014e-308;

/**
 * The same for single frames.
 *
 * @returns The first row's period in samples, and a function from a frame, shape `[frameLength]`, to its row of numbers,
 *   in an array that the next call overwrites.
 * @throws TonewrightError `bad-option` for a range of pitches that the rate or the frame does not hold.
 */
export function createPeriodFrame({
  sampleRate,
  fminHz,
  fmaxHz,
  frameLength,
}: Pick<PitchOptions, "sampleRate" | "fminHz" | "fmaxHz"> & { readonly frameLength: number }) {
  const firstPeriod = Math.floor(sampleRate / fmaxHz);
  const lastPeriod = Math.min(Math.ceil(sampleRate / fminHz), frameLength - 1);
  if (!(fminHz > 0 && fmaxHz > fminHz && fmaxHz <= sampleRate / 2 && lastPeriod > firstPeriod + 1)) {
    throw new TonewrightError(
      "bad-option",
      `pitches from ${fminHz} to ${fmaxHz} Hz in frames of ${frameLength} samples at ${sampleRate} Hz`,
      "give a range below half the sample rate, and frames that hold two periods of its lowest pitch",
    );
  }
  const correlationOf = createAutocorrelation(frameLength);
  const result = new Float64Array(lastPeriod - firstPeriod + 1);
  const difference = (frame: Float64Array): Float64Array => {
    const correlation = correlationOf(frame);
    let energy = 0;
    let sum = 0;
    for (let lag = 1; lag <= lastPeriod; lag++) {
      energy += frame[lag - 1]! ** 2;
      const unlike = 2 * (correlation[0]! - correlation[lag]!) - energy;
      sum += unlike;
      if (lag >= firstPeriod) result[lag - firstPeriod] = unlike / (sum / lag + tiny);
    }
    return result;
  };
  return { firstPeriod, difference };
}
