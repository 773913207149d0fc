import { isTonewrightError } from "../../errors/index.ts";
import { estimateAlignment } from "../alignment.ts";
import { createSampleHash } from "../collection/sample-hash.ts";

/** What is measured on a dry file and its wet one. */
export interface KnobPairFacts {
  /** Hz. */
  readonly sampleRate: number;
  /** Hz, of the target; differs only in faulty datasets. */
  readonly targetRate: number;
  readonly inputSamples: number;
  readonly targetSamples: number;
  /** Equal for equal inputs. */
  readonly inputHash: string;
  /** Largest absolute sample. */
  readonly inputPeak: number;
  readonly targetPeak: number;
  /** Share of the target's samples at full scale in runs of three and more. */
  readonly clippedShare: number;
  /** How the target lies against the input; null if that cannot be told. */
  readonly lag: {
    /** Positive if the target comes later. */
    readonly samples: number;
    readonly polarity: 1 | -1;
    readonly correlation: number;
    /** How far the match stands out; unrelated sounds reach 13. */
    readonly prominence: number;
  } | null;
}

/** More than this says nothing new about the delay. */
const heardSeconds = 20;

/**
 * Facts about one pair of a dataset, for `inspectKnobDataset`.
 *
 * Delay and polarity are measured on the loudest 20 s.
 *
 * @param input - Dry, shape `[samples]`.
 * @param target - Wet, any length.
 */
export function measureKnobPair(
  input: Float32Array,
  target: Float32Array,
  { sampleRate, targetRate = sampleRate }: { readonly sampleRate: number; readonly targetRate?: number },
): KnobPairFacts {
  const hash = createSampleHash({ channels: 1, sampleRate });
  hash.push([input]);
  return {
    sampleRate,
    targetRate,
    inputSamples: input.length,
    targetSamples: target.length,
    inputHash: hash.end(),
    inputPeak: peakOf(input),
    targetPeak: peakOf(target),
    clippedShare: clippedShareOf(target),
    lag: sampleRate === targetRate ? lagOf(input, target, sampleRate) : null,
  };
}

function lagOf(input: Float32Array, target: Float32Array, sampleRate: number): KnobPairFacts["lag"] {
  const length = Math.min(input.length, target.length);
  const { start, end } = loudest(input.subarray(0, length), sampleRate);
  try {
    const found = estimateAlignment(input.subarray(start, end), target.subarray(start, end), { sampleRate });
    const { delaySamples, polarity, correlation, prominence } = found;
    return { samples: delaySamples, polarity, correlation, prominence: prominence ?? 0 };
  } catch (error) {
    if (isTonewrightError(error)) return null;
    throw error;
  }
}

/** The stretch with the most energy; all of a sound that is short. */
function loudest(x: Float32Array, sampleRate: number): { start: number; end: number } {
  const seconds = Math.floor(x.length / sampleRate);
  if (seconds <= heardSeconds) return { start: 0, end: x.length };
  const energies = Array.from({ length: seconds }, (_, k) => {
    let sum = 0;
    for (let n = k * sampleRate; n < (k + 1) * sampleRate; n++) sum += x[n]! ** 2;
    return sum;
  });
  let sum = energies.slice(0, heardSeconds).reduce((total, energy) => total + energy, 0);
  let [best, most] = [0, sum];
  for (let k = 1; k + heardSeconds <= seconds; k++) {
    sum += energies[k + heardSeconds - 1]! - energies[k - 1]!;
    if (sum > most) [best, most] = [k, sum];
  }
  return { start: best * sampleRate, end: (best + heardSeconds) * sampleRate };
}

function peakOf(x: Float32Array): number {
  let largest = 0;
  for (let n = 0; n < x.length; n++) largest = Math.max(largest, Math.abs(x[n]!));
  return largest;
}

/** Where three samples in a row are the same and at full scale (or beyond it) a converter ran out of range. */
function clippedShareOf(x: Float32Array): number {
  let [clipped, run] = [0, 0];
  for (let n = 0; n < x.length; n++) {
    const flat = Math.abs(x[n]!) >= 0.999 && (run === 0 || x[n] === x[n - 1]);
    run = flat ? run + 1 : Math.abs(x[n]!) >= 0.999 ? 1 : 0;
    if (run === 3) clipped += 3;
    else if (run > 3) clipped++;
  }
  return x.length === 0 ? 0 : clipped / x.length;
}
