import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { stftOptionNames } from "../spectrum/stft.ts";
import { checkSamples } from "../check-sound.ts";
import type { Samples } from "../matrix.ts";
import { istft } from "../spectrum/istft.ts";
import { resolveStft, type StftOptions, stft } from "../spectrum/stft.ts";
import { phaseVocoder } from "./phase-vocoder.ts";

/**
 * A signal played faster or slower at its own pitch.
 *
 * A phase vocoder: attacks become softer the further the rate is from 1. Cannot be computed live, since time itself
 * changes.
 *
 * @param x - Shape `[samples]`.
 * @param options.rate - 2 is twice as fast, 0.5 half as fast.
 * @returns Shape `[round(samples / rate)]`.
 * @throws TonewrightError `bad-option` for a rate that is not above 0, and as `stft` does.
 * @see librosa.effects.time_stretch 0.11
 */
export function timeStretch(x: Samples, options: { readonly rate: number } & StftOptions): Float64Array {
  checkSamples("timeStretch(x, options)", x);
  checkOptions("timeStretch(x, options)", options, { ...stftOptionNames, rate: true });
  const { rate, ...framing } = options;
  if (!(rate > 0 && Number.isFinite(rate))) {
    throw new TonewrightError("bad-option", `timeStretch: a rate of ${rate}`, "give a rate above 0; 1 changes nothing");
  }
  const { fftSize, hop } = resolveStft(framing);
  const { padMode: _, ...framed } = framing;
  const length = Math.max(1, Math.round(x.length / rate));
  return istft(phaseVocoder(stft(x, framing), { rate, hop }), { ...framed, fftSize, hop, length });
}
