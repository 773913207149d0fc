import { TonewrightError } from "../../errors/index.ts";
import { createRandom, type Random } from "../../signal/index.ts";
import { finishTone } from "./finish-sound.ts";
import { highestTone, requireFrequency, soundLength, type SoundRequest } from "./sound-request.ts";

/** The tones of a multi-tone and how they start. */
export interface MultiToneOptions {
  /** 31 by default. */
  readonly tones?: number;
  /** 20 Hz by default. */
  readonly lowHz?: number;
  /** By default 20 kHz or 45 % of the sample rate. */
  readonly highHz?: number;
  /** Even over the octaves or over the Hz; `octaves` by default. */
  readonly spacing?: "octaves" | "hertz";
  /**
   * `random` depends on the seed. `schroeder` keeps the peaks low where the spacing is even over the Hz, and is the default
   * there; over the octaves it does no better than chance.
   */
  readonly phases?: "schroeder" | "random";
  /** All tones are whole multiples of its reciprocal; 0.25 s or the whole length by default. */
  readonly periodSeconds?: number;
}

/** Frequencies, amplitudes and phases of a multi-tone; `multiTone` plays it. */
export interface MultiTonePlan {
  /** Hz, rising; shape `[tones]`. */
  readonly frequenciesHz: Float64Array;
  /** Radians, of cosines at time 0; shape `[tones]`. */
  readonly phases: Float64Array;
}

/**
 * Many sines of one amplitude at once: what comes out at other frequencies is distortion.
 *
 * Low tones that would fall together on one multiple of the period are moved apart. Except for faded ends (5 ms) the signal
 * repeats with the period, so one period cut from it has lines without leakage.
 *
 * @param request - Seed, rate, length and tones.
 * @returns Shape `[samples]`, peak 1.
 * @throws TonewrightError `signal-rate`, `signal-length`, `signal-option`.
 * @see Schroeder 1970, "Synthesis of low-peak-factor signals and binary sequences with low autocorrelation", for
 *   tones of one power
 */
export function multiTone(request: SoundRequest & MultiToneOptions): Float64Array {
  const { sampleRate } = request;
  const out = new Float64Array(soundLength(request));
  const { frequenciesHz, phases } = planMultiTone(request);
  for (const [k, hertz] of frequenciesHz.entries()) {
    const omega = (2 * Math.PI * hertz) / sampleRate;
    const [turnRe, turnIm] = [Math.cos(omega), Math.sin(omega)];
    let [re, im] = [0, 0];
    for (let n = 0; n < out.length; n++) {
      if (n % 4096 === 0) {
        // The turns lose about a bit in a thousand steps: begin anew from the exact angle.
        re = Math.cos(omega * n + phases[k]!);
        im = Math.sin(omega * n + phases[k]!);
      }
      out[n] = out[n]! + re;
      const next = re * turnRe - im * turnIm;
      im = re * turnIm + im * turnRe;
      re = next;
    }
  }
  return finishTone(out, sampleRate);
}

/**
 * The tones that `multiTone` plays for the same request.
 *
 * @throws TonewrightError `signal-option` if the period has no room for so many tones.
 */
export function planMultiTone(request: SoundRequest & MultiToneOptions): MultiTonePlan {
  const { seed, sampleRate, seconds, tones = 31, lowHz = 20, highHz = highestTone(sampleRate) } = request;
  const { spacing = "octaves", periodSeconds = Math.min(0.25, seconds) } = request;
  const way = request.phases ?? (spacing === "hertz" ? "schroeder" : "random");
  requireFrequency("the lowest tone", lowHz, sampleRate);
  requireFrequency("the highest tone", highHz, sampleRate);
  const spacingHz = 1 / periodSeconds;
  const room = Math.floor(highHz * periodSeconds) - Math.max(1, Math.ceil(lowHz * periodSeconds - 0.5)) + 1;
  if (!(Number.isInteger(tones) && tones >= 1 && tones <= room)) {
    throw new TonewrightError(
      "signal-option",
      `${tones} tones from ${lowHz} to ${highHz} Hz that repeat every ${periodSeconds} s`,
      `give a whole number of tones from 1 to ${Math.max(1, room)}, or a longer period`,
    );
  }
  const range = [lowHz * periodSeconds, highHz * periodSeconds] as const;
  const lines = spacing === "octaves" ? octaveLines(tones, range) : evenLines(tones, range);
  const frequenciesHz = Float64Array.from(lines, (line) => line * spacingHz);
  const random = createRandom(seed);
  return {
    frequenciesHz,
    phases: way === "random" ? randomPhases(tones, random) : schroederPhases(tones),
  };
}

/** Whole numbers, all different, near even spacing over the octaves from `low` to `high`. */
function octaveLines(count: number, [low, high]: readonly [number, number]): number[] {
  const lines: number[] = [];
  for (let k = 0; k < count; k++) {
    const wanted = Math.round(low * (high / low) ** (count === 1 ? 0 : k / (count - 1)));
    lines.push(Math.max(1, wanted, (lines.at(-1) ?? 0) + 1));
  }
  // Those pushed beyond the end come back down.
  let highest = Math.floor(high);
  for (let k = count - 1; k >= 0 && lines[k]! > highest; k--, highest--) lines[k] = highest;
  return lines;
}

/** Whole numbers of one distance from `low` on, so far apart that the last is near `high`. */
function evenLines(count: number, [low, high]: readonly [number, number]): number[] {
  const first = Math.max(1, Math.round(low));
  const step = Math.max(1, Math.floor((high - first) / Math.max(1, count - 1)));
  return Array.from({ length: count }, (_, k) => first + k * step);
}

/** Each tone is late by a share of the time in which it and its neighbour swing against each other. */
function schroederPhases(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, k) => (-Math.PI * k * (k - 1)) / count);
}

function randomPhases(count: number, random: Random): Float64Array {
  return Float64Array.from({ length: count }, () => 2 * Math.PI * random.uniform());
}
