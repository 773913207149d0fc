import { checkSamples } from "../check-sound.ts";
/**
 * Root mean square of a signal.
 *
 * A constant offset counts as level: block DC first if it should not.
 *
 * @param x - Shape `[samples]`, linear amplitude.
 * @returns Linear amplitude, `>= 0`; 0 for an empty signal.
 */
export function rms(x: Float32Array | Float64Array): number {
  checkSamples("rms(x)", x);
  let sum = 0;
  for (let n = 0; n < x.length; n++) sum += x[n]! * x[n]!;
  return x.length === 0 ? 0 : Math.sqrt(sum / x.length);
}

/**
 * Largest absolute sample of a signal.
 *
 * The wave between two samples can be higher: this is no true-peak meter.
 *
 * @param x - Shape `[samples]`, linear amplitude.
 * @returns Linear amplitude, `>= 0`; 0 for an empty signal.
 */
export function peak(x: Float32Array | Float64Array): number {
  checkSamples("peak(x)", x);
  let largest = 0;
  for (let n = 0; n < x.length; n++) {
    const size = Math.abs(x[n]!);
    if (size > largest) largest = size;
  }
  return largest;
}

/**
 * Level in dB of a linear amplitude, 0 dB at amplitude 1.
 *
 * @param amplitude - Linear; its sign is ignored.
 * @returns dB; `-Infinity` for 0.
 */
export function dbFromAmplitude(amplitude: number): number {
  return 20 * Math.log10(Math.abs(amplitude));
}

/**
 * Linear amplitude of a level in dB.
 *
 * @param levelDb - dB, 0 dB is amplitude 1.
 * @returns Linear amplitude, `>= 0`.
 */
export function amplitudeFromDb(levelDb: number): number {
  return 10 ** (levelDb / 20);
}
