import { accuracy, zeroOneLoss } from "./accuracy.ts";
import { balancedAccuracy } from "./balanced-accuracy.ts";
import { balancedClassWeights } from "./class-weights.ts";
import {
  type ClassificationReport,
  classificationReport,
  type ClassificationReportLine,
  type ClassificationReportOptions,
} from "./classification-report.ts";
import { cohenKappa } from "./cohen-kappa.ts";
import { confusionMatrix } from "./confusion-matrix.ts";
import { hammingLoss } from "./hamming-loss.ts";
import { hingeLoss } from "./hinge-loss.ts";
import { jaccardScore } from "./jaccard.ts";
import { classLikelihoodRatios } from "./likelihood-ratios.ts";
import { matthewsCorrelation } from "./matthews-correlation.ts";
import { multilabelConfusionMatrix } from "./multilabel-confusion-matrix.ts";
import { f1Score, fBetaScore, precisionRecallFBeta, precisionScore, recallScore } from "./precision-recall.ts";
import { formatClassificationReport } from "./format-report.ts";
import {
  falseDiscoveryRate,
  falseNegativeRate,
  falsePositiveRate,
  negativePredictiveValue,
  specificity,
} from "./rates.ts";
import { topKAccuracy } from "./top-k-accuracy.ts";

/**
 * For tests only: our functions under the names and options of scikit-learn, so that its examples can be run as they
 * are.
 */

type Values = Record<string, unknown>;
/** Examples of another library are called by name, with whatever they hold: their own types say nothing. */
type Metric = (first: never, second: never, options: never) => unknown;

/** Functions with the averages of `precision_score`. */
const averaged: Record<string, Metric> = {
  precision_score: precisionScore,
  recall_score: recallScore,
  f1_score: f1Score,
  fbeta_score: fBetaScore,
  jaccard_score: jaccardScore,
  specificity,
  negative_predictive_value: negativePredictiveValue,
  false_positive_rate: falsePositiveRate,
  false_negative_rate: falseNegativeRate,
  false_discovery_rate: falseDiscoveryRate,
};

const calls: Record<string, Metric> = {
  ...averaged,
  accuracy_score: accuracy,
  balanced_accuracy_score: balancedAccuracy,
  zero_one_loss: zeroOneLoss,
  hamming_loss: hammingLoss,
  matthews_corrcoef: matthewsCorrelation,
  cohen_kappa_score: cohenKappa,
  top_k_accuracy_score: topKAccuracy,
  hinge_loss: hingeLoss,
  compute_class_weight: (truth, _, options) => balancedClassWeights(truth, options),
  class_likelihood_ratios: (truth, predicted, options) => {
    const { positive, negative } = classLikelihoodRatios(truth, predicted, options);
    return [positive, negative];
  },
  confusion_matrix: (truth, predicted, options) => {
    const { labels, values } = confusionMatrix(truth, predicted, options);
    return rowsOf(values, labels.length);
  },
  multilabel_confusion_matrix: (truth, predicted, options) =>
    rowsOf(multilabelConfusionMatrix(truth, predicted, options).values, 4).map((cells) => rowsOf(cells, 2)),
  precision_recall_fscore_support: (truth, predicted, options) => {
    const { precision, recall, fBeta, support } = precisionRecallFBeta(truth, predicted, options);
    return [precision, recall, fBeta, support];
  },
  classification_report: (
    truth,
    predicted,
    given: ClassificationReportOptions & { digits?: number; asObject?: boolean },
  ) => {
    const { digits, asObject = false, ...options } = given;
    const report = classificationReport(truth, predicted, options);
    return asObject ? nested(report) : formatClassificationReport(report, digits === undefined ? {} : { digits });
  },
};

/** The names of the functions of scikit-learn that have their like here; the last five are ours alone. */
export const scikitNames: readonly string[] = Object.keys(calls);

const optionNames: Record<string, string> = {
  average: "average",
  labels: "labels",
  classes: "classes",
  pos_label: "positiveLabel",
  sample_weight: "sampleWeights",
  zero_division: "zeroDivision",
  normalize: "normalise",
  weights: "weights",
  beta: "beta",
  k: "k",
  adjusted: "adjusted",
  samplewise: "bySample",
  digits: "digits",
  target_names: "targetNames",
  output_dict: "asObject",
};

/** Our answer to a call of scikit-learn, as nested lists. An option that we do not know is an error. */
export function callAsScikit(fn: string, [first, second]: readonly unknown[], options: Values): unknown {
  const call = calls[fn];
  if (call === undefined) throw new Error(`bug: no call for ${fn}`);
  const ours: Values = {};
  for (const [name, value] of Object.entries(options)) {
    const own = optionNames[name];
    if (own === undefined) throw new Error(`bug: no option ${name} of ${fn}`);
    // The None of labels is our undefined; the None of an average, a normalisation or a weighting is our "none".
    if (value === null && name !== "labels") ours[own] = "none";
    else if (value !== null) ours[own] = value === "nan" ? Number.NaN : value;
  }
  return plain(call(first as never, second as never, ours as never));
}

/** Where the two differ: in shape, in a text, or in a number by more than `tolerance`. */
export function differences(found: unknown, expected: unknown, tolerance: number, path = "result"): string[] {
  const inside = (keys: readonly string[]) =>
    keys.flatMap((key) => differences((found as Values)[key], (expected as Values)[key], tolerance, `${path}.${key}`));
  if (typeof expected === "object" && expected !== null && typeof found === "object" && found !== null) {
    const keys = Object.keys(expected);
    const own = Object.keys(found);
    return own.join() === keys.join() ? inside(keys) : [`${path} holds ${own.join()} and not ${keys.join()}`];
  }
  const same =
    typeof expected === "number" ? Math.abs((found as number) - expected) <= tolerance : (found ?? null) === expected;
  if (same || (expected === "nan" && Number.isNaN(found))) return [];
  return [`${path} is ${JSON.stringify(found)} and not ${JSON.stringify(expected)}`];
}

function rowsOf(values: ArrayLike<number>, width: number): number[][] {
  const list = Array.from(values);
  return Array.from({ length: list.length / width }, (_, n) => list.slice(n * width, (n + 1) * width));
}

function plain(value: unknown): unknown {
  if (value instanceof Float64Array) return Array.from(value);
  return Array.isArray(value) ? value.map(plain) : value;
}

/** A report as the nested dictionary of scikit-learn. */
function nested({ classes, accuracy: fraction, averages }: ClassificationReport): Values {
  const dictionary = ({ precision, recall, f1, support }: ClassificationReportLine) => ({
    precision,
    recall,
    "f1-score": f1,
    support,
  });
  const lines = classes.map((line): [string, unknown] => [line.name, dictionary(line)]);
  const whole: [string, unknown][] = fraction === undefined ? [] : [["accuracy", fraction]];
  const means = Object.entries(averages).flatMap(([name, line]): [string, unknown][] =>
    line === undefined ? [] : [[`${name} avg`, dictionary(line)]],
  );
  return Object.fromEntries([...lines, ...whole, ...means]);
}
