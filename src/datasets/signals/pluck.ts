import type { Random } from "../../signal/index.ts";
import { type LoopSettings, loopSettings } from "./string-loop.ts";
import type { PitchCurve } from "./pitch-curve.ts";

/** One note of a plucked string. */
export interface Pluck {
  readonly frequencyHz: number;
  /** Until the finger stops the string. */
  readonly seconds: number;
  /** 0 to 1; a soft pluck is also a dull one. */
  readonly velocity: number;
  /** Time in which the fundamental falls by 60 dB. */
  readonly decaySeconds: number;
  /** The same for the overtones at 4 kHz; shorter. */
  readonly overtoneDecaySeconds: number;
  /** Where the pick hits, as a part of the string; overtones with a node there are missing. */
  readonly pickPosition: number;
  /** Where the pickup listens, as a part of the string; overtones with a node there are missing too. */
  readonly pickupPosition?: number;
  /** 0 for a push of noise, 1 for a single stroke, whose overtones start together. Default 0.5. */
  readonly strike?: number;
  /** Bends, vibrato, hammer-ons; within an octave of the note. */
  readonly pitch?: PitchCurve | undefined;
  /** Fingers that strike the string again, softly, without the pick: hammer-ons and pull-offs. */
  readonly taps?: readonly { readonly atSeconds: number; readonly velocity: number }[] | undefined;
}

/** Where a note begins in a signal, and what decides its chances. */
export interface PluckPlace {
  /** Sample of the signal at which the pick leaves the string. */
  readonly start: number;
  readonly sampleRate: number;
  readonly random: Random;
}

/** Samples over which a moving pitch goes on a straight line. */
const pitchInterval = 16;

/** The finger's damping at the end of a note. */
const releaseSeconds = 0.008;

/**
 * Adds the sound of one plucked string to `out`, which is overwritten from sample `start` on.
 *
 * A short push runs around a delay of one period; each time a filter takes some of it, more at high frequencies. The
 * delay is read between samples by cubic interpolation, so the string is in tune at any sample rate.
 *
 * @param out - Shape `[samples]`; what reaches beyond its end is lost.
 * @param pluck - The note; its frequency is at most a fifth of the sample rate at any time.
 * @param place - Where it begins.
 * @see Karplus & Strong 1983, "Digital synthesis of plucked-string and drum timbres"
 * @see Jaffe & Smith 1983, "Extensions of the Karplus-Strong plucked-string algorithm", for pick position and decay
 */
export function addPluck(out: Float64Array, pluck: Pluck, { start, sampleRate, random }: PluckPlace): void {
  const length = Math.min(Math.round(pluck.seconds * sampleRate), out.length - start);
  if (length <= 0) return;
  const before = Math.ceil((2 * sampleRate) / pluck.frequencyHz) + 4; // rest, as long as the delay can become
  const y = new Float64Array(before + length);
  addPush(y, before, { pluck, sampleRate, random });
  for (const { atSeconds, velocity } of pluck.taps ?? []) {
    const at = before + Math.round(atSeconds * sampleRate);
    const tap = { ...pluck, velocity, strike: 0.2, pickPosition: 0.5 };
    if (at < y.length) addPush(y, at, { pluck: tap, sampleRate, random });
  }
  if (pluck.pitch === undefined) ring(y, before, loopSettings(pluck, pluck.frequencyHz, sampleRate));
  else ringMoving(y, before, { pluck, pitch: pluck.pitch, sampleRate });
  const release = Math.max(1, Math.round(releaseSeconds * sampleRate));
  const steady = Math.max(0, length - release);
  for (let n = 0; n < steady; n++) out[start + n] = out[start + n]! + y[before + n]!;
  for (let n = steady; n < length; n++) {
    const gain = 0.5 - 0.5 * Math.cos((Math.PI * (length - n)) / release);
    out[start + n] = out[start + n]! + gain * y[before + n]!;
  }
}

