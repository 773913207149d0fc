import { TonewrightError } from "../../errors/index.ts";
import { finishTone } from "./finish-sound.ts";
import { highestTone, requireFrequency, soundLength, type SoundRequest } from "./sound-request.ts";

/**
 * An exponential sine sweep: every octave takes the same time.
 *
 * Convolved with its time-reversed copy under a gain that falls by 6 dB per octave it gives a device's linear response,
 * with the harmonics' responses before it. The ends are faded for 5 ms, nothing else is done to it.
 *
 * @param request - Rate and length; nothing is left to chance.
 * @param request.lowHz - 20 Hz by default.
 * @param request.highHz - By default 20 kHz or 45 % of the sample rate.
 * @param request.direction - `up` by default.
 * @returns Shape `[samples]`, peak 1.
 * @throws TonewrightError `signal-rate`, `signal-length`, `signal-option`.
 * @see Farina 2000, "Simultaneous measurement of impulse response and distortion with a swept-sine technique"
 */
export function sweep(
  request: SoundRequest & { readonly lowHz?: number; readonly highHz?: number; readonly direction?: "up" | "down" },
): Float64Array {
  const { sampleRate, lowHz = 20, highHz = highestTone(sampleRate), direction = "up" } = request;
  const out = new Float64Array(soundLength(request));
  requireFrequency("the sweep's low end", lowHz, sampleRate);
  requireFrequency("the sweep's high end", highHz, sampleRate);
  if (!(highHz > lowHz)) {
    throw new TonewrightError(
      "signal-option",
      `a sweep from ${lowHz} to ${highHz} Hz`,
      'give a high end above the low end, and `direction: "down"` to go down',
    );
  }
  const rate = Math.log(highHz / lowHz) / out.length; // per sample
  const scale = (2 * Math.PI * lowHz) / (sampleRate * rate);
  for (let n = 0; n < out.length; n++) out[n] = Math.sin(scale * Math.expm1(rate * n));
  if (direction === "down") out.reverse();
  return finishTone(out, sampleRate);
}
