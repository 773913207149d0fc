import { createSampleHash } from "../collection/sample-hash.ts";

/** What is known of one file of a pair when it was heard to its end. */
export interface HeardKnobFile {
  /** Hz. */
  readonly sampleRate: number;
  readonly samples: number;
  /** Equal for equal sounds. */
  readonly hash: string;
  /** Largest absolute sample. */
  readonly peak: number;
  readonly mean: number;
  /** Share of the samples at full scale in runs of three and more. */
  readonly clippedShare: number;
  /** The stretch with the most energy, 20 s at most, as sample indices: what delays are measured on. */
  readonly loudest: { readonly start: number; readonly end: number };
}

/** Hears one file from beginning to end. */
export interface KnobListener {
  /** @param block - Shape `[samples]`, the next piece, of any length. */
  push(block: Float32Array): void;
  /** Only once. */
  end(): HeardKnobFile;
}

/** More than this says nothing new about a delay. */
const heardSeconds = 20;

/**
 * A listener that keeps what `judgeKnobPair` needs to know, and none of the sound: a number for each second.
 *
 * @param options.sampleRate - Hz.
 */
export function createKnobListener({ sampleRate }: { readonly sampleRate: number }): KnobListener {
  const hash = createSampleHash({ channels: 1, sampleRate });
  const energies: number[] = [];
  let [samples, peak, energy, sum] = [0, 0, 0, 0];
  let [clipped, run, before] = [0, 0, 0];
  return {
    push(block) {
      hash.push([block]);
      let left = sampleRate - (samples % sampleRate);
      for (let n = 0; n < block.length; n++) {
        const value = block[n]!;
        const size = Math.abs(value);
        if (size > peak) peak = size;
        // Where three samples in a row are the same and at full scale (or beyond it) a converter ran out of range.
        if (size < 0.999) run = 0;
        else {
          run = run > 0 && value === before ? run + 1 : 1;
          if (run === 3) clipped += 3;
          else if (run > 3) clipped++;
        }
        before = value;
        energy += value * value;
        sum += value;
        left--;
        if (left === 0) {
          energies.push(energy);
          [energy, left] = [0, sampleRate];
        }
      }
      samples += block.length;
    },
    end: () => ({
      sampleRate,
      samples,
      hash: hash.end(),
      peak,
      mean: samples === 0 ? 0 : sum / samples,
      clippedShare: samples === 0 ? 0 : clipped / samples,
      loudest: loudest(energies, { samples, sampleRate }),
    }),
  };
}

/** All of a sound that is short. */
function loudest(
  energies: readonly number[],
  { samples, sampleRate }: { readonly samples: number; readonly sampleRate: number },
): { start: number; end: number } {
  if (energies.length <= heardSeconds) return { start: 0, end: Math.min(samples, heardSeconds * sampleRate) };
  let sum = energies.slice(0, heardSeconds).reduce((total, energy) => total + energy, 0);
  let [best, most] = [0, sum];
  for (let k = 1; k + heardSeconds <= energies.length; k++) {
    sum += energies[k + heardSeconds - 1]! - energies[k - 1]!;
    if (sum > most) [best, most] = [k, sum];
  }
  return { start: best * sampleRate, end: (best + heardSeconds) * sampleRate };
}
