import { readFileSync } from "node:fs";
import { isTonewrightError } from "../../errors/index.ts";
import { contingencyMatrix } from "../clustering/contingency-matrix.ts";
import { calinskiHarabaszIndex, daviesBouldinIndex } from "../clustering/cluster-separation.ts";
import { completeness, homogeneity, homogeneityScores, vMeasure } from "../clustering/homogeneity.ts";
import {
  adjustedMutualInformation,
  mutualInformation,
  normalisedMutualInformation,
} from "../clustering/mutual-information.ts";
import { adjustedRandIndex, fowlkesMallowsIndex, pairCounts, randIndex } from "../clustering/rand-index.ts";
import { silhouetteSamples, silhouetteScore } from "../clustering/silhouette.ts";
import { meanAbsoluteError } from "../mean-absolute-error.ts";
import { maxError, meanAbsolutePercentageError, medianAbsoluteError } from "../regression/absolute-errors.ts";
import { explainedVariance, r2Score } from "../regression/explained-variance.ts";
import { meanSquaredError, rootMeanSquaredError } from "../regression/mean-squared-error.ts";
import { meanSquaredLogError, rootMeanSquaredLogError } from "../regression/mean-squared-log-error.ts";
import { d2AbsoluteErrorScore, d2PinballScore, meanPinballLoss } from "../regression/pinball.ts";
import { groupKFold, leaveOneGroupOut } from "../splitting/group-k-fold.ts";
import { kFold } from "../splitting/k-fold.ts";
import { stratifiedGroupKFold } from "../splitting/stratified-group-k-fold.ts";
import { stratifiedKFold } from "../splitting/stratified-k-fold.ts";
import { trainTestSplit } from "../splitting/train-test-split.ts";
import { areaUnderCurve } from "./area-under-curve.ts";
import { averagePrecision } from "./average-precision.ts";
import { brierScore, d2BrierScore } from "./brier-score.ts";
import { calibrationCurve } from "./calibration.ts";
import { confusionAtThresholds } from "./confusion-at-thresholds.ts";
import { detCurve } from "./det-curve.ts";
import { discountedCumulativeGain, normalisedDiscountedCumulativeGain } from "./discounted-gain.ts";
import { coverageError, labelRankingAveragePrecision, labelRankingLoss } from "./label-ranking.ts";
import { d2LogLossScore, logLoss } from "./log-loss.ts";
import { precisionRecallCurve } from "./precision-recall-curve.ts";
import { rocAuc } from "./roc-auc.ts";
import { rocCurve } from "./roc-curve.ts";

/** For tests only: our functions under the names and options of scikit-learn, so that its examples run as they are. */

type Values = Record<string, unknown>;
// biome-ignore lint/suspicious/noExplicitAny: examples of another library are called by name, with whatever they hold.
type Call = (first: any, second: any, options: any) => unknown;

