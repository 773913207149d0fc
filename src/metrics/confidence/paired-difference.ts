import { checkLists, checkOptions } from "../../errors/index.ts";
import { bootstrapInterval, type Interval, type IntervalOptions } from "./bootstrap-interval.ts";
import type { PickSamples } from "./resampling.ts";

/** How much better one model is than another on the same samples. */
export interface PairedDifference extends Interval {
  /** The metric of each model on all samples. */
  readonly metrics: readonly [number, number];
  /** Share of the resamples in which the first is above the second, equal ones counted half; 0.5 says nothing. */
  readonly firstAbove: number;
}

/**
 * Difference of a metric between two models on the same samples, first less second, with its bootstrap interval.
 *
 * Both are judged on the same draws, so that what makes a sample hard for both cancels: this is far sharper than
 * comparing two intervals, which may overlap although the difference is certain. An interval that holds 0 leaves the
 * question open.
 *
 * @param samples - How many.
 * @param metricsOf - The metric of either model for the samples that were drawn, for example `[(pick) =>
 *   accuracy(pick(truth), pick(a)), (pick) => accuracy(pick(truth), pick(b))]`.
 * @param options - As of `bootstrapInterval`; give `groups` where samples share a source.
 * @returns The difference with its interval.
 * @throws TonewrightError as `bootstrapInterval`.
 * @see Efron & Tibshirani 1993, An Introduction to the Bootstrap
 */
export function pairedDifference(
  samples: number,
  metricsOf: readonly [(pick: PickSamples) => number, (pick: PickSamples) => number],
  options: IntervalOptions = {},
): PairedDifference {
  checkLists("pairedDifference(samples, metricsOf, options)", { metricsOf });
  checkOptions("pairedDifference(samples, metricsOf, options)", options, {
    level: false,
    method: false,
    resamples: false,
    groups: false,
    seed: false,
  });
  const [first, second] = metricsOf;
  const interval = bootstrapInterval(samples, (pick) => first(pick) - second(pick), options);
  const all: PickSamples = (values) => Array.from(values);
  const { resamples } = interval;
  const above = resamples.reduce((sum, value) => sum + (value > 0 ? 1 : value === 0 ? 0.5 : 0), 0);
  return { ...interval, metrics: [first(all), second(all)], firstAbove: above / resamples.length };
}
