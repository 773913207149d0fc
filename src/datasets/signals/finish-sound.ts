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

/** As `finishSound`, but without a filter: test tones keep their phases. `tone` is overwritten. */
export function finishTone(tone: Float64Array, sampleRate: number): Float64Array {
  fadeEnds(tone, Math.round(fadeSeconds * sampleRate));
  subtractConstant(tone, { fromDb: 0, toDb: 0, sampleRate });
  return scaleToPeak(tone, 1);
}

/** A finished sound, overwritten, at a level that goes evenly in dB from its start to its end; no constant part comes of it. */
export function applyLevel(sound: Float64Array, level: LevelRamp & { readonly sampleRate: number }): void {
  ramp(sound, level);
  subtractConstant(sound, level);
}

/** Levels at the start and at the end. */
interface LevelRamp {
  readonly fromDb: number;
  readonly toDb: number;
}

/** Takes the mean away in the shape that the sound has: faded, and quiet where it is quiet. `signal` is overwritten. */
function subtractConstant(
  signal: Float64Array,
  { sampleRate, ...level }: LevelRamp & { readonly sampleRate: number },
): void {
  const shape = new Float64Array(signal.length).fill(1);
  fadeEnds(shape, Math.round(fadeSeconds * sampleRate));
  ramp(shape, level);
  const share = sum(signal) / (sum(shape) || 1);
  for (let n = 0; n < signal.length; n++) signal[n] = signal[n]! - share * shape[n]!;
}

function ramp(signal: Float64Array, { fromDb, toDb }: LevelRamp): void {
  const step = amplitudeFromDb((toDb - fromDb) / Math.max(1, signal.length - 1));
  let gain = amplitudeFromDb(fromDb);
  for (let n = 0; n < signal.length; n++) {
    signal[n] = signal[n]! * gain;
    gain *= step;
  }
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
