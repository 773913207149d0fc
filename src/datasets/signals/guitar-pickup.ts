import type { Random } from "../../signal/index.ts";
import { finishSound } from "./finish-sound.ts";
import { between, logBetween } from "./random-choices.ts";
import { applySecondOrder } from "./second-order-filter.ts";

/** What a pickup and a cable make of strings: a resonance, and little above it; then the sound is finished. */
export function throughPickup(
  strings: Float64Array,
  {
    random,
    sampleRate,
    resonanceHz: [low, high] = [2500, 7000],
  }: { readonly random: Random; readonly sampleRate: number; readonly resonanceHz?: readonly [number, number] },
): Float64Array {
  const frequencyHz = logBetween(random, low, high);
  applySecondOrder(strings, { kind: "low", frequencyHz, quality: between(random, 0.7, 1.7), sampleRate });
  return finishSound(strings, sampleRate);
}
