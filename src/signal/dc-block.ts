/**
 * The signal without its constant part: `y[n] = x[n] - x[n-1] + pole * y[n-1]`.
 *
 * It starts from rest (`x[-1] = y[-1] = 0`), so a signal that begins away from 0 begins with a step that fades over
 * about `1 / (1 - pole)` samples. Call it once per segment where recordings start anew.
 *
 * @param x - Shape `[samples]`.
 * @param options.pole - 0 to below 1; 0.995 puts the corner at about 35 Hz for 44.1 kHz.
 * @returns Shape `[samples]`; computed in float64 and kept so, because it goes into sums.
 * @see J. O. Smith, Introduction to Digital Filters, "DC Blocker"
 */
export function dcBlock(
  x: Float32Array | Float64Array,
  { pole = 0.995 }: { readonly pole?: number } = {},
): Float64Array {
  const y = new Float64Array(x.length);
  let previousIn = 0;
  let previousOut = 0;
  for (let n = 0; n < x.length; n++) {
    const input = x[n]!;
    previousOut = input - previousIn + pole * previousOut;
    previousIn = input;
    y[n] = previousOut;
  }
  return y;
}
