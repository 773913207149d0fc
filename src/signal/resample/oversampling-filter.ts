import { besselI0 } from "../spectrum/window.ts";

/**
 * One stage of a resampler by a whole factor: a zero-phase Kaiser-windowed sinc, split by phase.
 *
 * `phases[r][j]` weighs the low-rate sample `n - reach + j` in the high-rate sample `n * factor + r`.
 * Every phase has `2 * reach + 1` taps and sums to exactly 1, so a constant passes unchanged.
 */
export interface OversamplingStage {
  readonly factor: number;
  /** Low-rate samples on either side that a high-rate sample depends on. */
  readonly reach: number;
  readonly phases: readonly Float64Array[];
}

/** Attenuation, in dB, that the windows are designed for: enough for a round trip, two ripples deep, to stay at 100 dB. */
const designAttenuationDb = 116;

/** End of the passband as a part of the low sample rate: 20 kHz at 44.1 kHz. */
const passbandEdge = 20_000 / 44_100;

/**
 * The stages whose product is `factor`, the one next to the low rate first.
 *
 * The first stage takes the smallest prime factor and has the steep edge, from 0.4535 to 0.5 of the low rate.
 * What remains is one cheap stage with a wide transition, since nothing lies near its edge. For a factor of 8
 * this is a third of the work of a single stage.
 *
 * @param factor - Whole number, at least 2.
 * @returns One or two stages.
 * @see Kaiser 1974, "Nonrecursive digital filter design using the I0-sinh window function", for the length and shape.
 */
export function oversamplingStages(factor: number): OversamplingStage[] {
  const first = smallestPrimeFactor(factor);
  const stages = [designStage(first, passbandEdge, 0.5)];
  if (factor > first) {
    // Band limits as parts of this stage's low rate, which is `first` times the outer one.
    stages.push(designStage(factor / first, 0.5 / first, 1 - 0.5 / first));
  }
  return stages;
}

function smallestPrimeFactor(value: number): number {
  for (let divisor = 2; divisor * divisor <= value; divisor++) {
    if (value % divisor === 0) return divisor;
  }
  return value;
}

/** `passEdge` and `stopEdge` are parts of the stage's low sample rate. */
function designStage(factor: number, passEdge: number, stopEdge: number): OversamplingStage {
  const width = 2 * Math.PI * (stopEdge - passEdge);
  const reach = Math.ceil((designAttenuationDb - 8) / (2.285 * width) / 2);
  const beta = 0.1102 * (designAttenuationDb - 8.7);
  const cutoff = (passEdge + stopEdge) / 2;
  const phases: Float64Array[] = [];
  for (let r = 0; r < factor; r++) {
    const taps = new Float64Array(2 * reach + 1);
    let sum = 0;
    for (let j = 0; j < taps.length; j++) {
      const distance = reach - j + r / factor; // low-rate samples from tap to output
      const position = distance / reach;
      if (Math.abs(position) > 1) continue;
      const window = besselI0(beta * Math.sqrt(1 - position * position));
      taps[j] = window * sinc(2 * cutoff * distance);
      sum += taps[j] ?? 0;
    }
    for (let j = 0; j < taps.length; j++) taps[j] = (taps[j] ?? 0) / sum;
    phases.push(taps);
  }
  return { factor, reach, phases };
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
