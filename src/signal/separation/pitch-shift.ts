import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { stftOptionNames } from "../spectrum/stft.ts";
import { checkSamples } from "../check-sound.ts";
import { fitLength } from "../level/fit-length.ts";
import type { Samples } from "../matrix.ts";
import { resample } from "../resample/resample.ts";
import type { StftOptions } from "../spectrum/stft.ts";
import { timeStretch } from "./time-stretch.ts";

/**
 * A signal at another pitch, of the same length: stretched, then played back at another rate.
 *
 * Formants move along, so voices change their character. Cannot be computed live, as `timeStretch` cannot.
 *
 * @param x - Shape `[samples]`.
 * @param options.semitones - Above 0 is higher; fractions are welcome.
 * @returns Shape `[samples]`.
 * @throws TonewrightError `bad-option` for semitones that are not finite or beyond 60, and as `stft` does.
 * @see librosa.effects.pitch_shift 0.11
 */
export function pitchShift(x: Samples, options: { readonly semitones: number } & StftOptions): Float64Array {
  checkSamples("pitchShift(x, options)", x);
  checkOptions("pitchShift(x, options)", options, { ...stftOptionNames, semitones: true });
  const { semitones, ...framing } = options;
  if (!(Math.abs(semitones) <= 60)) {
    throw new TonewrightError(
      "bad-option",
      `pitchShift: ${semitones} semitones`,
      "give a number from -60 to 60; 12 is an octave up",
    );
  }
  const rate = 2 ** (-semitones / 12);
  const stretched = timeStretch(x, { rate, ...framing });
  return fitLength(resample(stretched, { from: 1 / rate, to: 1 }), { length: x.length });
}