const calls: Record<string, Call> = {
  // ranking
  auc: areaUnderCurve,
  average_precision_score: averagePrecision,
  brier_score_loss: brierScore,
  calibration_curve: (truth, probabilities, options) => {
    const { positiveRates, meanProbabilities } = calibrationCurve(truth, probabilities, options);
    return [positiveRates, meanProbabilities];
  },
  confusion_matrix_at_thresholds: (truth, scores, options) => {
    const counts = confusionAtThresholds(truth, scores, options);
    const { trueNegatives, falsePositives, falseNegatives, truePositives, thresholds } = counts;
    return [trueNegatives, falsePositives, falseNegatives, truePositives, thresholds];
  },
  coverage_error: coverageError,
  d2_brier_score: d2BrierScore,
  d2_log_loss_score: d2LogLossScore,
  dcg_score: discountedCumulativeGain,
  det_curve: (truth, scores, options) => {
    const { falsePositiveRates, falseNegativeRates, thresholds } = detCurve(truth, scores, options);
    return [falsePositiveRates, falseNegativeRates, thresholds];
  },
  label_ranking_average_precision_score: labelRankingAveragePrecision,
  label_ranking_loss: labelRankingLoss,
  log_loss: logLoss,
  ndcg_score: normalisedDiscountedCumulativeGain,
  precision_recall_curve: (truth, scores, options) => {
    const { precisions, recalls, thresholds } = precisionRecallCurve(truth, scores, options);
    return [precisions, recalls, thresholds];
  },
  roc_auc_score: rocAuc,
  roc_curve: (truth, scores, options) => {
    const { falsePositiveRates, truePositiveRates, thresholds } = rocCurve(truth, scores, options);
    return [falsePositiveRates, truePositiveRates, thresholds];
  },
  // regression
  d2_absolute_error_score: d2AbsoluteErrorScore,
  d2_pinball_score: d2PinballScore,
  explained_variance_score: explainedVariance,
  max_error: maxError,
  mean_absolute_error: meanAbsoluteError,
  mean_absolute_percentage_error: meanAbsolutePercentageError,
  mean_pinball_loss: meanPinballLoss,
  mean_squared_error: meanSquaredError,
  mean_squared_log_error: meanSquaredLogError,
  median_absolute_error: medianAbsoluteError,
  r2_score: r2Score,
  root_mean_squared_error: rootMeanSquaredError,
  root_mean_squared_log_error: rootMeanSquaredLogError,
  // clustering
  adjusted_mutual_info_score: adjustedMutualInformation,
  adjusted_rand_score: adjustedRandIndex,
  calinski_harabasz_score: calinskiHarabaszIndex,
  completeness_score: completeness,
  contingency_matrix: (truth, clusters) => {
    const { values, clusters: columns } = contingencyMatrix(truth, clusters);
    return rowsOf(values, columns.length);
  },
  davies_bouldin_score: daviesBouldinIndex,
  fowlkes_mallows_score: fowlkesMallowsIndex,
  homogeneity_completeness_v_measure: (truth, clusters, options) =>
    Object.values(homogeneityScores(truth, clusters, options)),
  homogeneity_score: homogeneity,
  mutual_info_score: mutualInformation,
  normalized_mutual_info_score: normalisedMutualInformation,
  pair_confusion_matrix: (truth, clusters) => {
    const { bothApart, clusterOnly, classOnly, bothTogether } = pairCounts(truth, clusters);
    return [
      [bothApart, clusterOnly],
      [classOnly, bothTogether],
    ];
  },
  rand_score: randIndex,
  silhouette_samples: silhouetteSamples,
  silhouette_score: silhouetteScore,
  v_measure_score: vMeasure,
  // splitting
  "KFold.split": (samples, _, options) => kFold(samples, options).map(({ train, test }) => [train, test]),
  "StratifiedKFold.split": (labels, _, options) => stratifiedKFold(labels, options).map(({ test }) => test),
  "GroupKFold.split": (groups, _, options) => groupKFold(groups, options).map(({ test }) => test),
  "StratifiedGroupKFold.split": (labels, groups, options) =>
    stratifiedGroupKFold(labels, groups, options).map(({ test }) => test),
  "LeaveOneGroupOut.split": (groups) => leaveOneGroupOut(groups).map(({ test }) => test),
  "StratifiedShuffleSplit._counts": (labels: number[], _, options) => {
    const { test } = trainTestSplit(labels.length, { labels, ...options });
    return [...new Set(labels)].sort().map((label) => test.filter((n) => labels[n] === label).length);
  },
};

/** The names of the functions of scikit-learn that have their like in the folders beside this one. */
export const scikitNames: readonly string[] = Object.keys(calls);

const optionNames: Record<string, string> = {
  alpha: "quantile",
  average: "average",
  average_method: "average",
  beta: "beta",
  drop_intermediate: "dropIntermediate",
  force_finite: "forceFinite",
  ignore_ties: "ignoreTies",
  k: "k",
  labels: "labels",
  log_base: "logBase",
  max_fpr: "maxFalsePositiveRate",
  metric: "metric",
  multi_class: "multiclass",
  multioutput: "outputs",
  n_bins: "bins",
  n_splits: "folds",
  normalize: "normalise",
  pos_label: "positiveLabel",
  random_state: "seed",
  sample_weight: "sampleWeights",
  scale_by_half: "halve",
  strategy: "strategy",
  test_size: "testSize",
};

