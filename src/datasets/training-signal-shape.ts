import { TonewrightError } from "../errors/index.ts";
import { amplitudeFromDb, dcBlock, peak } from "../signal/index.ts";

/** Length of the fades at the ends of a piece: too short to hear, too long to click. */
export const fadeSeconds = 0.005;

/**
 * The number of samples asked for.
 *
 * @throws TonewrightError `signal-length` if the rate is below 8000 or the length is negative or not finite.
 */
export function signalLength({
  sampleRate,
  seconds,
}: {
  readonly sampleRate: number;
  readonly seconds: number;
}): number {
  if (sampleRate >= 8000 && Number.isFinite(sampleRate) && seconds >= 0 && Number.isFinite(seconds)) {
    return Math.round(seconds * sampleRate);
  }
  throw new TonewrightError(
    "signal-length",
    `A signal of ${seconds} s at ${sampleRate} Hz was asked for.`,
    "Ask for 0 or more seconds at 8000 Hz or more.",
  );
}

/** The signal with its largest sample at the given level; silence stays silence. */
export function scaledToPeak(signal: Float64Array, levelDb: number): Float32Array {
  const largest = peak(signal);
  const scale = largest > 0 ? amplitudeFromDb(levelDb) / largest : 0;
  return Float32Array.from(signal, (v) => v * scale);
}

/** Raised-cosine fades over the first and the last samples. `signal` is overwritten. */
export function fadeEnds(signal: Float64Array, fadeLength: number): void {
  const count = Math.min(fadeLength, Math.floor(signal.length / 2));
  for (let n = 0; n < count; n++) {
    const gain = 0.5 - 0.5 * Math.cos((Math.PI * n) / count);
    signal[n] = (signal[n] ?? 0) * gain;
    signal[signal.length - 1 - n] = (signal[signal.length - 1 - n] ?? 0) * gain;
  }
}

/** The signal without what lies below hearing. */
export function withoutConstant(signal: Float64Array, sampleRate: number): Float64Array {
  return dcBlock(signal, { pole: Math.exp((-2 * Math.PI * 15) / sampleRate) });
}
