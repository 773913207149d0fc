import { checkLists, checkOptions, TonewrightError } from "../errors/index.ts";
import type { Span } from "../signal/index.ts";
import { requireSameLength } from "./comparable.ts";

/**
 * The gain that brings the dry signal closest to the wet one, in the sense of least squares: the weakest baseline.
 *
 * It is negative for a device that inverts polarity.
 *
 * @param dry - Device input, shape `[samples]`, linear amplitude.
 * @param wet - Device output, aligned, same length.
 * @param options.spans - Where to fit; everywhere by default. Fit on training spans, judge on test spans.
 * @returns Linear factor.
 * @throws TonewrightError `length-mismatch`; `silent-input` if the dry signal has no energy in the spans.
 */
export function fitBestGain(
  dry: Float32Array,
  wet: Float32Array,
  options: { readonly spans?: readonly Span[] } = {},
): number {
  checkLists("fitBestGain(dry, wet, options)", { dry, wet });
  checkOptions("fitBestGain(dry, wet, options)", options, { spans: false });
  const { spans = [{ start: 0, end: dry.length }] } = options;
  requireSameLength("fitBestGain", dry, wet);
  let product = 0;
  let energy = 0;
  for (const { start, end } of spans) {
    for (let n = start; n < end; n++) {
      product += dry[n]! * wet[n]!;
      energy += dry[n]! * dry[n]!;
    }
  }
  if (energy === 0) throw silentInput("fitBestGain", spans);
  return product / energy;
}

/** The error for a baseline that has nothing to be fitted on. */
export function silentInput(baseline: string, spans: readonly Span[]): TonewrightError {
  const samples = spans.reduce((sum, { start, end }) => sum + end - start, 0);
  return new TonewrightError(
    "silent-input",
    `${baseline}: the dry signal is zero in all ${samples} samples to fit on`,
    "choose training spans in which something is played",
  );
}
