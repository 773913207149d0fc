import { checkLists, checkOptions } from "../../errors/index.ts";
import type { LabelList } from "../classification/labels.ts";
import { countTogether } from "./contingency-matrix.ts";
import { entropyOf, informationOf } from "./mutual-information.ts";

/** Homogeneity, completeness and their mean. */
export interface HomogeneityScores {
  readonly homogeneity: number;
  readonly completeness: number;
  readonly vMeasure: number;
}

/** What the mean of homogeneity and completeness takes. */
export interface VMeasureOptions {
  /** Above 1 weights completeness more, below 1 homogeneity. Default 1. */
  readonly beta?: number | undefined;
}

/**
 * Homogeneity: 1 if every cluster holds samples of one class only.
 *
 * One cluster per sample is perfectly homogeneous: look at `completeness` as well.
 *
 * @param truth - Class of each sample, shape `[samples]`.
 * @param clusters - Cluster of each sample, shape `[samples]`. Exchanged, they give the completeness.
 * @returns 0 to 1; 1 if there is one class only, also for no samples.
 * @throws TonewrightError `length-mismatch`, `invalid-label`, `mixed-labels`.
 * @see scikit-learn 1.9 `homogeneity_score`; Rosenberg & Hirschberg 2007
 */
export function homogeneity(truth: LabelList, clusters: LabelList): number {
  checkLists("homogeneity(truth, clusters)", { truth, clusters });
  return scores("homogeneity", truth, { clusters }).homogeneity;
}

/**
 * Completeness: 1 if all samples of a class lie in one cluster.
 *
 * A single cluster is perfectly complete: look at `homogeneity` as well.
 *
 * @param truth - Class of each sample, shape `[samples]`.
 * @param clusters - Cluster of each sample, shape `[samples]`.
 * @returns 0 to 1; 1 if there is one cluster only, also for no samples.
 * @throws TonewrightError `length-mismatch`, `invalid-label`, `mixed-labels`.
 * @see scikit-learn 1.9 `completeness_score`; Rosenberg & Hirschberg 2007
 */
export function completeness(truth: LabelList, clusters: LabelList): number {
  checkLists("completeness(truth, clusters)", { truth, clusters });
  return scores("completeness", truth, { clusters }).completeness;
}

/**
 * V-measure: the harmonic mean of homogeneity and completeness.
 *
 * With `beta` 1 it equals `normalisedMutualInformation`, and like that it is not corrected for chance.
 *
 * @param truth - Class of each sample, shape `[samples]`.
 * @param clusters - Cluster of each sample, shape `[samples]`.
 * @param options.beta - Above 1 weights completeness more, below 1 homogeneity.
 * @returns 0 to 1.
 * @throws TonewrightError `length-mismatch`, `invalid-label`, `mixed-labels`.
 * @see scikit-learn 1.9 `v_measure_score`; Rosenberg & Hirschberg 2007
 */
export function vMeasure(truth: LabelList, clusters: LabelList, options: VMeasureOptions = {}): number {
  checkLists("vMeasure(truth, clusters, options)", { truth, clusters });
  checkOptions("vMeasure(truth, clusters, options)", options, { beta: false });
  return scores("vMeasure", truth, { clusters, ...options }).vMeasure;
}

/**
 * Homogeneity, completeness and V-measure at once.
 *
 * @param truth - Class of each sample, shape `[samples]`.
 * @param clusters - Cluster of each sample, shape `[samples]`.
 * @param options.beta - Above 1 weights completeness more, below 1 homogeneity.
 * @returns Each 0 to 1.
 * @throws TonewrightError `length-mismatch`, `invalid-label`, `mixed-labels`.
 * @see scikit-learn 1.9 `homogeneity_completeness_v_measure`
 */
export function homogeneityScores(
  truth: LabelList,
  clusters: LabelList,
  options: VMeasureOptions = {},
): HomogeneityScores {
  checkLists("homogeneityScores(truth, clusters, options)", { truth, clusters });
  checkOptions("homogeneityScores(truth, clusters, options)", options, { beta: false });
  return scores("homogeneityScores", truth, { clusters, ...options });
}

function scores(
  metric: string,
  truth: LabelList,
  { clusters, beta = 1 }: VMeasureOptions & { readonly clusters: LabelList },
): HomogeneityScores {
  const table = countTogether(metric, truth, clusters);
  if (table.samples === 0) return { homogeneity: 1, completeness: 1, vMeasure: 1 };
  const information = informationOf(table);
  const share = (sizes: Float64Array) => {
    const entropy = entropyOf(sizes, table.samples);
    return entropy === 0 ? 1 : information / entropy;
  };
  const [h, c] = [share(table.rowSums), share(table.columnSums)];
  const v = h + c === 0 ? 0 : ((1 + beta) * h * c) / (beta * h + c);
  return { homogeneity: h, completeness: c, vMeasure: v };
}
