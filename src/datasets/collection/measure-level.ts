/** How loud a recording is, and what is wrong with its numbers. */
export interface LevelFacts {
  /** Largest absolute sample of all channels, linear. */
  readonly peak: number;
  /** Root mean square over all channels, linear. */
  readonly rms: number;
  /** Mean of the channel whose mean is farthest from 0. */
  readonly offset: number;
  /** Samples that are NaN or infinite; they count as 0 elsewhere. */
  readonly nonFinite: number;
  /** Stretches of three samples and more that are flat at full scale; after lossy compression, at it or beyond. */
  readonly clippedRuns: number;
  /** Samples in them. */
  readonly clippedSamples: number;
  /** Where the first begins; null without one. */
  readonly clippedAt: number | null;
  /** Channels that are all zeros, beside others that are not. */
  readonly deadChannels: number;
  /** All channels hold the same samples, and there are at least two. */
  readonly sameChannels: boolean;
}

/** Measures a recording block by block. */
export interface LevelMeter {
  /** @param channels - Shape `[channels][samples]`. */
  push(channels: readonly Float32Array[]): void;
  end(): LevelFacts;
}

/**
 * A meter for one recording.
 *
 * @param options.channels - How many there are.
 * @param options.sampleRate - Hz.
 * @param options.encoding - How the file stores a sample: integers reach full scale one step below 1.
 */
export function createLevelMeter({
  channels: count,
  sampleRate,
  encoding,
}: {
  readonly channels: number;
  readonly sampleRate: number;
  readonly encoding: string;
}): LevelMeter {
  const { fullScale, flatness } = clippingRule(encoding);
  const states = Array.from({ length: count }, () => ({ sum: 0, energy: 0, peak: 0, run: 0, last: 0 }));
  let [samples, nonFinite, runs, clipped, clippedAt] = [0, 0, 0, 0, Number.POSITIVE_INFINITY];
  let sameChannels = count > 1;

  return {
    push(channels) {
      const first = channels[0] ?? new Float32Array(0);
      for (const [c, block] of channels.entries()) {
        const state = states[c]!;
        let { sum, energy, peak, run, last } = state;
        for (let n = 0; n < block.length; n++) {
          const value = block[n]!;
          const size = Math.abs(value);
          if (!(size < Number.POSITIVE_INFINITY)) {
            nonFinite++;
            run = 0;
            continue;
          }
          sum += value;
          energy += value * value;
          if (size > peak) peak = size;
          if (size < fullScale) {
            run = 0;
            continue;
          }
          run = run > 0 && Math.abs(value - last) <= flatness ? run + 1 : 1;
          last = value;
          if (run === SHORTEST_RUN) {
            runs++;
            clipped += SHORTEST_RUN;
            clippedAt = Math.min(clippedAt, samples + n - SHORTEST_RUN + 1);
          } else if (run > SHORTEST_RUN) clipped++;
        }
        Object.assign(state, { sum, energy, peak, run, last });
        if (sameChannels && c > 0) sameChannels = block.every((value, n) => Object.is(value, first[n]));
      }
      samples += first.length;
    },
    end() {
      const peak = Math.max(0, ...states.map((state) => state.peak));
      const means = states.map(({ sum }) => sum / Math.max(1, samples));
      const energy = states.reduce((total, state) => total + state.energy, 0);
      return {
        peak,
        rms: Math.sqrt(energy / Math.max(1, samples * count)),
        offset: means.reduce((worst, mean) => (Math.abs(mean) > Math.abs(worst) ? mean : worst), 0),
        nonFinite,
        clippedRuns: runs,
        clippedSamples: clipped,
        clippedAt: runs === 0 ? null : clippedAt / sampleRate,
        deadChannels: peak === 0 ? 0 : states.filter((state) => state.peak === 0).length,
        sameChannels,
      };
    },
  };
}

const SHORTEST_RUN = 3;

/** From where on a sample is at full scale, and how far the next may lie from it to be flat. */
function clippingRule(encoding: string): { readonly fullScale: number; readonly flatness: number } {
  const bits = /^pcm(8|16|24)$/.exec(encoding)?.[1];
  const step = bits === undefined ? 1e-6 : 2 ** (1 - Number(bits));
  if (/^(pcm|float)\d/.test(encoding)) return { fullScale: 1 - 1.5 * step, flatness: 1.5 * step };
  // Lossy compression makes flat tops uneven and lets some go beyond full scale; the sides still differ by 2.
  return { fullScale: 0.998, flatness: 1 };
}
