/**
 * The signal with its treble raised: `y[n] = x[n] - coefficient * x[n-1]`, with `x[-1] = 0`.
 *
 * @param x - Shape `[samples]`.
 * @param options.coefficient - 0 (no change) to 1; 0.85 is usual for amplifier models.
 * @returns Shape `[samples]`, float64.
 * @see Wright & Välimäki 2019, https://arxiv.org/abs/1911.08922
 */
export function preEmphasis(
  x: Float32Array | Float64Array,
  { coefficient = 0.85 }: { readonly coefficient?: number } = {},
): Float64Array {
  const y = new Float64Array(x.length);
  let previous = 0;
  for (let n = 0; n < x.length; n++) {
    y[n] = x[n]! - coefficient * previous;
    previous = x[n]!;
  }
  return y;
}
