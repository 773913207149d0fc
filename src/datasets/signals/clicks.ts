import { amplitudeFromDb, createRandom } from "../../signal/index.ts";
import { scaleToPeak } from "./finish-sound.ts";
import { between, happens, logBetween } from "./random-choices.ts";
import { soundLength, type SoundRequest } from "./sound-request.ts";

/**
 * Impulses of one sample and clicks of up to a millisecond, with silence between them to hear what a device makes of them.
 *
 * Each comes with its opposite right behind it or two milliseconds later, so that nothing constant is left.
 *
 * @param request - Seed, rate and length.
 * @param request.gapSeconds - From one click to the next, shortest and longest; 0.03 to 0.15 s by default.
 * @returns Shape `[samples]`, peak 1, zero for 5 ms at both ends.
 * @throws TonewrightError `signal-rate`, `signal-length`.
 */
export function clicks(request: SoundRequest & { readonly gapSeconds?: readonly [number, number] }): Float64Array {
  const { seed, sampleRate, gapSeconds: [shortest, longest] = [0.03, 0.15] } = request;
  const random = createRandom(seed);
  const out = new Float64Array(soundLength(request));
  const rest = Math.round(0.005 * sampleRate);
  for (let start = rest; start < out.length; ) {
    const width = happens(random, 0.4) ? 1 : Math.max(1, Math.round(logBetween(random, 5e-5, 1e-3) * sampleRate));
    const apart = happens(random, 0.5) ? width : Math.max(width, Math.round(0.002 * sampleRate));
    const amplitude = amplitudeFromDb(-24 * random.uniform() ** 2) * (happens(random, 0.5) ? 1 : -1);
    if (start + apart + width < out.length - rest) {
      for (let n = 0; n < width; n++) {
        const value = width === 1 ? amplitude : amplitude * Math.sin((Math.PI * (n + 0.5)) / width) ** 2;
        out[start + n] = out[start + n]! + value;
        out[start + apart + n] = out[start + apart + n]! - value;
      }
    }
    start += apart + width + Math.max(1, Math.round(between(random, shortest, longest) * sampleRate));
  }
  return scaleToPeak(out, 1);
}
