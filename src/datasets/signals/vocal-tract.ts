/** Samples between two positions of the tongue; the resonances go there on straight lines of their coefficients. */
const controlInterval = 32;

/**
 * A sound through a row of resonances that glide: a mouth that goes from vowel to vowel. `x` is overwritten.
 *
 * Each resonance has gain 1 for the lowest frequencies, so that one after another they keep the levels that a real tube
 * gives them.
 *
 * @param x - Shape `[samples]`.
 * @param options.formantsAt - Frequencies in Hz at a time in seconds, shape `[resonances]`.
 * @param options.widthsHz - Shape `[resonances]`.
 * @see Klatt 1980, "Software for a cascade/parallel formant synthesizer", section I.B, for the resonator
 */
export function applyVocalTract(
  x: Float64Array,
  {
    formantsAt,
    widthsHz,
    sampleRate,
  }: {
    readonly formantsAt: (seconds: number) => readonly number[];
    readonly widthsHz: readonly number[];
    readonly sampleRate: number;
  },
): void {
  for (const [k, widthHz] of widthsHz.entries()) {
    const radius = Math.exp((-Math.PI * widthHz) / sampleRate);
    const c = -radius * radius;
    const bAt = (n: number): number => {
      const hertz = Math.min(0.45 * sampleRate, formantsAt(n / sampleRate)[k] ?? 0);
      return 2 * radius * Math.cos((2 * Math.PI * hertz) / sampleRate);
    };
    if ((formantsAt(0)[k] ?? 0) > 0.42 * sampleRate) continue; // beyond what the rate can hold
    let [y1, y2, next] = [0, 0, bAt(0)];
    for (let block = 0; block < x.length; block += controlInterval) {
      let b = next;
      next = bAt(block + controlInterval);
      const slope = (next - b) / controlInterval;
      const end = Math.min(x.length, block + controlInterval);
      for (let n = block; n < end; n++) {
        const y = (1 - b - c) * x[n]! + b * y1 + c * y2;
        y2 = y1;
        y1 = y;
        x[n] = y;
        b += slope;
      }
    }
  }
}
