import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkSamples } from "../check-sound.ts";
import { checkFinite } from "../level/check-finite.ts";
import type { Samples } from "../matrix.ts";

/**
 * Coefficients of the all-pole filter that predicts a signal from its past, by Burg's method.
 *
 * The signal was `x[n] = -a[1] x[n-1] - … + error`: the envelope of its spectrum is `1 / |A|`, its resonances the roots
 * of `A`. Give a stretch in which the sound does not change (20 to 50 ms of speech). Live: per block.
 *
 * @param x - Shape `[samples]`, more than `order`.
 * @param options.order - From 1; two per resonance, and one or two for the slope.
 * @returns Shape `[order + 1]`; the first is 1. All zeros behind it for silence.
 * @throws TonewrightError `bad-option`, `signal-too-short`, `non-finite-samples`.
 * @see librosa.lpc 0.11; Marple 1980
 */
export function lpc(x: Samples, options: { readonly order: number }): Float64Array {
  checkSamples("lpc(x, options)", x);
  checkOptions("lpc(x, options)", options, { order: true });
  const { order } = options;
  if (!Number.isInteger(order) || order < 1) {
    throw new TonewrightError("bad-option", `lpc: the order is ${order}`, "give a whole number from 1");
  }
  if (x.length <= order) {
    throw new TonewrightError(
      "signal-too-short",
      `lpc: ${x.length} samples are too few for order ${order}`,
      `give at least ${order + 1} samples, or a lower order`,
    );
  }
  checkFinite(x);
  const a = new Float64Array(order + 1);
  const before = new Float64Array(order + 1);
  a[0] = 1;
  // forward[n] and backward[n] are the errors of predicting a stretch of samples from either side.
  let length = x.length - 1;
  const forward = Float64Array.from({ length }, (_, n) => x[n + 1]!);
  const backward = Float64Array.from({ length }, (_, n) => x[n]!);
  let energy = 0;
  for (let n = 0; n < length; n++) energy += forward[n]! ** 2 + backward[n]! ** 2;
  for (let i = 0; i < order; i++) {
    let product = 0;
    for (let n = 0; n < length; n++) product += backward[n]! * forward[n]!;
    const reflection = (-2 * product) / (energy + Number.MIN_VALUE * 2 ** 52);
    before.set(a);
    for (let j = 1; j <= i + 1; j++) a[j] = before[j]! + reflection * before[i + 1 - j]!;
    for (let n = 0; n < length; n++) {
      const ahead = forward[n]!;
      forward[n] = ahead + reflection * backward[n]!;
      backward[n]! += reflection * ahead;
    }
    energy = (1 - reflection * reflection) * energy - backward[length - 1]! ** 2 - forward[0]! ** 2;
    forward.copyWithin(0, 1, length);
    length--;
  }
  return a;
}
