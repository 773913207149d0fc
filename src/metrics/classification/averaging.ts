import { type OptionNames, TonewrightError } from "../../errors/index.ts";
import { type Label, type LabelList, listed, quoted, requireLabel } from "./labels.ts";
import { addUp, countByLabel, countBySample, type OutcomeCounts, selectLabels } from "./outcome-counts.ts";
import { type ClassTargets, type IndicatorTargets, readTargets, type SingleLabelTargets } from "./targets.ts";

/**
 * How the scores of several classes become one number.
 *
 * - "none": they do not; one score per class.
 * - "binary": the score of `positiveLabel` alone; for at most two classes.
 * - "micro": one ratio of the outcomes of all classes added up. Large classes decide.
 * - "macro": mean of the scores of the classes, each counting the same.
 * - "weighted": mean of the scores of the classes, each counting as often as it is true.
 * - "samples": one score per sample over its labels, then their mean; for tables of 0 and 1.
 */
export type Average = (typeof AVERAGES)[number];

/** One score, or one per class. */
export type AveragedScore<A extends Average> = A extends "none" ? Float64Array : number;

/** Options of every score that is a ratio of outcomes (precision, recall, F, Jaccard, specificity, …). */
export interface AverageOptions<A extends Average = Average> {
  /** How the classes become one number. */
  readonly average?: A | undefined;
  /** Which labels are scored, in which order; of a table, its column numbers. All that occur, sorted, if left out. */
  readonly labels?: LabelList | undefined;
  /** The class that "binary" scores, default 1. It has no meaning for the other averages. */
  readonly positiveLabel?: Label | undefined;
  /** Shape `[samples]`, not negative; each sample counts as much. */
  readonly sampleWeights?: ArrayLike<number> | undefined;
  /** What 0/0 becomes: 0, 1, or NaN, which also leaves it out of means. Default 0. */
  readonly zeroDivision?: number | undefined;
  /** Called with a sentence for every ratio that is 0/0, whatever takes its place. The library never prints. */
  readonly onUndefined?: ((message: string) => void) | undefined;
}

/** For `checkOptions`. */
export const averageOptionNames: OptionNames<AverageOptions> = {
  average: false,
  labels: false,
  positiveLabel: false,
  sampleWeights: false,
  zeroDivision: false,
  onUndefined: false,
};

const AVERAGES = ["none", "binary", "micro", "macro", "weighted", "samples"] as const;

/** Outcomes ready to be divided: one entry for each score that will be averaged. */
export interface AveragedOutcomes {
  readonly metric: string;
  readonly average: Average;
  readonly counts: OutcomeCounts;
  /** The labels scored. */
  readonly labels: readonly Label[];
  /** Weight of each entry in the mean. */
  readonly weights: Float64Array | undefined;
  readonly zeroDivision: number;
  readonly onUndefined: ((message: string) => void) | undefined;
}

/** A ratio of outcomes. */
export interface Ratio {
  /** For messages, such as "precision". */
  readonly name: string;
  /** What has none in it when the ratio is 0/0, such as "predicted samples". */
  readonly lacks: string;
  readonly numerator: (counts: OutcomeCounts, n: number) => number;
  readonly denominator: (counts: OutcomeCounts, n: number) => number;
}

/** A score that is one ratio, averaged as asked. @throws TonewrightError as `readTargets` and `averagedOutcomes`. */
export function averagedRatio<A extends Average>(
  metric: string,
  {
    truth,
    predicted,
    ratio,
  }: { readonly truth: ClassTargets; readonly predicted: ClassTargets; readonly ratio: Ratio },
  options: AverageOptions<A>,
): AveragedScore<A> {
  const targets = readTargets(metric, truth, predicted, options.sampleWeights);
  return divide(averagedOutcomes(metric, { targets, otherwise: "binary" }, options), ratio) as AveragedScore<A>;
}

/**
 * Outcomes per class, per sample or in all, as the average asks.
 *
 * @throws TonewrightError as `selectLabels`; `unsupported-targets` if the average is not made for
 * them; `unknown-label` if the positive label does not occur; `bad-option`.
 */
export function averagedOutcomes(
  metric: string,
  { targets, otherwise }: { readonly targets: SingleLabelTargets | IndicatorTargets; readonly otherwise: Average },
  options: AverageOptions,
): AveragedOutcomes {
  const { average = otherwise, positiveLabel = 1, zeroDivision = 0, onUndefined } = options;
  requireOptions(metric, average, zeroDivision);
  let chosen = options.labels;
  if (average === "binary") {
    requireBinary(metric, targets.kind, targets.present.length);
    requirePositive(metric, requireLabel(metric, positiveLabel, "positiveLabel"), targets.present);
    chosen = [positiveLabel];
  }
  const selection = selectLabels(metric, targets, chosen);
  const common = { metric, average, labels: selection.labels, zeroDivision, onUndefined };
  if (average === "samples") {
    if (targets.kind !== "multilabel") throw samplesNeedTables(metric);
    // The weight of a sample cancels out of its own ratio, and decides in the mean.
    return {
      ...common,
      counts: countBySample({ ...targets, weights: undefined }, selection),
      weights: targets.weights,
    };
  }
  const counts = countByLabel(targets, selection);
  if (average === "micro") return { ...common, counts: addUp(counts), weights: undefined };
  return { ...common, counts, weights: average === "weighted" ? support(counts) : undefined };
}