/** Turns the push in `y` into a ringing string with one pitch. */
function ring(y: Float64Array, from: number, { delay, pole, gain }: LoopSettings): void {
  const whole = Math.floor(delay);
  const d = delay - whole;
  const scale = gain * (1 - pole);
  // Cubic Lagrange between the delays `whole` and `whole + 1`, from the points at whole - 1 to whole + 2.
  const c0 = (scale * (-d * (d - 1) * (d - 2))) / 6;
  const c1 = (scale * ((d + 1) * (d - 1) * (d - 2))) / 2;
  const c2 = (scale * (-(d + 1) * d * (d - 2))) / 2;
  const c3 = (scale * ((d + 1) * d * (d - 1))) / 6;
  let smooth = 0;
  for (let n = from, at = from - whole; n < y.length; n++, at++) {
    smooth = c0 * y[at + 1]! + c1 * y[at]! + c2 * y[at - 1]! + c3 * y[at - 2]! + pole * smooth;
    y[n] = y[n]! + smooth;
  }
}

/** The same with a pitch that moves; the delay goes on straight lines between points `pitchInterval` apart. */
function ringMoving(
  y: Float64Array,
  from: number,
  { pluck, pitch, sampleRate }: { readonly pluck: Pluck; readonly pitch: PitchCurve; readonly sampleRate: number },
): void {
  const settingsAt = (n: number): LoopSettings => {
    const semitones = Math.max(-12, Math.min(12, pitch((n - from) / sampleRate)));
    return loopSettings(pluck, pluck.frequencyHz * 2 ** (semitones / 12), sampleRate);
  };
  let next = settingsAt(from);
  let smooth = 0;
  for (let block = from; block < y.length; block += pitchInterval) {
    const { pole, gain, delay } = next;
    next = settingsAt(block + pitchInterval);
    const slope = (next.delay - delay) / pitchInterval;
    const scale = gain * (1 - pole);
    const end = Math.min(y.length, block + pitchInterval);
    for (let n = block; n < end; n++) {
      const now = delay + slope * (n - block);
      const whole = Math.floor(now);
      const d = now - whole;
      const at = n - whole;
      const [e, f, g] = [d + 1, d - 1, d - 2];
      const read =
        (-d * f * g * y[at + 1]! + e * d * f * y[at - 2]!) / 6 + (e * f * g * y[at]! - e * d * g * y[at - 1]!) / 2;
      smooth = scale * read + pole * smooth;
      y[n] = y[n]! + smooth;
    }
  }
}

/** Adds the pick's push: duller for soft plucks, less itself at the pick's distance from the bridge, and the pickup's. */
function addPush(
  y: Float64Array,
  at: number,
  { pluck, sampleRate, random }: { readonly pluck: Pluck; readonly sampleRate: number; readonly random: Random },
): void {
  const { frequencyHz, velocity, pickPosition, pickupPosition, strike = 0.5 } = pluck;
  const period = Math.max(2, Math.round(sampleRate / frequencyHz));
  const cutoffHz = 150 * 2 ** (3 * velocity); // above it 6 dB per octave, as for a string pulled aside
  const pole = Math.exp((-2 * Math.PI * cutoffHz) / sampleRate);
  const push = new Float64Array(period);
  const stroke = strike * Math.sqrt(period / 3); // as strong as a period of the noise
  let smooth = 0;
  let sum = 0;
  for (let n = 0; n < period; n++) {
    const noise = (1 - strike) * (random.uniform() * 2 - 1);
    smooth += (1 - pole) * (noise + (n === 0 ? stroke : 0) - smooth);
    push[n] = smooth;
    sum += smooth;
  }
  let energy = 0;
  for (let n = 0; n < period; n++) {
    push[n] = push[n]! - sum / period; // a constant would go around the loop as well
    energy += push[n]! ** 2;
  }
  const scale = velocity / Math.sqrt(energy / period + 1e-30);
  const pick = Math.max(1, Math.round(period * pickPosition));
  const pickup = pickupPosition === undefined ? undefined : Math.max(1, Math.round(period * pickupPosition));
  const copies: readonly (readonly [delay: number, gain: number])[] = [
    [0, scale],
    [pick, -scale],
    ...(pickup === undefined
      ? []
      : ([
          [pickup, -scale],
          [pick + pickup, scale],
        ] as const)),
  ];
  for (const [delay, gain] of copies) {
    const first = at + delay;
    const count = Math.min(period, y.length - first);
    for (let n = 0; n < count; n++) y[first + n] = y[first + n]! + gain * push[n]!;
  }
}