const words: Record<string, unknown> = {
  ovr: "one-vs-rest",
  ovo: "one-vs-one",
  raw_values: "raw",
  uniform_average: "uniform",
  variance_weighted: "variance",
};

/** Our answer to a call of scikit-learn, as nested lists. An option that we do not know is an error. */
export function callAsScikit(fn: string, [first, second]: readonly unknown[], options: Values): unknown {
  const call = calls[fn];
  if (call === undefined) throw new Error(`bug: no call for ${fn}`);
  const ours: Values = {};
  for (const [name, value] of Object.entries(options)) {
    const own = optionNames[name];
    if (own === undefined) throw new Error(`bug: no option ${name} of ${fn}`);
    if (value === null && name === "average") ours[own] = "none";
    else if (value !== null) ours[own] = typeof value === "string" ? (words[value] ?? value) : value;
  }
  return plain(call(first, second, ours));
}

/**
 * Where the two differ: in shape, or in a number by more than `tolerance`, of its size if it is above 1.
 *
 * @param expected - As in the vectors: NaN and infinities are the texts "nan", "inf" and "-inf".
 */
function differences(found: unknown, expected: unknown, tolerance: number, path = "result"): string[] {
  if (Array.isArray(expected)) {
    const list = Array.isArray(found) ? found : [];
    if (list.length !== expected.length || !Array.isArray(found)) {
      return [`${path} is ${JSON.stringify(found)} and not a list of ${expected.length}`];
    }
    return expected.flatMap((item, n) => differences(list[n], item, tolerance, `${path}[${n}]`));
  }
  const special: Record<string, number> = { nan: Number.NaN, inf: Number.POSITIVE_INFINITY, "-inf": -Infinity };
  const wanted = typeof expected === "string" ? special[expected]! : (expected as number);
  const same =
    Object.is(found, wanted) || Math.abs((found as number) - wanted) <= tolerance * Math.max(1, Math.abs(wanted));
  return same ? [] : [`${path} is ${found} and not ${expected}`];
}

/** The calls in `fixtures/metrics/<folder>/golden.json`, which scikit-learn 1.9.1 has answered, by function. */
export function goldensOf(folder: string): [string, readonly ScikitCase[]][] {
  const file = new URL(`../../../fixtures/metrics/${folder}/golden.json`, import.meta.url);
  const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: readonly ScikitCase[] };
  return [...new Set(cases.map(({ fn }) => fn))].map((fn) => [fn, cases.filter((one) => one.fn === fn)]);
}

/** A call of scikit-learn and its answer. */
export interface ScikitCase {
  readonly fn: string;
  readonly inputs: Values;
  readonly kwargs: Values;
  readonly expected: unknown;
  readonly raises?: string;
}

/** What differs between our answer and that of scikit-learn; an error is right where it raises one. */
export function mismatches({ fn, inputs, kwargs, expected, raises }: ScikitCase): string[] {
  let found: unknown;
  try {
    found = callAsScikit(fn, Object.values(inputs), kwargs);
  } catch (error) {
    if (raises === undefined || !isTonewrightError(error)) throw error;
    return [];
  }
  if (raises !== undefined) return [`${JSON.stringify(inputs)} gives ${JSON.stringify(found)} and no error`];
  // Both sides compute in float64; only the order of sums differs.
  return differences(found, expected, 1e-12).map((difference) => `${JSON.stringify(inputs)}: ${difference}`);
}

function rowsOf(values: ArrayLike<number>, width: number): number[][] {
  const list = Array.from(values);
  return Array.from({ length: list.length / width }, (_, n) => list.slice(n * width, (n + 1) * width));
}

function plain(value: unknown): unknown {
  if (value instanceof Float64Array) return Array.from(value);
  return Array.isArray(value) ? value.map(plain) : value;
}
