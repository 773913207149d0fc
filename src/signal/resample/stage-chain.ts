import { TonewrightError } from "../../errors/index.ts";
import { checkFinite } from "../level/check-finite.ts";
import type { Samples } from "../matrix.ts";
import type { Precision } from "./filter-engine.ts";
import { type RateChange, type RateRatio, rateRatio, scaledLength } from "./rate-ratio.ts";
import { type ResampleQuality, resamplePlan } from "./resample-plan.ts";
import { ResampleStage, type StageDesign } from "./resample-stage.ts";

/** The filters of one channel, one behind the other, writing where they are told to. */
export class StageChain {
  private readonly ratio: RateRatio;
  private readonly precision: Precision;
  private readonly sampleRate: number;
  private readonly where: string;
  private readonly stages: ResampleStage[] = [];
  private readonly plan: readonly StageDesign[];
  private received = 0;
  private returned = 0;
  private ended = false;

  /** @param options.where - Begins the message about a sample that is no number: `channel 2: `. */
  constructor({
    from,
    to,
    quality = "best",
    precision,
    where = "",
  }: RateChange & {
    readonly quality?: ResampleQuality;
    readonly precision: Precision;
    readonly where?: string;
  }) {
    this.ratio = rateRatio({ from, to });
    this.precision = precision;
    this.sampleRate = from;
    this.where = where;
    if (quality !== "best" && quality !== "fast" && quality !== "scipy") {
      throw new TonewrightError(
        "bad-option",
        `a resampler of quality "${quality}"`,
        'choose "best", "fast" or "scipy"; "fft" needs the whole sound at once: use resample',
      );
    }
    this.plan = from === to ? [] : resamplePlan(this.ratio, quality);
    let firstInput = 0;
    for (const [s, design] of this.plan.entries()) {
      // A stage before the last one has outputs wherever its filter reaches the sound.
      const margin =
        s === this.plan.length - 1 ? 0 : Math.ceil((design.bank.taps / 2 - firstInput) / design.ratio.down);
      this.stages.push(new ResampleStage(design, { precision, firstInput, firstOutput: -margin }));
      firstInput = -margin;
    }
  }

  /** How many samples a push of so many gives. */
  outputsAfter(samples: number): number {
    return this.stages.reduce((count, stage) => stage.outputsAfter(count), samples);
  }

  /** How many samples the flush gives. */
  outputsLeft(): number {
    return scaledLength(this.received, this.ratio) - this.returned;
  }

  /** Writes to `output` from `at` on, and returns how many samples. */
  push(block: Samples, output: Samples, at: number): number {
    if (this.ended) {
      throw new TonewrightError(
        "stream-ended",
        `${this.where}a resampler got ${block.length} samples after its flush`,
        "create a new resampler for each sound",
      );
    }
    checkFinite(block, { where: this.where, sampleRate: this.sampleRate, firstSample: this.received });
    this.received += block.length;
    const written = this.pass(block, 0, output, at);
    this.returned += written;
    return written;
  }

  /** Writes what is left to `output` from `at` on, and ends. */
  finish(output: Samples, at: number): number {
    let written = 0;
    let end = this.received; // of the inputs of each stage in turn
    for (const [s, stage] of this.stages.entries()) {
      const last = s === this.stages.length - 1;
      const { bank, ratio } = this.plan[s]!;
      const outputsEnd = last
        ? scaledLength(this.received, this.ratio)
        : Math.floor((end + bank.taps / 2) / ratio.down) + 1;
      if (last) {
        written += stage.finish(outputsEnd, output, at + written);
      } else {
        const rest = newSamples(this.precision, outputsEnd - stage.outputsSoFar);
        stage.finish(outputsEnd, rest, 0);
        written += this.pass(rest, s + 1, output, at + written);
      }
      end = outputsEnd;
    }
    this.ended = true;
    this.returned += written;
    return written;
  }

  private pass(block: Samples, firstStage: number, output: Samples, at: number): number {
    let current = block;
    for (let s = firstStage; s < this.stages.length - 1; s++) {
      const stage = this.stages[s]!;
      const next = newSamples(this.precision, stage.outputsAfter(current.length));
      stage.push(current, next, 0);
      current = next;
    }
    const last = this.stages.at(-1);
    if (last !== undefined) return last.push(current, output, at);
    output.set(current, at);
    return current.length;
  }
}

export function newSamples(precision: Precision, length: number): Samples {
  return precision === "float32" ? new Float32Array(length) : new Float64Array(length);
}
