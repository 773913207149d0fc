/**
 * What a guitar's pickup and cable make of the strings: a resonance, and little above it.
 *
 * @param x - Shape `[samples]`; overwritten.
 * @param options.resonanceHz - Below half the sample rate.
 * @param options.quality - Height of the resonance: 0.7 is none, 2 is 6 dB.
 * @see Zölzer, "DAFX", section 2.2, for the coefficients of the second-order low-pass
 */
export function applyPickup(
  x: Float64Array,
  {
    resonanceHz,
    quality,
    sampleRate,
  }: { readonly resonanceHz: number; readonly quality: number; readonly sampleRate: number },
): void {
  const k = Math.tan((Math.PI * Math.min(resonanceHz, 0.45 * sampleRate)) / sampleRate);
  const norm = 1 / (1 + k / quality + k * k);
  const b = k * k * norm;
  const a1 = 2 * (k * k - 1) * norm;
  const a2 = (1 - k / quality + k * k) * norm;
  let s1 = 0;
  let s2 = 0;
  for (let n = 0; n < x.length; n++) {
    const v = x[n]!;
    const y = b * v + s1;
    s1 = 2 * b * v - a1 * y + s2;
    s2 = b * v - a2 * y;
    x[n] = y;
  }
}
