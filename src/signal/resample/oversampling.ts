import { checkSamples } from "../check-sound.ts";
import { checkOptions, TonewrightError } from "../../errors/index.ts";
import type { FilterBank } from "./filter-bank.ts";
import { blockSamples, runFilter } from "./filter-engine.ts";
import { type OversamplingStage, oversamplingStages } from "./oversampling-filter.ts";

/**
 * The same sound at `factor` times the sample rate, with nothing added above the old half rate.
 *
 * Sample `n` of the input and sample `n * factor` of the output are the same instant: there is no delay to undo.
 * The passband ends at 0.4535 of the input rate (20 kHz at 44.1 kHz) and the stopband, at least 100 dB down, begins
 * at 0.5. What lies between is weakened, so input samples do not reappear exactly. Outside its ends the input counts
 * as zero.
 *
 * @param x - Shape `[samples]`.
 * @param options.factor - Whole number from 2 to 16.
 * @returns Shape `[samples * factor]`.
 * @throws TonewrightError `oversampling-factor` if the factor is not a whole number from 2 to 16.
 */
export function upsample(x: Float32Array, options: { readonly factor: number }): Float32Array {
  checkSamples("upsample(x, options)", x);
  checkOptions("upsample(x, options)", options, { factor: true });
  const { factor } = options;
  return stagesFor(factor).reduce((signal, stage) => raiseRate(signal, stage), x);
}

/**
 * The same sound at one `factor`-th of the sample rate, with everything above the new half rate removed first.
 *
 * Sample `n` of the output and sample `n * factor` of the input are the same instant. The filter is that of
 * {@link upsample}: flat to 0.4535 of the output rate, at least 100 dB down from 0.5 of it.
 *
 * @param x - Shape `[samples]`.
 * @param options.factor - Whole number from 2 to 16.
 * @returns Shape `[ceil(samples / factor)]`.
 * @throws TonewrightError `oversampling-factor` if the factor is not a whole number from 2 to 16.
 */
export function downsample(x: Float32Array, options: { readonly factor: number }): Float32Array {
  checkSamples("downsample(x, options)", x);
  checkOptions("downsample(x, options)", options, { factor: true });
  const { factor } = options;
  return stagesFor(factor).reduceRight((signal, stage) => lowerRate(signal, stage), x);
}

/**
 * How many low-rate samples on either side of an instant {@link upsample} and {@link downsample} look at.
 *
 * Who works through a long recording in pieces gives each piece this much of its surroundings and drops it
 * afterwards; the result is then the same as that of one call.
 *
 * @param options.factor - Whole number from 2 to 16.
 * @returns A count of samples at the low rate.
 * @throws TonewrightError `oversampling-factor` if the factor is not a whole number from 2 to 16.
 */
export function oversamplingReach({ factor }: { readonly factor: number }): number {
  let reach = 0;
  let rate = 1;
  for (const stage of stagesFor(factor)) {
    reach += stage.reach / rate;
    rate *= stage.factor;
  }
  return Math.ceil(reach);
}

function stagesFor(factor: number): readonly PreparedStage[] {
  if (!Number.isInteger(factor) || factor < 2 || factor > 16) {
    throw new TonewrightError(
      "oversampling-factor",
      `The oversampling factor is ${factor}.`,
      "Give a whole number from 2 to 16.",
    );
  }
  const stages = prepared.get(factor) ?? oversamplingStages(factor).map(prepare);
  prepared.set(factor, stages);
  return stages;
}

function raiseRate(x: Float32Array, { factor, reach, raising }: PreparedStage): Float32Array {
  const padded = new Float32Array(x.length + 2 * reach + raising.taps);
  padded.set(x, reach);
  const y = new Float32Array(x.length * factor);
  const block = blockSamples - (blockSamples % factor);
  for (let start = 0; start < y.length; start += block) {
    const output = y.subarray(start, start + block);
    const first = start / factor;
    const input = padded.subarray(first, first + output.length / factor + raising.taps);
    runFilter(raising, { precision: "float32", ratio: { up: factor, down: 1 }, position: 0, input, output });
  }
  return y;
}

function lowerRate(x: Float32Array, { factor, reach, lowering }: PreparedStage): Float32Array {
  const length = Math.ceil(x.length / factor);
  const before = factor * reach + factor - 1; // high-rate samples in front of the output instant
  const padded = new Float32Array(length * factor + before + lowering.taps);
  padded.set(x, before);
  const y = new Float32Array(length);
  const block = Math.floor(blockSamples / factor);
  for (let start = 0; start < length; start += block) {
    const output = y.subarray(start, start + block);
    const first = start * factor;
    const input = padded.subarray(first, first + output.length * factor + lowering.taps);
    runFilter(lowering, { precision: "float32", ratio: { up: 1, down: factor }, position: 0, input, output });
  }
  return y;
}

/** A stage with its filters as the kernel takes them. */
interface PreparedStage extends OversamplingStage {
  readonly raising: FilterBank;
  readonly lowering: FilterBank;
}

/** By factor: they are asked for again with every piece of a sound. */
const prepared = new Map<number, readonly PreparedStage[]>();

function prepare(stage: OversamplingStage): PreparedStage {
  const { factor, phases } = stage;
  const width = phases[0]?.length ?? 0;
  const taps = multipleOf8(width);
  const raising = new Float64Array(factor * taps);
  for (const [r, phase] of phases.entries()) raising.set(phase, r * taps);
  const lowering = new Float64Array(multipleOf8(factor * width));
  // All phases in order of time. Phase r, tap j sits `(reach - j) * factor + r` high-rate samples from the centre; the filter
  // is symmetric.
  for (const [r, phase] of phases.entries()) {
    for (const [j, tap] of phase.entries()) lowering[j * factor + (factor - 1 - r)] = tap / factor;
  }
  return {
    ...stage,
    raising: { taps, phases: 0, rows: raising },
    lowering: { taps: lowering.length, phases: 0, rows: lowering },
  };
}

function multipleOf8(count: number): number {
  return 8 * Math.ceil(count / 8);
}
