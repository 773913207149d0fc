import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkSamples } from "../check-sound.ts";
import type { Samples } from "../matrix.ts";

/** How a fade rises: evenly, as a raised cosine (no corners), or so that two crossed fades keep the power. */
export type FadeShape = "linear" | "cosine" | "equal-power";

const curves: Readonly<Record<FadeShape, (part: number) => number>> = {
  linear: (part) => part,
  cosine: (part) => 0.5 - 0.5 * Math.cos(Math.PI * part),
  "equal-power": (part) => Math.sin((Math.PI / 2) * part),
};

/**
 * The signal with its beginning and end faded.
 *
 * The first sample of a fade in is 0, the first one after it is untouched; a fade out is the mirror image.
 *
 * @param x - Shape `[samples]`.
 * @param options.sampleRate - Hz.
 * @param options.fadeInSeconds - 0 by default.
 * @param options.fadeOutSeconds - 0 by default.
 * @param options.shape - `cosine` by default.
 * @returns Shape `[samples]`, a new array of the type of `x`.
 * @throws TonewrightError `bad-option` if a length is negative or not finite, or the fades are longer than the sound.
 */
export function fade<S extends Samples>(
  x: S,
  options: {
    readonly sampleRate: number;
    readonly fadeInSeconds?: number;
    readonly fadeOutSeconds?: number;
    readonly shape?: FadeShape;
  },
): S {
  checkSamples("fade(x, options)", x);
  checkOptions("fade(x, options)", options, {
    sampleRate: true,
    fadeInSeconds: false,
    fadeOutSeconds: false,
    shape: false,
  });
  const { sampleRate, fadeInSeconds = 0, fadeOutSeconds = 0, shape = "cosine" } = options;
  const fadeIn = Math.round(fadeInSeconds * sampleRate);
  const fadeOut = Math.round(fadeOutSeconds * sampleRate);
  if (!(fadeIn >= 0 && fadeOut >= 0 && fadeIn + fadeOut <= x.length)) {
    throw new TonewrightError(
      "bad-option",
      `fades of ${fadeInSeconds} s and ${fadeOutSeconds} s in ${x.length} samples at ${sampleRate} Hz`,
      "give fades from 0 s up that fit into the sound one after the other",
    );
  }
  const curve = curves[shape];
  if (curve === undefined) {
    throw new TonewrightError(
      "bad-option",
      `fade: there is no shape "${shape}"`,
      "choose linear, cosine or equal-power",
    );
  }
  const y = x.slice() as S;
  for (let n = 0; n < fadeIn; n++) y[n]! *= curve(n / fadeIn);
  for (let n = 0; n < fadeOut; n++) y[y.length - 1 - n]! *= curve(n / fadeOut);
  return y;
}
