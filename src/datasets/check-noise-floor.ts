import { dbFromAmplitude, rms, type Span } from "../signal/index.ts";
import type { Check } from "./check.ts";

/**
 * The `noise-floor` check: what the wet does where the dry rests.
 *
 * Noise cannot be predicted, so its energy over that of the wet is the lowest error any model can reach.
 *
 * @param dry - Shape `[samples]`, aligned with `wet`.
 * @param options.spans - Where to look.
 */
export function checkNoiseFloor(
  dry: Float32Array,
  wet: Float32Array,
  { name, sampleRate, spans }: { readonly name: string; readonly sampleRate: number; readonly spans: readonly Span[] },
): Check {
  const frame = Math.round(FRAME_SECONDS * sampleRate);
  const resting: number[] = [];
  let [energy, count, pause, first] = [0, 0, 0, -1];
  for (const { start, end } of spans) {
    pause = 0;
    for (let n = start; n + frame <= end; n += frame) {
      const level = rms(wet.subarray(n, n + frame));
      energy += level * level;
      count++;
      pause = dbFromAmplitude(rms(dry.subarray(n, n + frame))) < RESTING_DB ? pause + 1 : 0;
      if (pause <= DECAY_FRAMES) continue; // what was played before still rings
      resting.push(level);
      if (first < 0) first = n;
    }
  }
  const base = { id: "noise-floor", about: "wet" } as const;
  if (resting.length < FEWEST_FRAMES || energy === 0) {
    return { ...base, verdict: "pass", message: `the dry never rests long enough to hear the noise of "${name}"` };
  }
  const floor = resting.sort((a, b) => a - b)[Math.floor(resting.length / 2)] ?? 0;
  const floorDb = dbFromAmplitude(floor);
  const below = floorDb - dbFromAmplitude(Math.sqrt(energy / count));
  const seconds = first / sampleRate;
  if (below < NOISY_DB) {
    const level = floor === 0 ? "silent" : `at ${floorDb.toFixed(1)} dBFS, ${(-below).toFixed(0)} dB below its level`;
    return { ...base, verdict: "pass", message: `"${name}" is ${level} while the dry rests`, value: floorDb };
  }
  return {
    ...base,
    verdict: "warn",
    message:
      `"${name}" has noise at ${floorDb.toFixed(1)} dBFS while the dry rests (${seconds.toFixed(2)} s), only ` +
      `${(-below).toFixed(0)} dB below its level: no model can have less than ${(100 * 10 ** (below / 10)).toPrecision(2)} % error`,
    hint: "lower the noise (hum, gain before the device, single-coil pickup near a screen), or accept that limit",
    seconds,
    value: floorDb,
  };
}

const FRAME_SECONDS = 0.05;
const RESTING_DB = -70;
const DECAY_FRAMES = 6;
const FEWEST_FRAMES = 4;
/** Relative to the level of the wet: a floor above this costs 0.1 % of error and more. */
const NOISY_DB = -30;
