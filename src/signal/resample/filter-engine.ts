import { createKernels, createPlainKernels, type Kernels } from "../../kernels/index.ts";
import type { Samples } from "../matrix.ts";
import type { FilterBank } from "./filter-bank.ts";
import type { RateRatio } from "./rate-ratio.ts";

/** What a resampler computes in, and the type of what goes in and comes out. */
export type Precision = "float32" | "float64";

/** Outputs, and inputs beyond the filter's own length, of one kernel call: what stays in the second cache. */
export const blockSamples = 8192;

/** One heap for each precision, shared by all resamplers: it holds nothing between two calls but the last filter. */
interface Engine {
  readonly kernels: Kernels;
  bank: FilterBank | undefined;
}

const engines: Partial<Record<Precision, Engine>> = {};

/**
 * Overwrites `output` with its length in filtered samples.
 *
 * @param bank - The filter.
 * @param options.position - Of the first output, behind the instant of input `taps / 2 - 1`, in parts `1 / up` of an input
 *   sample; below `up`.
 * @param options.input - All that the outputs depend on.
 * @param options.output - At most `blockSamples`.
 */
export function runFilter(
  bank: FilterBank,
  {
    precision,
    ratio: { up, down },
    position,
    input,
    output,
  }: {
    readonly precision: Precision;
    readonly ratio: RateRatio;
    readonly position: number;
    readonly input: Samples;
    readonly output: Samples;
  },
): void {
  engines[precision] ??= createEngine(precision);
  const engine = engines[precision];
  const { kernels } = engine;
  const { taps, phases, rows } = bank;
  const rowsAt = kernels.base;
  const outputAt = rowsAt + rows.length;
  const inputAt = outputAt + blockSamples;
  kernels.reserve(inputAt + input.length);
  if (engine.bank !== bank) {
    kernels.heap.set(rows, rowsAt);
    engine.bank = bank;
  }
  kernels.heap.set(input, inputAt);
  const n = output.length;
  if (phases === 0) kernels.firResample(n, taps, up, down, position, rowsAt, inputAt, outputAt);
  else kernels.firResampleBetween(n, taps, phases, up, down, position, rowsAt, inputAt, outputAt);
  output.set(kernels.heap.subarray(outputAt, outputAt + n));
}

/** The `simd` build although `relaxed` may be faster: a resampled sound is to have the same samples on every machine. */
function createEngine(precision: Precision): Engine {
  return { kernels: precision === "float32" ? createKernels("simd") : createPlainKernels(), bank: undefined };
}
