import { downsample, oversamplingReach, upsample } from "../src/signal/index.ts";

/**
 * A sound at the rate of a circuit's solver, from its first sample to so far behind its last as `fromSteps` looks. It is
 * band-limited: between two steps a straight line is all that is missing.
 */
export function toSteps(input: Float32Array, { oversampling }: { readonly oversampling: number }): Float32Array {
  const reach = oversamplingReach({ factor: oversampling });
  const padded = new Float32Array(input.length + 2 * reach);
  padded.set(input);
  return upsample(padded, { factor: oversampling }).subarray(0, (input.length + reach) * oversampling);
}

/** The first samples of what a solver made of `toSteps`, at the sound's rate and as parts of full scale. */
export function fromSteps(
  volts: Float64Array,
  {
    oversampling,
    outputVolts,
    samples,
  }: { readonly oversampling: number; readonly outputVolts: number; readonly samples: number },
): Float32Array {
  const reach = oversamplingReach({ factor: oversampling });
  // At rest before the first sample.
  const all = new Float32Array(reach * oversampling + volts.length);
  for (let n = 0; n < volts.length; n++) all[reach * oversampling + n] = (volts[n] as number) / outputVolts;
  return downsample(all, { factor: oversampling }).subarray(reach, reach + samples);
}
