import { checkOptions } from "../../errors/index.ts";
import type { Samples } from "../matrix.ts";
import type { Precision } from "./filter-engine.ts";
import type { RateChange } from "./rate-ratio.ts";
import type { ResampleQuality } from "./resample-plan.ts";
import { newSamples, StageChain } from "./stage-chain.ts";

/** A change of sample rate, in progress. */
export interface Resampler<S extends Samples = Float32Array> {
  /**
   * Takes the next samples of one channel and returns those that are complete at the new rate.
   *
   * @throws TonewrightError `non-finite-samples` for NaN or an infinity, with its place in the whole stream.
   * @throws TonewrightError `stream-ended` after the flush.
   */
  push(block: S): S;
  /** Ends the sound and returns the rest of it; after this nothing may be pushed. */
  flush(): S;
}

/** How a resampler changes the rate. */
export interface ResamplerOptions extends RateChange {
  /** `fft` needs the whole sound at once and is refused. */
  readonly quality?: Exclude<ResampleQuality, "fft">;
}

/**
 * One channel resampled as it comes: the outputs of all pushes and of the flush, joined, are those of `resample`, bit for
 * bit, whatever the blocks.
 *
 * The first push returns less than the ratio says, because an output waits for the inputs after it: 110 samples of the
 * lower rate with `best`, 40 with `fast`. Nothing is late in the result: its sample k is the instant `k / to`.
 *
 * @param options.from - Hz.
 * @param options.to - Hz.
 * @param options.quality - `best` by default; see `ResampleQuality`.
 * @param options.precision - What goes in and comes out: `float32` by default. `float64` takes ten times as long and needs
 *   no WebAssembly.
 * @throws TonewrightError `bad-sample-rate` for a rate that is not above 0 and finite.
 * @throws TonewrightError `resample-ratio` if one rate is more than 2^20 times the other, or too far for `scipy`.
 * @throws TonewrightError `bad-option` for the quality `fft`.
 */
export function createResampler(options: ResamplerOptions & { readonly precision?: "float32" }): Resampler;
export function createResampler(options: ResamplerOptions & { readonly precision: "float64" }): Resampler<Float64Array>;
export function createResampler(options: ResamplerOptions & { readonly precision?: Precision }): Resampler<Samples> {
  checkOptions("createResampler(options)", options, { from: true, to: true, quality: false, precision: false });
  const { from, to, quality = "best", precision = "float32" } = options;
  const chain = new StageChain({ from, to, quality, precision });
  return {
    push(block) {
      const output = newSamples(precision, chain.outputsAfter(block.length));
      chain.push(block, output, 0);
      return output;
    },
    flush() {
      const output = newSamples(precision, chain.outputsLeft());
      chain.finish(output, 0);
      return output;
    },
  };
}
