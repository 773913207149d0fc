import type { Random } from "../../signal/index.ts";
import type { StrokePlace } from "./modes.ts";
import { applySecondOrder, type SecondOrderFilter } from "./second-order-filter.ts";

/** A burst of noise that dies away: wires, cymbals, sticks. */
export interface NoiseStroke {
  /** Root mean square at the start, before the filters. */
  readonly amplitude: number;
  /** Time in which it falls by 60 dB. */
  readonly decaySeconds: number;
  readonly filters: readonly SecondOrderFilter[];
  /** Time in which it rises. Default 0.5 ms. */
  readonly attackSeconds?: number;
}

/** Adds a burst of noise to `out`. */
export function addNoiseStroke(
  out: Float64Array,
  { amplitude, decaySeconds, filters, attackSeconds = 0.0005 }: NoiseStroke,
  { start, sampleRate, random }: StrokePlace & { readonly random: Random },
): void {
  const length = Math.min(out.length - start, Math.ceil(decaySeconds * 1.6 * sampleRate));
  if (length <= 0) return;
  const noise = Float64Array.from({ length }, () => Math.sqrt(3) * amplitude * (2 * random.uniform() - 1));
  for (const filter of filters) applySecondOrder(noise, { ...filter, sampleRate });
  const lossPerSample = 10 ** (-3 / (decaySeconds * sampleRate));
  const attack = Math.max(1, Math.round(attackSeconds * sampleRate));
  let gain = 1;
  for (let n = 0; n < length; n++) {
    const rise = n < attack ? 0.5 - 0.5 * Math.cos((Math.PI * n) / attack) : 1;
    out[start + n] = out[start + n]! + rise * gain * noise[n]!;
    gain *= lossPerSample;
  }
}
