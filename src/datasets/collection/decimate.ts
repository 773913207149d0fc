/** Lowers the rate of a stream of samples by a whole factor. */
export interface Decimator {
  /** Hz, of what comes out. */
  readonly rate: number;
  /** What can be said after these samples; a view that the next call overwrites. */
  push(samples: Float32Array): Float64Array;
  /** The rest, as if silence followed. */
  end(): Float64Array;
}

/**
 * A low-pass and then every `factor`-th sample, with the largest factor that leaves at least `lowestRate`.
 *
 * Flat up to 0.4 of `lowestRate`; what would fold back below that is at least 40 dB down. Sample `n` that comes out is
 * at the time of sample `n * factor` that went in, whatever the sizes of the pieces.
 *
 * @param options.sampleRate - Hz, of what goes in; left alone if it is below twice `lowestRate`.
 * @param options.lowestRate - Hz.
 */
export function createDecimator({
  sampleRate,
  lowestRate,
}: {
  readonly sampleRate: number;
  readonly lowestRate: number;
}): Decimator {
  const factor = Math.max(1, Math.floor(sampleRate / lowestRate));
  const taps = factor === 1 ? Float64Array.of(1) : lowPass(factor);
  const reach = (taps.length - 1) / 2;
  // What outputs to come still need; it begins as the silence before the first sample.
  let input = new Float64Array(reach + 8192);
  let filled = reach;
  let output = new Float64Array(0);

  function push(samples: Float32Array): Float64Array {
    if (filled + samples.length > input.length) {
      const grown = new Float64Array(2 * (filled + samples.length));
      grown.set(input.subarray(0, filled));
      input = grown;
    }
    input.set(samples, filled);
    filled += samples.length;
    const most = Math.ceil(filled / factor);
    if (most > output.length) output = new Float64Array(most);
    let [count, at] = [0, 0];
    for (; at + taps.length <= filled; at += factor) {
      // The filter is symmetric around its middle; two sums, since each addition waits for the one before.
      const middle = at + reach;
      let even = taps[reach]! * input[middle]!;
      let odd = 0;
      for (let k = 1; k < reach; k += 2) {
        even += taps[reach + k]! * (input[middle + k]! + input[middle - k]!);
        odd += taps[reach + k + 1]! * (input[middle + k + 1]! + input[middle - k - 1]!);
      }
      output[count++] = even + odd;
    }
    input.copyWithin(0, at, filled);
    filled -= at;
    return output.subarray(0, count);
  }

  return { rate: sampleRate / factor, push, end: () => push(new Float32Array(reach)) };
}

/** A sinc under a Hann window, `16 * factor + 1` taps with the sum 1; its edge is half the rate that comes out. */
function lowPass(factor: number): Float64Array {
  const reach = 8 * factor;
  const taps = Float64Array.from({ length: 2 * reach + 1 }, (_, k) => {
    const x = (k - reach) / factor;
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    return sinc * (0.5 + 0.5 * Math.cos((Math.PI * (k - reach)) / (reach + 1)));
  });
  const sum = taps.reduce((total, value) => total + value, 0);
  return taps.map((value) => value / sum);
}
