import type { Samples } from "../matrix.ts";
import type { FilterBank } from "./filter-bank.ts";
import { blockSamples, type Precision, runFilter } from "./filter-engine.ts";
import type { RateRatio } from "./rate-ratio.ts";

/** One filter of a resampler. */
export interface StageDesign {
  readonly ratio: RateRatio;
  readonly bank: FilterBank;
}

/**
 * One filter at work on a stream: keeps the inputs that coming outputs depend on.
 *
 * Samples are counted from the beginning of the sound, where input 0 and output 0 are the same instant. What comes before
 * the first input and after the last one is zero.
 */
export class ResampleStage {
  /** Of the next output: its instant is `nextWhole + nextPart / up` input samples. */
  private nextWhole: number;
  private nextPart: number;
  private nextOutput: number;
  /** Inputs `kept` to `kept + count - 1`, at the start of `pending`. */
  private kept: number;
  private count: number;
  private readonly pending: Samples;
  private readonly design: StageDesign;
  private readonly precision: Precision;

  /**
   * @param design - Ratio and filter.
   * @param options.firstInput - Where the stream of inputs begins; 0, or negative after a stage that starts early.
   * @param options.firstOutput - Where the outputs begin.
   */
  constructor(
    design: StageDesign,
    {
      precision,
      firstInput,
      firstOutput,
    }: { readonly precision: Precision; readonly firstInput: number; readonly firstOutput: number },
  ) {
    const { taps } = design.bank;
    const { up, down } = design.ratio;
    this.design = design;
    this.precision = precision;
    const instant = firstOutput * down;
    this.nextOutput = firstOutput;
    this.nextWhole = Math.floor(instant / up);
    this.nextPart = instant - this.nextWhole * up;
    this.kept = this.nextWhole - taps / 2 + 1;
    this.count = firstInput - this.kept;
    if (this.count < 0) throw new Error("bug: a resampling stage that starts after its input");
    const capacity = this.count + 2 * taps + blockSamples;
    this.pending = precision === "float32" ? new Float32Array(capacity) : new Float64Array(capacity);
  }

  /** Where the next output is counted. */
  get outputsSoFar(): number {
    return this.nextOutput;
  }

  /** How many outputs a push of so many inputs gives. */
  outputsAfter(inputs: number): number {
    const { up, down } = this.design.ratio;
    // The first instant whose inputs are not all there, in parts of a sample behind the next output.
    const end = this.kept + this.count + inputs - this.design.bank.taps / 2;
    const whole = end - this.nextWhole;
    if (whole <= 0) return 0;
    const behind = whole * up - this.nextPart;
    if (behind < Number.MAX_SAFE_INTEGER) return Math.ceil(behind / down);
    return Number((BigInt(whole) * BigInt(up) - BigInt(this.nextPart) + BigInt(down) - 1n) / BigInt(down));
  }

  /** Takes the inputs and writes the outputs they complete to `target`, from `at` on; returns how many. */
  push(inputs: Samples, target: Samples, at: number): number {
    let written = 0;
    for (let done = 0; done < inputs.length; ) {
      const room = Math.min(inputs.length - done, this.pending.length - this.count);
      // Full in spite of `forget`: the target has all it can take, and the sound is over.
      if (room === 0) return written;
      this.pending.set(inputs.subarray(done, done + room), this.count);
      this.count += room;
      done += room;
      const ready = Math.min(this.outputsAfter(0), target.length - at - written);
      written += this.produce(ready, target, at + written);
    }
    return written;
  }

  /** Ends the stream: zeros follow until output `end - 1` is written. Returns how many were. */
  finish(end: number, target: Samples, at: number): number {
    const missing = end - this.nextOutput;
    if (missing <= 0) return 0;
    const { up, down } = this.design.ratio;
    const lastWhole = this.nextWhole + Math.floor((this.nextPart + (missing - 1) * down) / up);
    const zeros = lastWhole + this.design.bank.taps / 2 + 1 - (this.kept + this.count);
    const exact = target.subarray(0, at + missing);
    if (zeros <= 0) return this.produce(missing, exact, at);
    return this.push(new Float32Array(zeros), exact, at);
  }

  private produce(total: number, target: Samples, at: number): number {
    const { bank, ratio } = this.design;
    const { up, down } = ratio;
    for (let done = 0; done < total; ) {
      const n = Math.min(total - done, blockSamples, 1 + Math.floor((blockSamples * up) / down));
      const from = this.nextWhole - bank.taps / 2 + 1 - this.kept;
      const steps = this.nextPart + (n - 1) * down;
      runFilter(bank, {
        precision: this.precision,
        ratio,
        position: this.nextPart,
        input: this.pending.subarray(from, from + Math.floor(steps / up) + bank.taps),
        output: target.subarray(at + done, at + done + n),
      });
      const next = steps + down;
      this.nextWhole += Math.floor(next / up);
      this.nextPart = next % up;
      this.nextOutput += n;
      done += n;
    }
    this.forget();
    return total;
  }

  /** Drops inputs that no output needs any more, once that makes room worth moving the others for. */
  private forget(): void {
    const unneeded = this.nextWhole - this.design.bank.taps / 2 + 1 - this.kept;
    if (unneeded < this.design.bank.taps && this.count < this.pending.length) return;
    this.pending.copyWithin(0, unneeded, this.count);
    this.kept += unneeded;
    this.count -= unneeded;
  }
}
