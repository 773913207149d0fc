import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkSamples } from "../check-sound.ts";
import type { FeatureMatrix } from "../matrix.ts";
import { type WindowName, windowOf } from "../spectrum/window.ts";
import { autocorrelate } from "./autocorrelate.ts";

/** How much of the curve is looked at around each frame. */
export interface TempogramOptions {
  /** Frames under the window. Default 384, about 9 s at 22050 Hz and a hop of 512. */
  readonly windowLength?: number | undefined;
  readonly window?: WindowName | undefined;
  /** Whether the window is centred on its frame. Default true. */
  readonly center?: boolean | undefined;
  /** Whether every column is divided by its largest value. Default true. */
  readonly normalise?: boolean | undefined;
}

/**
 * How well the onset curve around each frame repeats after 0, 1, 2 … frames.
 *
 * Live it lags behind by half a window.
 *
 * @param strength - From `onsetStrength`, shape `[frames]`.
 * @returns Shape `[windowLength, frames]`; row k is a period of k frames.
 * @throws TonewrightError `bad-option` for a window below 1; `signal-too-short` if uncentred frames do not fit.
 * @see Grosche, Müller & Kurth 2010; librosa.feature.tempogram 0.11
 */
export function tempogram(strength: Float64Array, options: TempogramOptions = {}): FeatureMatrix {
  checkSamples("tempogram(strength, options)", strength);
  checkOptions("tempogram(strength, options)", options, {
    windowLength: false,
    window: false,
    center: false,
    normalise: false,
  });
  const { windowLength = 384, window = "hann", center = true, normalise = true } = options;
  if (!(Number.isInteger(windowLength) && windowLength >= 1)) {
    throw new TonewrightError(
      "bad-option",
      `tempogram: a window of ${windowLength} frames`,
      "give a whole number from 1",
    );
  }
  const curve = center ? withRamps(strength, Math.floor(windowLength / 2)) : strength;
  const frames = center ? strength.length : curve.length - windowLength + 1;
  if (frames < 1) {
    throw new TonewrightError(
      "signal-too-short",
      `tempogram: ${strength.length} frames under a window of ${windowLength}`,
      "give a longer signal or a shorter window",
    );
  }
  const weights = windowOf(window, windowLength);
  const values = new Float64Array(windowLength * frames);
  const part = new Float64Array(windowLength);
  for (let t = 0; t < frames; t++) {
    for (let n = 0; n < windowLength; n++) part[n] = weights[n]! * (curve[t + n] ?? 0);
    const correlation = autocorrelate(part);
    const most = correlation.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    const scale = normalise && most > smallestNorm ? 1 / most : 1;
    for (let k = 0; k < windowLength; k++) values[k * frames + t] = scale * correlation[k]!;
  }
  return { rows: windowLength, frames, values };
}

/** Columns that are smaller stay as they are: `numpy.finfo(float64).tiny`. */
const smallestNorm = 2.2250738585072014e-308;

/** The curve with straight lines from 0 before it and to 0 after it (numpy.pad "linear_ramp"). */
function withRamps(curve: Float64Array, length: number): Float64Array {
  const padded = new Float64Array(curve.length + 2 * length);
  padded.set(curve, length);
  const [first, last] = [curve[0] ?? 0, curve.at(-1) ?? 0];
  for (let n = 0; n < length; n++) {
    padded[n] = (first * n) / length;
    padded[padded.length - 1 - n] = (last * n) / length;
  }
  return padded;
}
