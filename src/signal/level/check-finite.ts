import { TonewrightError } from "../../errors/index.ts";
import type { Samples } from "../matrix.ts";

/**
 * Refuses NaN and infinities where they first appear.
 *
 * @param x - Shape `[samples]`.
 * @param options.where - Begins the message: `channel 2: `.
 * @param options.sampleRate - Hz; with it the message gives the time.
 * @param options.firstSample - Where `x` begins in the whole sound.
 * @throws TonewrightError `non-finite-samples`.
 */
export function checkFinite(
  x: Samples,
  {
    where = "",
    sampleRate,
    firstSample = 0,
  }: { readonly where?: string; readonly sampleRate?: number; readonly firstSample?: number } = {},
): void {
  for (let n = 0; n < x.length; n++) {
    if (Number.isFinite(x[n]!)) continue;
    const place = firstSample + n;
    const time = sampleRate === undefined ? "" : ` (at ${(place / sampleRate).toFixed(4)} s)`;
    throw new TonewrightError(
      "non-finite-samples",
      `${where}sample ${place}${time} is ${x[n]}`,
      "repair the recording: find what produced it, or replace the sample",
    );
  }
}