/** How often (or with how much weight) each class is true, shape `[outputs]`. */
export function support({ truePositives, falseNegatives }: OutcomeCounts): Float64Array {
  return truePositives.map((hits, c) => hits + falseNegatives[c]!);
}

/** The ratio of every entry, averaged unless the average is "none". */
export function divide(outcomes: AveragedOutcomes, ratio: Ratio): number | Float64Array {
  const { counts, average, zeroDivision, weights } = outcomes;
  const undefinedAt: number[] = [];
  const scores = counts.truePositives.map((_, n) => {
    const denominator = ratio.denominator(counts, n);
    if (denominator !== 0) return ratio.numerator(counts, n) / denominator;
    undefinedAt.push(n);
    return zeroDivision;
  });
  if (undefinedAt.length > 0) outcomes.onUndefined?.(undefinedMessage(outcomes, ratio, undefinedAt));
  return average === "none" ? scores : meanOfDefined(scores, weights);
}

/**
 * Mean of the values that are numbers, NaN if there are none; if their weights are all zero, the mean without weights.
 */
function meanOfDefined(values: Float64Array, weights: Float64Array | undefined): number {
  let sum = 0;
  let weighted = 0;
  let weightSum = 0;
  let count = 0;
  for (let n = 0; n < values.length; n++) {
    const value = values[n]!;
    if (Number.isNaN(value)) continue;
    const weight = weights?.[n] ?? 1;
    sum += value;
    weighted += weight * value;
    weightSum += weight;
    count++;
  }
  if (count === 0) return Number.NaN;
  return weightSum === 0 ? sum / count : weighted / weightSum;
}

function undefinedMessage(
  { metric, average, labels, zeroDivision }: AveragedOutcomes,
  ratio: Ratio,
  at: number[],
): string {
  const where = {
    micro: () => `over the labels ${listed(labels)}`,
    samples: () => `for ${at.length} samples, the first of them sample ${at[0]}`,
    others: () => `for ${listed(at.map((n) => labels[n]!))}`,
  }[average === "micro" || average === "samples" ? average : "others"]();
  const fate = Number.isNaN(zeroDivision) && average !== "none" ? "left out" : `set to ${zeroDivision}`;
  return `${metric}: ${ratio.name} is undefined ${where}, where there are no ${ratio.lacks}; it is ${fate}`;
}

function requireOptions(metric: string, average: Average, zeroDivision: number): void {
  if (!AVERAGES.includes(average)) {
    throw new TonewrightError(
      "bad-option",
      `${metric}: there is no average ${JSON.stringify(average)}`,
      `choose one of ${AVERAGES.map((name) => JSON.stringify(name)).join(", ")}`,
    );
  }
  if (zeroDivision === 0 || zeroDivision === 1 || Number.isNaN(zeroDivision)) return;
  throw new TonewrightError("bad-option", `${metric}: zeroDivision is ${zeroDivision}`, "choose 0, 1 or NaN");
}

function requireBinary(metric: string, kind: "binary" | "multiclass" | "multilabel", labels: number): void {
  if (kind === "binary") return;
  const found = kind === "multiclass" ? `${labels} classes occur` : `${labels} labels may hold at once for a sample`;
  throw new TonewrightError(
    "unsupported-targets",
    `${metric}: ${found}, and average "binary" (the default) is for two classes`,
    `choose average "macro", "micro", "weighted"${kind === "multilabel" ? ', "samples"' : ""} or "none"`,
  );
}

function requirePositive(metric: string, positiveLabel: Label, present: readonly Label[]): void {
  if (present.includes(positiveLabel) || present.length < 2) return;
  throw new TonewrightError(
    "unknown-label",
    `${metric}: positiveLabel is ${quoted(positiveLabel)}, and the labels are ${listed(present)}`,
    "name the label that counts as positive with positiveLabel",
  );
}

function samplesNeedTables(metric: string): TonewrightError {
  return new TonewrightError(
    "unsupported-targets",
    `${metric}: average "samples" needs rows of 0 and 1, and there is one class per sample`,
    'choose average "macro", "micro", "weighted" or "none"',
  );
}
