import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkSamples } from "../check-sound.ts";
import type { Samples } from "../matrix.ts";

/** Which part of the sound keeps its place: the rest is cut off or filled with zeros. */
export type Alignment = "start" | "center" | "end";

/**
 * The signal with exactly so many samples, cut or filled with zeros.
 *
 * @param x - Shape `[samples]`.
 * @param options.length - Samples, 0 or more.
 * @param options.align - `start` (the default) cuts or fills at the end, `end` at the beginning, `center` at both; of an odd
 *   number of samples the larger half goes to the end.
 * @returns Shape `[length]`, a new array of the type of `x`.
 * @throws TonewrightError `bad-option` for a length that is no whole number from 0.
 * @see librosa.util.fix_length and pad_center
 */
export function fitLength<S extends Samples>(
  x: S,
  options: { readonly length: number; readonly align?: Alignment },
): S {
  checkSamples("fitLength(x, options)", x);
  checkOptions("fitLength(x, options)", options, { length: true, align: false });
  const { length, align = "start" } = options;
  if (!Number.isInteger(length) || length < 0) {
    throw new TonewrightError("bad-option", `fitLength: ${length} samples`, "give a whole number from 0");
  }
  const y = (x instanceof Float32Array ? new Float32Array(length) : new Float64Array(length)) as S;
  const surplus = x.length - length;
  const share = { start: 0, center: 0.5, end: 1 }[align];
  if (share === undefined) {
    throw new TonewrightError("bad-option", `fitLength: there is no "${align}"`, "choose start, center or end");
  }
  if (surplus >= 0) y.set(x.subarray(Math.floor(surplus * share), Math.floor(surplus * share) + length));
  else y.set(x, Math.floor(-surplus * share));
  return y;
}
