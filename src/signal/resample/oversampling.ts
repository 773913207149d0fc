import { TonewrightError } from "../../errors/index.ts";
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
export function upsample(x: Float32Array, { factor }: { readonly factor: number }): Float32Array {
  let signal: Float64Array = Float64Array.from(x);
  for (const stage of stagesFor(factor)) signal = raiseRate(signal, stage);
  return Float32Array.from(signal);
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
export function downsample(x: Float32Array, { factor }: { readonly factor: number }): Float32Array {
  let signal: Float64Array = Float64Array.from(x);
  for (const stage of stagesFor(factor).reverse()) signal = lowerRate(signal, stage);
  return Float32Array.from(signal);
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

function stagesFor(factor: number): OversamplingStage[] {
  if (!Number.isInteger(factor) || factor < 2 || factor > 16) {
    throw new TonewrightError(
      "oversampling-factor",
      `The oversampling factor is ${factor}.`,
      "Give a whole number from 2 to 16.",
    );
  }
  return oversamplingStages(factor);
}

function raiseRate(x: Float64Array, { factor, reach, phases }: OversamplingStage): Float64Array {
  const length = x.length;
  const padded = new Float64Array(length + 2 * reach);
  padded.set(x, reach);
  const y = new Float64Array(length * factor);
  for (let r = 0; r < factor; r++) {
    const taps = phases[r];
    if (taps === undefined) throw new Error("bug: a stage has fewer phases than its factor");
    for (let n = 0; n < length; n++) y[n * factor + r] = dot(padded, n, taps);
  }
  return y;
}

function lowerRate(x: Float64Array, { factor, reach, phases }: OversamplingStage): Float64Array {
  const length = Math.ceil(x.length / factor);
  const taps = interleave(phases);
  const before = factor * reach + factor - 1; // high-rate samples in front of the output instant
  const padded = new Float64Array(length * factor + taps.length);
  padded.set(x, before);
  const y = new Float64Array(length);
  for (let m = 0; m < length; m++) y[m] = dot(padded, m * factor, taps) / factor;
  return y;
}

/** All phases in order of time: the prototype filter, as the lower rate's sum over the higher rate needs it. */
function interleave(phases: readonly Float64Array[]): Float64Array {
  const factor = phases.length;
  const width = phases[0]?.length ?? 0;
  const taps = new Float64Array(factor * width);
  // Phase r, tap j sits `(reach - j) * factor + r` high-rate samples from the centre; the filter is symmetric.
  for (let r = 0; r < factor; r++) {
    for (let j = 0; j < width; j++) taps[j * factor + (factor - 1 - r)] = phases[r]?.[j] ?? 0;
  }
  return taps;
}

/** Four sums side by side, since one sum would wait for itself at every tap. */
function dot(x: Float64Array, from: number, taps: Float64Array): number {
  const count = taps.length;
  if (from < 0 || from + count > x.length) throw new Error("bug: the oversampling filter leaves its padding");
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let k = 0;
  for (; k + 3 < count; k += 4) {
    a += x[from + k]! * taps[k]!;
    b += x[from + k + 1]! * taps[k + 1]!;
    c += x[from + k + 2]! * taps[k + 2]!;
    d += x[from + k + 3]! * taps[k + 3]!;
  }
  for (; k < count; k++) a += x[from + k]! * taps[k]!;
  return a + b + (c + d);
}
