import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkSamples } from "../check-sound.ts";
import type { Samples } from "../matrix.ts";

/**
 * What stands before the first and after the last sample: zeros, the signal mirrored without or with its end sample, the
 * end sample repeated, or the signal over again.
 */
export type PadMode = "zero" | "reflect" | "symmetric" | "edge" | "wrap";

/**
 * A signal with something before and after it.
 *
 * @param x - Shape `[samples]`; at least one sample for every mode but `zero`.
 * @returns Shape `[before + samples + after]`.
 * @throws TonewrightError `signal-too-short` for an empty signal that is to be continued.
 * @see numpy.pad, whose values these are
 */
export function pad(
  x: Samples,
  options: { readonly before: number; readonly after: number; readonly mode: PadMode },
): Float64Array {
  checkSamples("pad(x, options)", x);
  checkOptions("pad(x, options)", options, { before: true, after: true, mode: true });
  const { before, after, mode } = options;
  const padded = new Float64Array(before + x.length + after);
  padded.set(x, before);
  if (mode === "zero" || before + after === 0) return padded;
  if (x.length === 0) {
    throw new TonewrightError(
      "signal-too-short",
      `an empty signal cannot be padded by "${mode}"`,
      "give at least one sample, or pad with zeros",
    );
  }
  const source = sourceIndex(mode, x.length);
  for (let n = 0; n < before; n++) padded[n] = x[source(n - before)]!;
  for (let n = x.length; n < x.length + after; n++) padded[before + n] = x[source(n)]!;
  return padded;
}

/** Which sample stands at index n, which may lie outside. */
export function sourceIndex(mode: Exclude<PadMode, "zero">, length: number): (n: number) => number {
  const modulo = (n: number, period: number) => ((n % period) + period) % period;
  if (mode === "edge") return (n) => Math.min(Math.max(n, 0), length - 1);
  if (mode === "wrap") return (n) => modulo(n, length);
  if (mode === "symmetric") {
    return (n) => {
      const at = modulo(n, 2 * length);
      return at < length ? at : 2 * length - 1 - at;
    };
  }
  if (length === 1) return () => 0;
  return (n) => {
    const at = modulo(n, 2 * length - 2);
    return at < length ? at : 2 * length - 2 - at;
  };
}
