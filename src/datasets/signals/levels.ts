import { TonewrightError } from "../../errors/index.ts";
import { amplitudeFromDb, createRandom, type Random } from "../../signal/index.ts";
import { fadeEnds, fadeSeconds } from "./finish-sound.ts";
import { choose, happens, logBetween } from "./random-choices.ts";
import { highestTone, requireFrequency, soundLength, type SoundRequest } from "./sound-request.ts";

/** The levels that a ramp or stairs go through, and the tone that shows them. */
export interface LevelOptions {
  /** dBFS of the quiet end; -80 by default. */
  readonly lowDb?: number;
  /** dBFS of the loud end; 0 by default. */
  readonly highDb?: number;
  /** By the seed if absent. */
  readonly direction?: "up" | "down";
  /** Of the tone, Hz; by the seed if absent, with a second tone for half of the seeds. */
  readonly frequencyHz?: number;
}

/**
 * A tone that grows evenly in dB, so that a device is seen at every level.
 *
 * @param request - Seed, rate, length and levels.
 * @returns Shape `[samples]`, peak at `highDb`; ends faded for 5 ms.
 * @throws TonewrightError `signal-rate`, `signal-length`, `signal-option`.
 */
export function levelRamp(request: SoundRequest & LevelOptions): Float64Array {
  const { lowDb, highDb, falls, out } = toneAndLevels(request);
  const slope = (highDb - lowDb) / Math.max(1, out.length - 1);
  for (let n = 0; n < out.length; n++) {
    out[n] = out[n]! * amplitudeFromDb(lowDb + slope * (falls ? out.length - 1 - n : n));
  }
  fadeEnds(out, Math.round(fadeSeconds * request.sampleRate));
  return out;
}

/**
 * A tone in stairs of equal steps in dB: at each stair one reads what comes out for what goes in.
 *
 * @param request - Seed, rate, length and levels.
 * @param request.stepDb - Height of a stair; by default so many that each lasts 60 ms or more, 2 dB at the least.
 * @returns Shape `[samples]`, peak at `highDb`; from stair to stair the level glides for 2 ms.
 * @throws TonewrightError `signal-rate`, `signal-length`, `signal-option`.
 */
export function levelSteps(request: SoundRequest & LevelOptions & { readonly stepDb?: number }): Float64Array {
  const { sampleRate, seconds } = request;
  const { lowDb, highDb, falls, out } = toneAndLevels(request);
  const stepDb = request.stepDb ?? Math.max(2, (highDb - lowDb) / Math.max(1, Math.floor(seconds / 0.06) - 1));
  if (!(stepDb > 0)) throw new TonewrightError("signal-option", `stairs of ${stepDb} dB`, "give a step above 0 dB");
  const stairs = Math.max(1, Math.floor((highDb - lowDb) / stepDb + 1e-9) + 1);
  const glide = 0.002 * sampleRate;
  for (let n = 0; n < out.length; n++) {
    const position = (stairs * (falls ? out.length - 1 - n : n)) / out.length;
    const stair = Math.min(stairs - 1, Math.floor(position));
    const sinceSamples = ((position - stair) * out.length) / stairs;
    const climbed = stair === 0 ? 1 : Math.min(1, sinceSamples / glide);
    out[n] = out[n]! * amplitudeFromDb(highDb - (stairs - stair - climbed) * stepDb);
  }
  fadeEnds(out, Math.round(fadeSeconds * sampleRate));
  return out;
}

function toneAndLevels(request: SoundRequest & LevelOptions) {
  const { seed, sampleRate, lowDb = -80, highDb = 0 } = request;
  if (!(lowDb <= highDb && lowDb >= -200 && highDb <= 0)) {
    throw new TonewrightError(
      "signal-option",
      `levels from ${lowDb} to ${highDb} dBFS`,
      "give a quiet end of -200 dBFS or more and a loud end above it, at most 0 dBFS",
    );
  }
  const random = createRandom(seed);
  const direction = request.direction ?? choose(random, ["up", "down"] as const);
  const out = new Float64Array(soundLength(request));
  if (request.frequencyHz === undefined) chooseTone(out, sampleRate, random);
  else playTone(out, [request.frequencyHz], sampleRate);
  return { lowDb, highDb, falls: direction === "down", out };
}

function chooseTone(out: Float64Array, sampleRate: number, random: Random): void {
  const frequencyHz = logBetween(random, 60, Math.min(2000, 0.2 * sampleRate));
  const second = frequencyHz * (1 + 4 * random.uniform());
  playTone(
    out,
    happens(random, 0.5) && second < highestTone(sampleRate) ? [frequencyHz, second] : [frequencyHz],
    sampleRate,
  );
}

/** Fills `out` with sines whose amplitudes add up to 1. */
function playTone(out: Float64Array, frequenciesHz: readonly number[], sampleRate: number): void {
  for (const hertz of frequenciesHz) {
    requireFrequency("the tone", hertz, sampleRate);
    const omega = (2 * Math.PI * hertz) / sampleRate;
    for (let n = 0; n < out.length; n++) out[n] = out[n]! + Math.sin(omega * n) / frequenciesHz.length;
  }
}
