import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkSamples } from "../check-sound.ts";
import type { Samples } from "../matrix.ts";

/** How strongly quiet samples are lifted, and whether whole steps are meant. */
export interface MuLawOptions {
  /** Default 255: 8 bits. Above 0. */
  readonly mu?: number | undefined;
  /** Steps from `-(mu + 1) / 2` to `(mu + 1) / 2 - 1` (default), or fractions from -1 to 1. */
  readonly quantized?: boolean | undefined;
}

/**
 * Samples on a logarithmic scale, so that few steps suffice.
 *
 * Samples beyond -1 to 1 are refused, not clipped. Works sample by sample, so also live.
 *
 * @param x - Shape `[samples]`, -1 to 1.
 * @returns Shape `[samples]`.
 * @throws TonewrightError `out-of-range`, `bad-option`.
 * @see librosa.mu_compress 0.11; ITU-T G.711 rounds otherwise. torchaudio's steps: `muLawEncode`
 */
export function muCompress(x: Samples, options: MuLawOptions = {}): Float64Array {
  checkSamples("muCompress(x, options)", x);
  checkOptions("muCompress(x, options)", options, { mu: false, quantized: false });
  const { mu = 255, quantized = true } = options;
  checkMu(mu);
  checkRange(x, "muCompress");
  if (!quantized) return Float64Array.from(x, (value) => compressed(value, mu));
  const steps = Math.floor(1 + mu);
  const spacing = 2 / (steps - 1);
  const edge = (step: number) => (step === steps - 1 ? 1 : step * spacing - 1);
  return Float64Array.from(x, (value) => {
    const target = compressed(value, mu);
    // How many edges lie below; the estimate can be off by one where the value lies on an edge.
    let step = Math.min(Math.max(Math.ceil((target + 1) / spacing), 0), steps);
    while (step > 0 && edge(step - 1) >= target) step--;
    while (step < steps && edge(step) < target) step++;
    return step - Math.floor(steps / 2);
  });
}

/**
 * Undoes `muCompress`, up to the rounding to steps.
 *
 * @param x - Shape `[samples]`, steps or fractions as `quantized` says.
 * @returns Shape `[samples]`, -1 to 1.
 * @throws TonewrightError `out-of-range`, `bad-option`.
 * @see librosa.mu_expand 0.11
 */
export function muExpand(x: Samples, options: MuLawOptions = {}): Float64Array {
  checkSamples("muExpand(x, options)", x);
  checkOptions("muExpand(x, options)", options, { mu: false, quantized: false });
  const { mu = 255, quantized = true } = options;
  checkMu(mu);
  const fractions = quantized ? Float64Array.from(x, (value) => (value * 2) / (1 + mu)) : x;
  checkRange(fractions, "muExpand");
  return Float64Array.from(
    fractions,
    (value) => Math.sign(value) * Math.min(1, (1 / mu) * ((1 + mu) ** Math.abs(value) - 1)),
  );
}

/**
 * Samples as classes for a network that predicts the next one: `round((μ-law(x) + 1) / 2 * (classes - 1))`.
 *
 * Other numbers than `muCompress` gives, not only shifted ones: the steps lie half a step further.
 *
 * @param x - Shape `[samples]`, -1 to 1.
 * @param options.classes - Default 256, from 2.
 * @returns Shape `[samples]`, whole numbers from 0 to `classes - 1`.
 * @throws TonewrightError `out-of-range`, `bad-option`.
 * @see torchaudio.functional.mu_law_encoding 2.0; van den Oord et al. 2016 (WaveNet), section 2.2
 */
export function muLawEncode(x: Samples, options: { readonly classes?: number } = {}): Int32Array {
  checkSamples("muLawEncode(x, options)", x);
  checkOptions("muLawEncode(x, options)", options, { classes: false });
  const { classes = 256 } = options;
  const mu = classes - 1;
  checkMu(mu);
  checkRange(x, "muLawEncode");
  return Int32Array.from(x, (value) => Math.trunc(((compressed(value, mu) + 1) / 2) * mu + 0.5));
}

/**
 * The samples in the middle of their classes; undoes `muLawEncode`.
 *
 * @param classOf - Shape `[samples]`, 0 to `classes - 1`.
 * @returns Shape `[samples]`, -1 to 1.
 * @throws TonewrightError `out-of-range`, `bad-option`.
 * @see torchaudio.functional.mu_law_decoding 2.0
 */
export function muLawDecode(classOf: ArrayLike<number>, options: { readonly classes?: number } = {}): Float64Array {
  checkLists("muLawDecode(classOf, options)", { classOf });
  checkOptions("muLawDecode(classOf, options)", options, { classes: false });
  const { classes = 256 } = options;
  const mu = classes - 1;
  checkMu(mu);
  const fractions = Float64Array.from(classOf, (value) => (value / mu) * 2 - 1);
  checkRange(fractions, "muLawDecode");
  return fractions.map((value) => Math.sign(value) * Math.min(1, Math.expm1(Math.abs(value) * Math.log1p(mu)) / mu));
}

function compressed(value: number, mu: number): number {
  return (Math.sign(value) * Math.log1p(mu * Math.abs(value))) / Math.log1p(mu);
}

function checkMu(mu: number): void {
  if (!(mu > 0) || mu === Infinity) {
    throw new TonewrightError("bad-option", `the μ of a μ-law is ${mu}`, "give a number above 0, such as 255");
  }
}

function checkRange(x: Samples, what: string): void {
  for (let n = 0; n < x.length; n++) {
    if (Math.abs(x[n]!) <= 1) continue;
    throw new TonewrightError(
      "out-of-range",
      `${what}: sample ${n} lies at ${x[n]}, beyond -1 to 1`,
      "scale the signal to at most 1 first",
    );
  }
}
