import { powerSpectrum } from "../../signal/index.ts";

/**
 * Amplitude of a sine of one frequency in a signal (rectangular window: exact for whole periods).
 *
 * For tests, as is everything in this file: generators are judged by measuring what they made.
 */
export function toneAmplitude(x: Float64Array | Float32Array, hertz: number, sampleRate: number): number {
  const omega = (2 * Math.PI * hertz) / sampleRate;
  const [turnRe, turnIm] = [Math.cos(omega), Math.sin(omega)];
  let [sumRe, sumIm, re, im] = [0, 0, 1, 0];
  for (let n = 0; n < x.length; n++) {
    if (n % 1024 === 0) [re, im] = [Math.cos(omega * n), Math.sin(omega * n)]; // against rounding that adds up
    sumRe += x[n]! * re;
    sumIm += x[n]! * im;
    const next = re * turnRe - im * turnIm;
    im = re * turnIm + im * turnRe;
    re = next;
  }
  return (2 * Math.hypot(sumRe, sumIm)) / x.length;
}

/** The same through a Hann window: neighbours a few bins away do not leak in. */
export function windowedAmplitude(x: Float64Array | Float32Array, hertz: number, sampleRate: number): number {
  return toneAmplitude(windowed(x), hertz, sampleRate);
}

/** The frequency within a semitone of the given one at which a signal is strongest, to half a cent. */
export function pitchNear(x: Float64Array | Float32Array, nearHz: number, sampleRate: number): number {
  const seen = windowed(x);
  let [best, strongest] = [nearHz, 0];
  for (const stepCents of [8, 0.5]) {
    const centre = best;
    for (let k = -14; k <= 14; k++) {
      const hertz = centre * 2 ** ((k * stepCents) / 1200);
      const amplitude = toneAmplitude(seen, hertz, sampleRate);
      if (amplitude > strongest) [best, strongest] = [hertz, amplitude];
    }
  }
  return best;
}

function windowed(x: Float64Array | Float32Array): Float64Array {
  const seen = new Float64Array(x.length);
  for (let n = 0; n < x.length; n++) seen[n] = 2 * x[n]! * Math.sin((Math.PI * n) / x.length) ** 2;
  return seen;
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

/** Mean of all samples as a part of their root mean square. */
export function constantShare(x: Float64Array | Float32Array): number {
  let [sum, energy] = [0, 0];
  for (let n = 0; n < x.length; n++) {
    sum += x[n]!;
    energy += x[n]! * x[n]!;
  }
  return Math.abs(sum / x.length) / Math.sqrt(energy / x.length);
}
