import type { Span } from "../signal/index.ts";

/**
 * The samples of some spans, one after the other.
 *
 * @param x - Shape `[samples]`.
 * @param spans - Within the signal, in any order.
 * @returns Shape `[sum of the spans' lengths]`; use `spanLengths` for the `segments` of a metric.
 */
export function concatenateSpans(x: Float32Array, spans: readonly Span[]): Float32Array {
  const joined = new Float32Array(spanLengths(spans).reduce((sum, length) => sum + length, 0));
  let position = 0;
  for (const { start, end } of spans) {
    if (start < 0 || end > x.length || start > end) {
      throw new Error(`bug: span ${start} to ${end} of a signal of ${x.length} samples`);
    }
    joined.set(x.subarray(start, end), position);
    position += end - start;
  }
  return joined;
}

/** Length of each span in samples. */
export function spanLengths(spans: readonly Span[]): number[] {
  return spans.map(({ start, end }) => end - start);
}
