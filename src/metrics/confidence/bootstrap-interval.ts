import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { meanOver, sumOver } from "../regression/sum.ts";
import { normalDistribution, normalQuantile } from "./normal-distribution.ts";
import {
  createResampling,
  type PickSamples,
  picking,
  quantileOfSorted,
  type Resampling,
  type ResamplingOptions,
} from "./resampling.ts";

/** How an interval is made. */
export interface IntervalOptions extends ResamplingOptions {
  /** Chance that an interval made like this holds the true value. Default 0.95. */
  readonly level?: number | undefined;
  /** "bca" (bias-corrected and accelerated, default) or plain "percentile". */
  readonly method?: "bca" | "percentile" | undefined;
}

/** A number and how far it may be off. */
export interface Interval {
  /** Of all samples. */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Standard deviation of the resamples. */
  readonly standardError: number;
  /** Resamples of which the metric was undefined (NaN or infinite); they are left out. */
  readonly undefinedResamples: number;
  /** The metric of every other resample, ascending. */
  readonly resamples: Float64Array;
}

/**
 * Confidence interval of any metric by the bootstrap: samples are drawn again and again with replacement.
 *
 * Give `groups` (the source of each sample) where several samples come from one recording or player: they are alike,
 * and an interval that takes them for independent is far too narrow. It covers the choice of test samples, not that of
 * training data or first weights. A metric of a resample may lack a class: pass `labels` to metrics that need them, as
 * errors pass through.
 *
 * @param samples - How many.
 * @param metricOf - The metric of the samples that were drawn, for example `(pick) => accuracy(pick(truth),
 *   pick(predicted))`.
 * @param options.level - Default 0.95.
 * @param options.method - "bca" (default) or "percentile". BCa calls the metric once more per sample or group (1000 at
 *   most).
 * @param options.groups - Source of each sample, shape `[samples]`.
 * @param options.resamples - Default 2000.
 * @param options.seed - Default 0.
 * @returns The estimate of all samples with its interval. It may lie outside of it where the metric is strongly biased.
 * @throws TonewrightError `undefined-metric` if the metric of all samples, or of more than half of the resamples, is no
 *   number; `bad-option`, `too-few-samples`, `length-mismatch`, `invalid-label`, `mixed-labels`.
 * @see Efron & Tibshirani 1993, An Introduction to the Bootstrap, chapter 14; equal to scipy.stats.bootstrap given its
 *   resamples
 */
export function bootstrapInterval(
  samples: number,
  metricOf: (pick: PickSamples) => number,
  options: IntervalOptions = {},
): Interval {
  checkOptions("bootstrapInterval(samples, metricOf, options)", options, {
    level: false,
    method: false,
    resamples: false,
    groups: false,
    seed: false,
  });
  const caller = "bootstrapInterval";
  const { level = 0.95, method = "bca" } = options;
  if (!(level > 0 && level < 1)) {
    throw new TonewrightError(
      "bad-option",
      `${caller}: a level of ${level}`,
      "give a chance between 0 and 1, such as 0.95",
    );
  }
  if (method !== "bca" && method !== "percentile") {
    throw new TonewrightError(
      "bad-option",
      `${caller}: there is no method "${method}"`,
      'choose "bca" or "percentile"',
    );
  }
  const resampling = createResampling(caller, samples, options);
  const estimate = metricOf(picking(Array.from({ length: samples }, (_, n) => n)));
  requireDefined(caller, estimate);
  const drawn = Float64Array.from({ length: resampling.resamples }, () => metricOf(picking(resampling.next())));
  const defined = drawn.filter(Number.isFinite).sort();
  if (defined.length < drawn.length / 2 || defined.length < 2) {
    throw new TonewrightError(
      "undefined-metric",
      `${caller}: the metric is undefined for ${drawn.length - defined.length} of ${drawn.length} resamples`,
      "give more samples of the rare classes, or use a metric that is defined without them",
    );
  }
  const levels =
    method === "percentile"
      ? percentileLevels(level)
      : bcaLevels(level, { estimate, sorted: defined, left: leaveOutEach(resampling, metricOf) });
  const middle = meanOver(defined.length, (k) => defined[k]!);
  return {
    estimate,
    low: quantileOfSorted(defined, levels.low),
    high: quantileOfSorted(defined, levels.high),
    standardError: Math.sqrt(sumOver(defined.length, (k) => (defined[k]! - middle) ** 2) / (defined.length - 1)),
    undefinedResamples: drawn.length - defined.length,
    resamples: defined,
  };
}

/** Fractions of the resamples at which an interval ends. */
interface Levels {
  readonly low: number;
  readonly high: number;
}

function percentileLevels(level: number): Levels {
  return { low: (1 - level) / 2, high: (1 + level) / 2 };
}

/**
 * The levels shifted by the bias of the resamples and by how much their spread depends on the value.
 *
 * @param options.sorted - The metric of every resample, ascending.
 * @param options.left - The metric with each unit left out in its turn.
 */
export function bcaLevels(
  level: number,
  { estimate, sorted, left }: { readonly estimate: number; readonly sorted: Float64Array; readonly left: Float64Array },
): Levels {
  const below = sorted.filter((value) => value < estimate).length;
  const equal = sorted.filter((value) => value === estimate).length;
  const bias = normalQuantile((below + equal / 2) / sorted.length);
  const middle = meanOver(left.length, (n) => left[n]!);
  const widest = left.reduce((most, value) => Math.max(most, Math.abs(middle - value)), 0);
  // Without any spread the metric does not depend on the samples, and there is nothing to accelerate.
  const power = (exponent: number) => sumOver(left.length, (n) => ((middle - left[n]!) / widest) ** exponent);
  const acceleration = widest === 0 ? 0 : power(3) / (6 * power(2) ** 1.5);
  if (!Number.isFinite(bias)) return percentileLevels(level); // all resamples on one side tell no shift
  const shifted = (chance: number) => {
    const sum = bias + normalQuantile(chance);
    const stretch = 1 - acceleration * sum; // the formula ends where this is 0, beyond all resamples
    return stretch > 0 ? normalDistribution(bias + sum / stretch) : sum > 0 ? 1 : 0;
  };
  const { low, high } = percentileLevels(level);
  return { low: shifted(low), high: shifted(high) };
}

/** More units than this are left out in blocks. */
const MOST_LEFT_OUT = 1000;

/** The metric with each unit (or block of units) left out in its turn; the undefined ones are dropped. */
function leaveOutEach({ units }: Resampling, metricOf: (pick: PickSamples) => number): Float64Array {
  const blocks = Math.min(units.length, MOST_LEFT_OUT);
  const blockOf = (unit: number) => Math.floor((unit * blocks) / units.length);
  const values = Float64Array.from({ length: blocks }, (_, block) =>
    metricOf(picking(units.filter((_, unit) => blockOf(unit) !== block).flat())),
  );
  return values.filter(Number.isFinite);
}

function requireDefined(caller: string, estimate: number): void {
  if (Number.isFinite(estimate)) return;
  throw new TonewrightError(
    "undefined-metric",
    `${caller}: the metric of all samples is ${estimate}`,
    "find out why with the onUndefined option of the metric",
  );
}
