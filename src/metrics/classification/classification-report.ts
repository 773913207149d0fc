import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import { type Label, type LabelList, listed } from "./labels.ts";
import { scoreTargets } from "./precision-recall.ts";
import { type ClassTargets, readTargets } from "./targets.ts";

/** One line of a classification report. */
export interface ClassificationReportLine {
  /** From 0 to 1; NaN only where `zeroDivision` is NaN. */
  readonly precision: number;
  /** From 0 to 1; NaN only where `zeroDivision` is NaN. */
  readonly recall: number;
  /** From 0 to 1; NaN only where `zeroDivision` is NaN. */
  readonly f1: number;
  /** True samples, or their weight. */
  readonly support: number;
}

/** Scores of every class and their averages. */
export interface ClassificationReport {
  /** One line per label, in the order of the labels. */
  readonly classes: readonly (ClassificationReportLine & { readonly label: Label; readonly name: string })[];
  /**
   * Fraction of right samples. Undefined if some classes are left out or several labels hold at once: see `micro` then.
   */
  readonly accuracy: number | undefined;
  /** Averages over the classes; `micro` is there where `accuracy` is not, `samples` for tables of 0 and 1. */
  readonly averages: {
    readonly micro: ClassificationReportLine | undefined;
    readonly macro: ClassificationReportLine;
    readonly weighted: ClassificationReportLine;
    readonly samples: ClassificationReportLine | undefined;
  };
  /** True if the support is a weight, and not a number of samples. */
  readonly isWeighted: boolean;
}

/** Options of `classificationReport`. */
export interface ClassificationReportOptions {
  /** Which labels, in which order; of a table, its column numbers. All that occur, sorted, if left out. */
  readonly labels?: LabelList | undefined;
  /** A name for each label, for display. The labels themselves if left out. */
  readonly targetNames?: readonly string[] | undefined;
  /** Shape `[samples]`, not negative; each sample counts as much. */
  readonly sampleWeights?: ArrayLike<number> | undefined;
  /** What 0/0 becomes: 0, 1, or NaN, which also leaves it out of means. Default 0. */
  readonly zeroDivision?: number | undefined;
  /** Called with a sentence for each column in which a class, or a sample, has 0/0. */
  readonly onUndefined?: ((message: string) => void) | undefined;
}

/**
 * Classification report: precision, recall, F1 and support of every class, and their averages.
 *
 * `accuracy` is undefined when `labels` leave a class out, as then it would not be the accuracy of all samples.
 *
 * @param truth - True classes, shape `[samples]`, or `[samples][labels]` of 0 and 1.
 * @param predicted - Predicted classes, same shape.
 * @param options - See `ClassificationReportOptions`.
 * @returns Numbers at full precision; `formatClassificationReport` makes the table.
 * @throws TonewrightError `empty-input`, `length-mismatch` (also if names and labels differ in number),
 * `invalid-label`, `mixed-labels`, `mixed-targets`, `invalid-indicator`, `invalid-weight`, `duplicate-label`,
 * `unknown-label`, `bad-option`.
 * @see scikit-learn 1.9 `classification_report(output_dict=True)`. There, names beyond the labels are dropped with a
 * warning, and a class named "accuracy" overwrites the accuracy; here the first is an error and the second cannot
 * happen.
 */
export function classificationReport(
  truth: ClassTargets,
  predicted: ClassTargets,
  options: ClassificationReportOptions = {},
): ClassificationReport {
  checkLists("classificationReport(truth, predicted, options)", { truth, predicted });
  checkOptions("classificationReport(truth, predicted, options)", options, {
    labels: false,
    targetNames: false,
    sampleWeights: false,
    zeroDivision: false,
    onUndefined: false,
  });
  const { targetNames, onUndefined, ...scoring } = options;
  const metric = "classificationReport";
  const targets = readTargets(metric, truth, predicted, options.sampleWeights);
  const each = scoreTargets(metric, targets, { ...scoring, average: "none", onUndefined });
  const names = namesOf(each.labels, targetNames);
  const support = each.support.reduce((sum, value) => sum + value, 0);
  const isTable = targets.kind === "multilabel";
  const isComplete = !isTable && targets.present.every((label) => each.labels.includes(label));
  // A mean is undefined only where one of its classes is, which has been told.
  const mean = (average: "micro" | "macro" | "weighted") =>
    lineOf(scoreTargets(metric, targets, { ...scoring, average }), support);
  const micro = mean("micro");
  return {
    classes: each.labels.map((label, c) => ({
      label,
      name: names[c]!,
      precision: each.precision[c]!,
      recall: each.recall[c]!,
      f1: each.fBeta[c]!,
      support: each.support[c]!,
    })),
    accuracy: isComplete ? micro.f1 : undefined,
    averages: {
      micro: isComplete ? undefined : micro,
      macro: mean("macro"),
      weighted: mean("weighted"),
      samples: isTable
        ? lineOf(scoreTargets(metric, targets, { ...scoring, average: "samples", onUndefined }), support)
        : undefined,
    },
    isWeighted: options.sampleWeights !== undefined,
  };
}

type Means = { readonly precision: number; readonly recall: number; readonly fBeta: number };

function lineOf({ precision, recall, fBeta }: Means, support: number): ClassificationReportLine {
  return { precision, recall, f1: fBeta, support };
}

function namesOf(labels: readonly Label[], targetNames: readonly string[] | undefined): readonly string[] {
  if (targetNames === undefined) return labels.map(String);
  if (targetNames.length === labels.length) return targetNames;
  throw new TonewrightError(
    "length-mismatch",
    `classificationReport: ${targetNames.length} names for ${labels.length} labels (${listed(labels)})`,
    "name every label once, in the order of the labels; give labels too if some do not occur",
  );
}
