import type { Random } from "../../signal/index.ts";
import { applySecondOrder } from "./second-order-filter.ts";

/** Samples between two values of the pitch. */
const controlInterval = 32;

/** How vocal folds sound before the mouth. */
export interface GlottalSource {
  /** Hz at a time in seconds; below a tenth of the sample rate. */
  readonly pitchAt: (seconds: number) => number;
  /** Part of the sound that is breath, 0 to 1. */
  readonly breath: number;
  /** Quality of the low resonance that a pressed voice has: 0.5 relaxed, 1.5 pressed. */
  readonly pressure: number;
  /** How much one period differs from the next, as a part: 0.005 is a healthy voice. */
  readonly jitter: number;
}

/**
 * The sound of vocal folds, as it leaves the lips when there is no mouth: pulses of air, falling by 6 dB per octave, and
 * breath in their rhythm.
 *
 * The pulses are sums of all harmonics below 45 % of the sample rate in closed form, so nothing folds back.
 *
 * @param length - Samples.
 * @returns Shape `[length]`.
 * @see Winham & Steiglitz 1970, "Input generators for digital sound synthesis", for the closed form
 */
export function glottalSource(
  length: number,
  { pitchAt, breath, pressure, jitter }: GlottalSource,
  { sampleRate, random }: { readonly sampleRate: number; readonly random: Random },
): Float64Array {
  const out = new Float64Array(length);
  let phase = 0;
  let wander = 0;
  let meanHz = 0;
  for (let block = 0; block < length; block += controlInterval) {
    const end = Math.min(length, block + controlInterval);
    wander = 0.9 * wander + jitter * (2 * random.uniform() - 1);
    const hertz = pitchAt(block / sampleRate) * (1 + wander);
    meanHz += (hertz * (end - block)) / length;
    const harmonics = Math.max(1, Math.floor((0.45 * sampleRate) / hertz));
    const step = (2 * Math.PI * hertz) / sampleRate;
    for (let n = block; n < end; n++) {
      const below = 2 * Math.sin(phase / 2);
      const sum = Math.abs(below) < 1e-6 ? harmonics : Math.sin((harmonics + 0.5) * phase) / below - 0.5;
      const noise = breath * Math.sqrt(harmonics) * (2 * random.uniform() - 1) * (0.6 + 0.4 * Math.cos(phase));
      out[n] = (1 - breath) * sum + noise;
      phase += step;
      if (phase > 2 * Math.PI) phase -= 2 * Math.PI;
    }
  }
  // The folds' own low-pass takes 12 dB per octave, the lips give 6 back.
  applySecondOrder(out, { kind: "low", frequencyHz: Math.max(80, 1.2 * meanHz), quality: pressure, sampleRate });
  const corner = Math.exp((-2 * Math.PI * 400) / sampleRate);
  let before = 0;
  for (let n = 0; n < length; n++) {
    const v = out[n]!;
    out[n] = v - corner * before;
    before = v;
  }
  return out;
}
