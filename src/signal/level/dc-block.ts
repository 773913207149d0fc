import { checkOptions } from "../../errors/index.ts";
import { checkSamples } from "../check-sound.ts";

/**
 * The signal without its constant part: `y[n] = x[n] - x[n-1] + pole * y[n-1]`.
 *
 * A signal that begins away from `before` begins with a step that fades over about `1 / (1 - pole)` samples: give its first
 * sample where only changes count. Call it once per segment where recordings start anew.
 *
 * @param x - Shape `[samples]`.
 * @param options.pole - 0 to below 1; 0.995 puts the corner at about 35 Hz for 44.1 kHz.
 * @param options.before - The sample before the first; `y` is 0 there.
 * @returns Shape `[samples]`; computed in float64 and kept so, because it goes into sums.
 * @see J. O. Smith, Introduction to Digital Filters, "DC Blocker"
 */
export function dcBlock(
  x: Float32Array | Float64Array,
  options: { readonly pole?: number; readonly before?: number } = {},
): Float64Array {
  checkSamples("dcBlock(x, options)", x);
  checkOptions("dcBlock(x, options)", options, { pole: false, before: false });
  const { pole = 0.995, before = 0 } = options;
  const y = new Float64Array(x.length);
  let previousIn = before;
  let previousOut = 0;
  for (let n = 0; n < x.length; n++) {
    const input = x[n]!;
    previousOut = input - previousIn + pole * previousOut;
    previousIn = input;
    y[n] = previousOut;
  }
  return y;
}
