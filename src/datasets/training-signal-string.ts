import type { Random } from "../signal/index.ts";

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
  /** The pitch glides up by this much over the first part of the note. */
  readonly bendSemitones?: number;
}

/** Samples between two pitch corrections of a bend. */
const bendInterval = 32;

/** The finger's damping at the end of a note. */
const releaseSeconds = 0.008;

/**
 * Adds the sound of one plucked string to `out`, which is overwritten from sample `start` on.
 *
 * A short burst of noise runs around a delay of one period; each time a filter takes some of it, more at high
 * frequencies. The delay is read between samples by cubic interpolation, so the string is in tune at any sample rate.
 *
 * @param out - Shape `[samples]`; what reaches beyond its end is lost.
 * @param pluck - The note; its frequency is at most a quarter of the sample rate.
 * @param options.start - Sample of `out` at which the pick leaves the string.
 * @see Karplus & Strong 1983, "Digital synthesis of plucked-string and drum timbres"
 * @see Jaffe & Smith 1983, "Extensions of the Karplus-Strong plucked-string algorithm", for pick position and decay
 */
export function addPluck(
  out: Float64Array,
  pluck: Pluck,
  { start, sampleRate, random }: { readonly start: number; readonly sampleRate: number; readonly random: Random },
): void {
  const length = Math.min(Math.round(pluck.seconds * sampleRate), out.length - start);
  const burst = pickBurst(pluck, sampleRate, random);
  const y = new Float64Array(Math.max(0, length));
  y.set(burst.subarray(0, y.length));

  const bend = pluck.bendSemitones ?? 0;
  let taps = loopTaps(pluck, pluck.frequencyHz, sampleRate);
  for (let n = 0; n < y.length; n++) {
    if (bend !== 0 && n % bendInterval === 0) {
      const progress = Math.min(1, (2.5 * n) / y.length);
      const semitones = bend * progress * progress * (3 - 2 * progress);
      taps = loopTaps(pluck, pluck.frequencyHz * 2 ** (semitones / 12), sampleRate);
    }
    const { nearest, weights } = taps;
    const count = Math.min(weights.length, n - nearest + 1); // fewer in the first turn: before the pluck was rest
    let returned = 0;
    for (let k = 0; k < count; k++) returned += weights[k]! * y[n - nearest - k]!;
    y[n]! += returned;
  }

  const release = Math.max(1, Math.round(releaseSeconds * sampleRate));
  for (let n = 0; n < y.length; n++) {
    const left = (y.length - n) / release;
    const gain = left >= 1 ? 1 : 0.5 - 0.5 * Math.cos(Math.PI * left);
    out[start + n] = (out[start + n] ?? 0) + gain * (y[n] ?? 0);
  }
}

/** The pick's push: a period of noise, duller for soft plucks, less itself at the pick's distance from the bridge. */
function pickBurst({ frequencyHz, velocity, pickPosition }: Pluck, sampleRate: number, random: Random): Float64Array {
  const period = Math.round(sampleRate / frequencyHz);
  const distance = Math.max(1, Math.round(period * pickPosition));
  const cutoffHz = 150 * 2 ** (3 * velocity); // above it 6 dB per octave, as for a string pulled aside
  const pole = Math.exp((-2 * Math.PI * cutoffHz) / sampleRate);
  const noise = new Float64Array(period);
  let smooth = 0;
  let sum = 0;
  for (let n = 0; n < period; n++) {
    smooth += (1 - pole) * (random.uniform() * 2 - 1 - smooth);
    noise[n] = smooth;
    sum += smooth;
  }
  let energy = 0;
  for (let n = 0; n < period; n++) {
    noise[n] = (noise[n] ?? 0) - sum / period; // a constant would go around the loop as well
    energy += (noise[n] ?? 0) ** 2;
  }
  const scale = velocity / Math.sqrt(energy / period + 1e-30);
  const burst = new Float64Array(period + distance);
  for (let n = 0; n < burst.length; n++) burst[n] = scale * ((noise[n] ?? 0) - (noise[n - distance] ?? 0));
  return burst;
}

interface LoopTaps {
  /** Delay, in samples, of the first weight. */
  readonly nearest: number;
  readonly weights: Float64Array;
}

/** One turn of the loop: a delay of one period, the decay, and the overtones' faster decay, in one set of weights. */
function loopTaps(pluck: Pluck, frequencyHz: number, sampleRate: number): LoopTaps {
  const period = sampleRate / frequencyHz;
  const whole = Math.floor(period);
  const d = period - whole;
  const turnSeconds = 1 / frequencyHz;
  const gain = 10 ** ((-3 * turnSeconds) / pluck.decaySeconds);
  const overtoneGain = 10 ** ((-3 * turnSeconds) / pluck.overtoneDecaySeconds);
  const omega = (2 * Math.PI * Math.min(4000, sampleRate / 5)) / sampleRate;
  const smoothing = smoothingTaps(Math.max(0, -2 * Math.log(overtoneGain / gain)) / omega ** 2, whole - 3);
  const reach = (smoothing.length - 1) / 2;
  // Cubic Lagrange between the delays `whole` and `whole + 1`, from the points at whole - 1 to whole + 2.
  const cubic = [
    (-d * (d - 1) * (d - 2)) / 6,
    ((d + 1) * (d - 1) * (d - 2)) / 2,
    (-(d + 1) * d * (d - 2)) / 2,
    ((d + 1) * d * (d - 1)) / 6,
  ];
  const weights = new Float64Array(cubic.length + 2 * reach);
  for (const [j, point] of cubic.entries()) {
    for (const [k, part] of smoothing.entries()) weights[j + k]! += gain * point * part;
  }
  return { nearest: whole - 1 - reach, weights };
}

/**
 * Symmetric weights of sum 1 that pass a frequency of w radians per sample with about `exp(-variance w² / 2)`.
 *
 * Up to a variance of 1/2 three weights do; beyond, the highest frequencies would turn over, and a bell takes over.
 */
function smoothingTaps(variance: number, longestReach: number): Float64Array {
  if (variance <= 0.5) return Float64Array.of(variance / 2, 1 - variance, variance / 2);
  const reach = Math.max(1, Math.min(longestReach, Math.ceil(3 * Math.sqrt(variance))));
  const taps = Float64Array.from({ length: 2 * reach + 1 }, (_, k) => Math.exp(-((k - reach) ** 2) / (2 * variance)));
  const sum = taps.reduce((total, v) => total + v, 0);
  return taps.map((v) => v / sum);
}
