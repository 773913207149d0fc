import { amplitudeFromDb, dcBlock, peak } from "../../signal/index.ts";

/** Length of the fades at both ends of a sound: too short to hear, too long to click. */
export const fadeSeconds = 0.005;

/** The sample at which the first stroke of a part falls: behind the fade, so that its attack is heard. */
export function firstStroke(sampleRate: number): number {
  return Math.ceil(fadeSeconds * sampleRate);
}

/** A sound ready to be placed: nothing below hearing, faded ends, no constant part, peak 1 (silence stays silence). */
export function finishSound(sound: Float64Array, sampleRate: number): Float64Array {
  return finishTone(withoutConstant(sound, sampleRate), sampleRate);
}

/**
 * As `finishSound`, but without a filter: test tones keep their phases. What constant part is left is subtracted, faded as
 * the tone is. `tone` is overwritten.
 */
export function finishTone(tone: Float64Array, sampleRate: number): Float64Array {
  const fadeLength = Math.round(fadeSeconds * sampleRate);
  fadeEnds(tone, fadeLength);
  const offset = new Float64Array(tone.length).fill(1);
  fadeEnds(offset, fadeLength);
  const share = sum(tone) / (sum(offset) || 1);
  for (let n = 0; n < tone.length; n++) tone[n] = tone[n]! - share * offset[n]!;
  return scaleToPeak(tone, 1);
}

function sum(signal: Float64Array): number {
  let total = 0;
  for (let n = 0; n < signal.length; n++) total += signal[n]!;
  return total;
}

/** The signal, overwritten, with its largest sample at the given amplitude; silence stays silence. */
export function scaleToPeak<T extends Float32Array | Float64Array>(signal: T, amplitude: number): T {
  const largest = peak(signal);
  const scale = largest > 0 ? amplitude / largest : 0;
  for (let n = 0; n < signal.length; n++) signal[n] = signal[n]! * scale;
  return signal;
}

/** Raised-cosine fades over the first and the last samples. `signal` is overwritten. */
export function fadeEnds(signal: Float64Array, fadeLength: number): void {
  const count = Math.min(fadeLength, Math.floor(signal.length / 2));
  for (let n = 0; n < count; n++) {
    const gain = 0.5 - 0.5 * Math.cos((Math.PI * n) / count);
    signal[n] = signal[n]! * gain;
    signal[signal.length - 1 - n] = signal[signal.length - 1 - n]! * gain;
  }
}

/** The signal without what lies below hearing. */
export function withoutConstant(signal: Float64Array, sampleRate: number): Float64Array {
  return dcBlock(signal, { pole: Math.exp((-2 * Math.PI * 15) / sampleRate) });
}

/** Multiplies by a gain that goes evenly in dB from the first sample to the last. `signal` is overwritten. */
export function applyLevelRamp(signal: Float64Array, { fromDb, toDb }: { fromDb: number; toDb: number }): void {
  const step = amplitudeFromDb((toDb - fromDb) / Math.max(1, signal.length - 1));
  let gain = amplitudeFromDb(fromDb);
  for (let n = 0; n < signal.length; n++) {
    signal[n] = signal[n]! * gain;
    gain *= step;
  }
}
