import { TonewrightError } from "../../errors/index.ts";
import type { Samples } from "../matrix.ts";
import { checkFinite } from "./check-finite.ts";
import { type Biquad, kWeighting } from "./k-weighting.ts";

const stepsPerSecond = 100;
/** From one kept block to the next: those of 0.4 s overlap by three quarters. */
const stepsPerBlock = 10;
const momentarySteps = 0.4 * stepsPerSecond;
const shortTermSteps = 3 * stepsPerSecond;

/** Blocks of one length. */
export interface BlockSeries {
  readonly steps: number;
  readonly powers: number[];
  largest: number;
}

/** In a channel of silence after sound the filters decay towards numbers with which processors are slow. */
const nothing = 1e-150;

/** How loud channels are weighted: left, right and centre whole, surrounds 1.5 dB up, low frequencies not at all. */
const usualWeights: Readonly<Record<number, readonly number[]>> = {
  1: [1],
  2: [1, 1],
  3: [1, 1, 1],
  4: [1, 1, 1.41, 1.41],
  5: [1, 1, 1, 1.41, 1.41],
  6: [1, 1, 1, 0, 1.41, 1.41],
};

/**
 * Power in sliding blocks of 0.4 s and 3 s, computed as the sound comes, whatever the pieces it comes in.
 *
 * Energies are summed in steps of 10 ms. Blocks are kept every tenth of a second and looked at for the largest one every
 * step, since EBU Tech 3341 asks for the right maximum of a tone of 0.4 s wherever it begins.
 */
export class LoudnessBlocks {
  /** Weighted mean squares of the blocks that begin at 0, 0.1, 0.2, … s, and the largest of those at every step. */
  readonly momentary: BlockSeries = { steps: momentarySteps, powers: [], largest: 0 };
  readonly shortTerm: BlockSeries = { steps: shortTermSteps, powers: [], largest: 0 };
  /** Samples of each channel so far. */
  received = 0;
  private readonly sampleRate: number;
  private readonly weights: readonly number[];
  private readonly filters: readonly [Biquad, Biquad];
  /** Two numbers for each of the two filters of each channel. */
  private readonly states: readonly Float64Array[];
  /** Sum of squares of each channel in the unfinished step. */
  private readonly sums: Float64Array;
  /** Of the last steps: weighted energy and samples, the step counted k in place k modulo the length. */
  private readonly energies = new Float64Array(shortTermSteps);
  private readonly lengths = new Float64Array(shortTermSteps);
  private finishedSteps = 0;

  constructor({
    sampleRate,
    channels,
    weights = usualWeights[channels],
  }: {
    readonly sampleRate: number;
    readonly channels: number;
    readonly weights?: readonly number[] | undefined;
  }) {
    this.filters = kWeighting(sampleRate);
    if (weights === undefined || weights.length !== channels || !weights.every((w) => w >= 0 && w < 1e6)) {
      throw new TonewrightError(
        "bad-option",
        `the loudness of ${channels} channels with ${weights === undefined ? "no weights" : `weights ${weights.join(", ")}`}`,
        "give one weight of 0 or more for each channel; up to 6 channels have usual ones",
      );
    }
    this.sampleRate = sampleRate;
    this.weights = weights;
    this.states = weights.map(() => new Float64Array(4));
    this.sums = new Float64Array(channels);
  }

  /** @throws TonewrightError `length-mismatch`, `non-finite-samples`. */
  push(channels: readonly Samples[]): void {
    const length = this.checked(channels);
    for (let done = 0; done < length; ) {
      const count = Math.min(length - done, this.stepEnd(this.finishedSteps) - this.received);
      for (const [c, channel] of channels.entries()) {
        this.sums[c] = weightedEnergy(this.sums[c]!, channel, done, done + count, this.filters, this.states[c]!);
      }
      done += count;
      this.received += count;
      if (this.received === this.stepEnd(this.finishedSteps)) this.endStep();
    }
  }

  /** Steps are 10 ms, rounded so that they do not drift where that is no whole number of samples. */
  private stepEnd(step: number): number {
    return Math.round(((step + 1) * this.sampleRate) / stepsPerSecond);
  }

  private endStep(): void {
    const place = this.finishedSteps % shortTermSteps;
    this.energies[place] = 0;
    this.lengths[place] = this.stepEnd(this.finishedSteps) - this.stepEnd(this.finishedSteps - 1);
    for (const [c, weight] of this.weights.entries()) {
      this.energies[place]! += weight * this.sums[c]!;
      this.sums[c] = 0;
      const state = this.states[c]!;
      for (let k = 0; k < state.length; k++) if (Math.abs(state[k]!) < nothing) state[k] = 0;
    }
    this.finishedSteps++;
    for (const series of [this.momentary, this.shortTerm]) this.endBlock(series);
  }

  private endBlock(series: BlockSeries): void {
    if (this.finishedSteps < series.steps) return;
    let energy = 0;
    let samples = 0;
    for (let k = this.finishedSteps - series.steps; k < this.finishedSteps; k++) {
      energy += this.energies[k % shortTermSteps]!;
      samples += this.lengths[k % shortTermSteps]!;
    }
    const power = energy / samples;
    if (power > series.largest) series.largest = power;
    if (this.finishedSteps % stepsPerBlock === 0) series.powers.push(power);
  }

  private checked(channels: readonly Samples[]): number {
    const length = channels[0]?.length ?? 0;
    const lengths = channels.map((channel) => channel.length);
    if (channels.length !== this.weights.length || lengths.some((other) => other !== length)) {
      throw new TonewrightError(
        "length-mismatch",
        `${this.weights.length} channels are measured, ${channels.length} came, of ${lengths.join(", ")} samples`,
        "give every channel, all of one length",
      );
    }
    for (const [c, channel] of channels.entries()) {
      const where = channels.length > 1 ? `channel ${c + 1}: ` : "";
      checkFinite(channel, { where, sampleRate: this.sampleRate, firstSample: this.received });
    }
    return length;
  }
}

/** `before` and the sum of squares after both filters, in transposed direct form II; `state` is overwritten. */
function weightedEnergy(
  before: number,
  x: Samples,
  start: number,
  end: number,
  [first, second]: readonly [Biquad, Biquad],
  state: Float64Array,
): number {
  const [b0, b1, b2] = first.b;
  const [a1, a2] = first.a;
  const [d0, d1, d2] = second.b;
  const [c1, c2] = second.a;
  let [s1, s2, t1, t2] = state as unknown as [number, number, number, number];
  let sum = before;
  for (let n = start; n < end; n++) {
    const input = x[n]!;
    const mid = b0 * input + s1;
    s1 = b1 * input - a1 * mid + s2;
    s2 = b2 * input - a2 * mid;
    const output = d0 * mid + t1;
    t1 = d1 * mid - c1 * output + t2;
    t2 = d2 * mid - c2 * output;
    sum += output * output;
  }
  state.set([s1, s2, t1, t2]);
  return sum;
}
