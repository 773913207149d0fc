/** A resonance and what lies below, around or above it. */
export interface SecondOrderFilter {
  readonly kind: "low" | "band" | "high";
  /** Of the resonance; above 45 % of the sample rate it is put there. */
  readonly frequencyHz: number;
  /** Gain at the resonance for low and high: 0.7 is none, 2 is 6 dB. A band has gain 1 there, and is narrower for more. */
  readonly quality: number;
}

/**
 * Filters in place: pickups, drum shells, hats.
 *
 * @param x - Shape `[samples]`; overwritten. The filter starts at rest.
 * @see Zölzer, "DAFX", section 2.2, for the coefficients (bilinear transform, exact at the resonance)
 */
export function applySecondOrder(
  x: Float64Array,
  { kind, frequencyHz, quality, sampleRate }: SecondOrderFilter & { readonly sampleRate: number },
): void {
  const k = Math.tan((Math.PI * Math.min(frequencyHz, 0.45 * sampleRate)) / sampleRate);
  const norm = 1 / (1 + k / quality + k * k);
  const a1 = 2 * (k * k - 1) * norm;
  const a2 = (1 - k / quality + k * k) * norm;
  const [b0, b1, b2] = {
    low: [k * k * norm, 2 * k * k * norm, k * k * norm],
    band: [(k / quality) * norm, 0, (-k / quality) * norm],
    high: [norm, -2 * norm, norm],
  }[kind] as [number, number, number];
  let s1 = 0;
  let s2 = 0;
  for (let n = 0; n < x.length; n++) {
    const v = x[n]!;
    const y = b0 * v + s1;
    s1 = b1 * v - a1 * y + s2;
    s2 = b2 * v - a2 * y;
    x[n] = y;
  }
}
