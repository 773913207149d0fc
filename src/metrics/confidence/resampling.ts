import { TonewrightError } from "../../errors/index.ts";
import { createRandom } from "../../kernels/index.ts";
import { type LabelList, sortedLabels } from "../classification/labels.ts";
import { readLabels } from "../classification/targets.ts";

/**
 * Takes the drawn samples out of a list that has one entry per sample.
 *
 * Rows are not copied, and a sample that was drawn twice stands there twice.
 */
export type PickSamples = <T>(values: ArrayLike<T>) => T[];

/** How samples are drawn again. */
export interface ResamplingOptions {
  /** How often. Default 2000. */
  readonly resamples?: number | undefined;
  /** Source of each sample, shape `[samples]`; sources are drawn as a whole, as samples of one source are alike. */
  readonly groups?: LabelList | undefined;
  /** Default 0. Equal seeds give equal intervals. */
  readonly seed?: number | undefined;
}

/** Draws the units (samples, or groups of samples) again, with replacement. */
export interface Resampling {
  /** Samples of each unit. */
  readonly units: readonly (readonly number[])[];
  readonly resamples: number;
  /** The samples of the next draw. */
  next(): number[];
}

/** @throws TonewrightError `bad-option`, `too-few-samples`, `length-mismatch`, `invalid-label`, `mixed-labels`. */
export function createResampling(
  caller: string,
  samples: number,
  { resamples = 2000, groups, seed = 0 }: ResamplingOptions,
): Resampling {
  if (!Number.isInteger(resamples) || resamples < 2) {
    throw new TonewrightError("bad-option", `${caller}: ${resamples} resamples`, "draw at least 2 times, better 2000");
  }
  const units = groups === undefined ? singles(samples) : sources(caller, samples, groups);
  if (units.length < 2) {
    throw new TonewrightError(
      "too-few-samples",
      `${caller}: ${units.length} ${groups === undefined ? "samples" : "groups"} to draw from`,
      "give at least two, better dozens",
    );
  }
  const random = createRandom(seed);
  return {
    units,
    resamples,
    next() {
      const drawn: number[] = [];
      for (let draw = 0; draw < units.length; draw++) {
        for (const n of units[random.integer(units.length)]!) drawn.push(n);
      }
      return drawn;
    },
  };
}

/** Takes the samples at these positions. */
export function picking(positions: readonly number[]): PickSamples {
  return (values) => positions.map((n) => values[n]!);
}

/** The value below which a fraction of sorted values lies, straight between neighbours. */
export function quantileOfSorted(sorted: Float64Array, fraction: number): number {
  const at = fraction * (sorted.length - 1);
  const below = Math.min(Math.floor(at), sorted.length - 2);
  return sorted[below]! + (sorted[below + 1]! - sorted[below]!) * (at - below);
}

function singles(samples: number): number[][] {
  return Array.from({ length: samples }, (_, n) => [n]);
}

function sources(caller: string, samples: number, groups: LabelList): number[][] {
  const list = readLabels(caller, groups, "groups");
  if (list.length !== samples) {
    throw new TonewrightError(
      "length-mismatch",
      `${caller}: ${samples} samples, ${list.length} groups`,
      "give one group for every sample",
    );
  }
  const members = new Map<string | number, number[]>(sortedLabels(list).map((group) => [group, []]));
  for (const [n, group] of list.entries()) members.get(group)!.push(n);
  return [...members.values()];
}
