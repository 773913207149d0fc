import { TonewrightError } from "../../errors/index.ts";

/** What every generator of test sounds is asked for; each has options of its own besides. */
export interface SoundRequest {
  /** Whole number; the lower 32 bits count. The same request gives the same samples. */
  readonly seed: number;
  /** Hz, 8000 to 768000. */
  readonly sampleRate: number;
  /** Above 0. */
  readonly seconds: number;
}

const [lowestRate, highestRate] = [8000, 768_000];

/** Memory for one copy as float32 is 1 GiB: 93 minutes at 48 kHz. */
const mostSamples = 2 ** 28;

/**
 * The number of samples that were asked for, at least 0.
 *
 * @throws TonewrightError `signal-rate` for rates below 8000 Hz (the highest strings need them) or above 768 kHz.
 * @throws TonewrightError `signal-length` for a length that is negative, no number, or too long for the memory.
 */
export function soundLength({ sampleRate, seconds }: Omit<SoundRequest, "seed">): number {
  if (!(sampleRate >= lowestRate && sampleRate <= highestRate)) {
    throw new TonewrightError(
      "signal-rate",
      `a signal at ${sampleRate} Hz was asked for`,
      `give a sample rate from ${lowestRate} to ${highestRate} Hz, such as 48000`,
    );
  }
  if (!(seconds >= 0 && Number.isFinite(seconds))) {
    throw new TonewrightError("signal-length", `a signal of ${seconds} s was asked for`, "give a length above 0 s");
  }
  const length = Math.round(seconds * sampleRate);
  if (length <= mostSamples) return length;
  throw new TonewrightError(
    "signal-length",
    `a signal of ${seconds} s at ${sampleRate} Hz was asked for, which is ${length} samples`,
    `at this rate the most is ${Math.floor(mostSamples / sampleRate)} s; make several signals with different seeds`,
  );
}

/**
 * Nothing, if a frequency lies where a signal can hold it.
 *
 * @throws TonewrightError `signal-option` if it is not above 0 and below half the sample rate.
 */
export function requireFrequency(name: string, hertz: number, sampleRate: number): void {
  if (hertz > 0 && hertz < sampleRate / 2) return;
  throw new TonewrightError(
    "signal-option",
    `${name} is ${hertz} Hz at a sample rate of ${sampleRate} Hz`,
    "give a frequency above 0 and below half the sample rate",
  );
}

/** The highest frequency that test tones use: hearing's limit, or what stays clear of half the sample rate. */
export function highestTone(sampleRate: number): number {
  return Math.min(20_000, 0.45 * sampleRate);
}
