import { powerSpectrum } from "../../signal/index.ts";

/**
 * Amplitude of a sine of one frequency in a signal (rectangular window: exact for whole periods).
 *
 * For tests, as is everything in this file: generators are judged by measuring what they made.
 */
export function toneAmplitude(x: Float64Array | Float32Array, hertz: number, sampleRate: number): number {
  let re = 0;
  let im = 0;
  for (let n = 0; n < x.length; n++) {
    const angle = (2 * Math.PI * hertz * n) / sampleRate;
    re += x[n]! * Math.cos(angle);
    im += x[n]! * Math.sin(angle);
  }
  return (2 * Math.hypot(re, im)) / x.length;
}

/** The same through a Hann window: neighbours a few bins away do not leak in. */
export function windowedAmplitude(x: Float64Array | Float32Array, hertz: number, sampleRate: number): number {
  const windowed = Float64Array.from(x, (v, n) => 2 * v * Math.sin((Math.PI * n) / x.length) ** 2);
  return toneAmplitude(windowed, hertz, sampleRate);
}

/** The frequency within a semitone of the given one at which a signal is strongest, to half a cent. */
export function pitchNear(x: Float64Array | Float32Array, nearHz: number, sampleRate: number): number {
  let best = nearHz;
  for (const stepCents of [8, 0.5]) {
    const centre = best;
    for (let k = -16; k <= 16; k++) {
      const hertz = centre * 2 ** ((k * stepCents) / 1200);
      if (windowedAmplitude(x, hertz, sampleRate) > windowedAmplitude(x, best, sampleRate)) best = hertz;
    }
  }
  return best;
}

/** Power between two frequencies, in dB of the power of the whole. */
export function bandShareDb(
  x: Float64Array | Float32Array,
  [lowHz, highHz]: readonly [number, number],
  sampleRate: number,
): number {
  const { frequencyHz, powerPerHz } = powerSpectrum(x, { sampleRate, fftSize: 4096 });
  let inside = 0;
  let all = 0;
  for (let k = 0; k < frequencyHz.length; k++) {
    all += powerPerHz[k]!;
    if (frequencyHz[k]! >= lowHz && frequencyHz[k]! < highHz) inside += powerPerHz[k]!;
  }
  return 10 * Math.log10(inside / all + 1e-30);
}

/** Largest step from a sample to the next one. */
export function largestJump(x: Float64Array | Float32Array): number {
  let largest = Math.abs(x[0] ?? 0);
  for (let n = 1; n < x.length; n++) largest = Math.max(largest, Math.abs(x[n]! - x[n - 1]!));
  return largest;
}

/** Mean of all samples as a part of their root mean square. */
export function constantShare(x: Float64Array | Float32Array): number {
  let [sum, energy] = [0, 0];
  for (let n = 0; n < x.length; n++) {
    sum += x[n]!;
    energy += x[n]! * x[n]!;
  }
  return Math.abs(sum / x.length) / Math.sqrt(energy / x.length);
}
