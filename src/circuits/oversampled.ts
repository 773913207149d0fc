import { TonewrightError } from "../errors/index.ts";
import { downsample, oversamplingReach, upsample } from "../signal/index.ts";

/** Samples per piece: large against the filters' reach, small against any memory. */
const pieceLength = 16_384;

/**
 * A process that runs at a multiple of the sample rate, applied to a signal: sample `n` in and out are the same instant, and
 * harmonics above half the sample rate do not fold back.
 *
 * The work proceeds in pieces, so memory does not grow beyond input and output.
 *
 * @param input - Shape `[samples]`.
 * @param options.factor - Whole number from 1 (nothing is filtered) to 16.
 * @param options.run - Called with source and output, each shape `[n * factor]`, one piece after the other; overwrites
 *   the output and carries its own state.
 * @param options.onProgress - Told how many samples are done.
 * @returns Shape `[samples]`.
 * @throws TonewrightError `oversampling-factor` for another factor.
 */
export function processOversampled(
  input: Float32Array,
  {
    factor,
    run,
    onProgress = () => {},
  }: {
    readonly factor: number;
    readonly run: (source: Float32Array, output: Float32Array) => void;
    readonly onProgress?: ((samples: number) => void) | undefined;
  },
): Float32Array {
  requireOversampling(factor);
  const output = new Float32Array(input.length);
  if (factor === 1) {
    for (let start = 0; start < input.length; start += pieceLength) {
      const end = Math.min(start + pieceLength, input.length);
      run(input.subarray(start, end), output.subarray(start, end));
      onProgress(end);
    }
    return output;
  }
  const reach = oversamplingReach({ factor });
  // What came out from `reach` samples before the piece to `reach` samples after it, which downsampling looks at.
  let results = new Float32Array(2 * reach * factor);
  let doneTo = 0;
  for (let start = 0; start < input.length; start += pieceLength) {
    const end = Math.min(start + pieceLength, input.length);
    const fresh = end + reach - doneTo;
    const source = upsample(padded(input, doneTo - reach, end + 2 * reach), { factor });
    const window = new Float32Array((end - start + 2 * reach) * factor);
    window.set(results.subarray(Math.max(0, results.length - (window.length - fresh * factor))));
    run(source.subarray(reach * factor, (reach + fresh) * factor), window.subarray(window.length - fresh * factor));
    output.set(downsample(window, { factor }).subarray(reach, reach + end - start), start);
    results = window;
    doneTo = end + reach;
    onProgress(end);
  }
  return output;
}

/** The samples from `from` to `to`, with zeros where they lie outside the array. */
function padded(x: Float32Array, from: number, to: number): Float32Array {
  const result = new Float32Array(to - from);
  result.set(x.subarray(Math.max(0, from), Math.min(to, x.length)), Math.max(0, -from));
  return result;
}

/** @throws TonewrightError `oversampling-factor` if the factor is not a whole number from 1 to 16. */
export function requireOversampling(factor: number): void {
  if (Number.isInteger(factor) && factor >= 1 && factor <= 16) return;
  throw new TonewrightError(
    "oversampling-factor",
    `the oversampling factor is ${typeof factor === "string" ? JSON.stringify(factor) : String(factor)}`,
    "give a whole number from 1 (none) to 16",
  );
}
