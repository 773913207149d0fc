import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import type { LabelList } from "../classification/labels.ts";
import { sumOver } from "../regression/sum.ts";
import { type Contingency, countTogether } from "./contingency-matrix.ts";
import { expectedInformation } from "./expected-information.ts";

/** How the entropies of the two groupings become the number that mutual information is divided by. */
export type EntropyAverage = "arithmetic" | "geometric" | "min" | "max";

/** What the scaled mutual informations take. */
export interface InformationOptions {
  /** Default "arithmetic". */
  readonly average?: EntropyAverage | undefined;
}

/**
 * Mutual information of two groupings, in nats: how much knowing the cluster tells about the class.
 *
 * It has no fixed upper limit and grows with the number of clusters: use `adjustedMutualInformation` to compare.
 *
 * @param truth - Class of each sample, shape `[samples]`; at least one.
 * @param clusters - Cluster of each sample, shape `[samples]`. Names do not matter, and the two may be exchanged.
 * @returns `>= 0`, in nats.
 * @throws TonewrightError `empty-input`, `length-mismatch`, `invalid-label`, `mixed-labels`.
 * @see scikit-learn 1.9 `mutual_info_score`
 */
export function mutualInformation(truth: LabelList, clusters: LabelList): number {
  checkLists("mutualInformation(truth, clusters)", { truth, clusters });
  const table = countTogether("mutualInformation", truth, clusters);
  if (table.samples === 0) {
    throw new TonewrightError("empty-input", "mutualInformation: there are no samples", "give at least one sample");
  }
  return informationOf(table);
}

/**
 * Mutual information over the mean of the entropies of both groupings.
 *
 * Not corrected for chance: many small clusters get a high value by themselves.
 *
 * @param truth - Class of each sample, shape `[samples]`.
 * @param clusters - Cluster of each sample, shape `[samples]`. Names do not matter, and the two may be exchanged.
 * @param options.average - Mean of the entropies: "arithmetic" (default), "geometric", "min" or "max".
 * @returns 0 to 1; 1 if both put all samples into one group, also for no samples.
 * @throws TonewrightError `bad-option`, `length-mismatch`, `invalid-label`, `mixed-labels`.
 * @see scikit-learn 1.9 `normalized_mutual_info_score`
 */
export function normalisedMutualInformation(
  truth: LabelList,
  clusters: LabelList,
  options: InformationOptions = {},
): number {
  checkLists("normalisedMutualInformation(truth, clusters, options)", { truth, clusters });
  checkOptions("normalisedMutualInformation(truth, clusters, options)", options, { average: false });
  const { average = "arithmetic" } = options;
  const metric = "normalisedMutualInformation";
  const table = countTogether(metric, truth, clusters);
  if (table.classes.length === table.clusters.length && table.classes.length < 2) return 1;
  const information = informationOf(table);
  return information === 0 ? 0 : information / meanEntropy(metric, table, average);
}

/**
 * Mutual information less what chance gives, scaled so that random groupings get 0 and equal ones 1.
 *
 * The right one of its family when clusters are many or small.
 *
 * @param truth - Class of each sample, shape `[samples]`.
 * @param clusters - Cluster of each sample, shape `[samples]`. Names do not matter, and the two may be exchanged.
 * @param options.average - Mean of the entropies: "arithmetic" (default), "geometric", "min" or "max".
 * @returns At most 1, slightly below 0 possible; 1 if both put all samples into one group, also for no samples.
 * @throws TonewrightError `bad-option`, `length-mismatch`, `invalid-label`, `mixed-labels`.
 * @see scikit-learn 1.9 `adjusted_mutual_info_score`; Vinh, Epps & Bailey 2010
 */
export function adjustedMutualInformation(
  truth: LabelList,
  clusters: LabelList,
  options: InformationOptions = {},
): number {
  checkLists("adjustedMutualInformation(truth, clusters, options)", { truth, clusters });
  checkOptions("adjustedMutualInformation(truth, clusters, options)", options, { average: false });
  const { average = "arithmetic" } = options;
  const metric = "adjustedMutualInformation";
  const table = countTogether(metric, truth, clusters);
  if (table.classes.length === table.clusters.length && table.classes.length < 2) return 1;
  const limit = meanEntropy(metric, table, average);
  if (table.classes.length === 1 || table.clusters.length === 1) return 0;
  const expected = expectedInformation(table);
  return awayFromZero(informationOf(table) - expected) / awayFromZero(limit - expected);
}

/** Mutual information of a table with samples, in nats. */
export function informationOf({ samples, rowSums, columnSums, cells }: Contingency): number {
  if (rowSums.length === 1 || columnSums.length === 1) return 0;
  const information = sumOver(cells.length, (k) => {
    const { row, column, count } = cells[k]!;
    // Products of counts are exact, so independent groupings give the logarithm of exactly 1.
    return (count / samples) * Math.log((count * samples) / (rowSums[row]! * columnSums[column]!));
  });
  return Math.max(0, information);
}

/** Entropy of the sizes of groups, in nats. */
export function entropyOf(sizes: Float64Array, samples: number): number {
  if (sizes.length === 1) return 0;
  return -sumOver(sizes.length, (k) => (sizes[k]! / samples) * (Math.log(sizes[k]!) - Math.log(samples)));
}

function meanEntropy(metric: string, { samples, rowSums, columnSums }: Contingency, average: EntropyAverage): number {
  const u = entropyOf(rowSums, samples);
  const v = entropyOf(columnSums, samples);
  switch (average) {
    case "arithmetic":
      return (u + v) / 2;
    case "geometric":
      return Math.sqrt(u * v);
    case "min":
      return Math.min(u, v);
    case "max":
      return Math.max(u, v);
    default:
      average satisfies never;
      throw new TonewrightError(
        "bad-option",
        `${metric}: there is no average ${JSON.stringify(average)} of entropies`,
        'choose "arithmetic", "geometric", "min" or "max"',
      );
  }
}

/** At least one rounding error, so that 0/0, which both are for equal groupings of single samples, becomes 1. */
function awayFromZero(value: number): number {
  return value < 0 ? Math.min(value, -Number.EPSILON) : Math.max(value, Number.EPSILON);
}
