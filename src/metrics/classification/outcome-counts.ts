import { TonewrightError } from "../../errors/index.ts";
import { type Label, type LabelList, listed, quoted, requireLabelList, requireOneKind } from "./labels.ts";
import type { IndicatorTargets, SingleLabelTargets } from "./targets.ts";

/**
 * How often each class (or sample) was hit and missed; with sample weights, how much weight that was. Each has shape
 * `[outputs]`.
 */
export interface OutcomeCounts {
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
  readonly falseNegatives: Float64Array;
  readonly trueNegatives: Float64Array;
}

/** The labels that a metric is computed for: those given, in their order, or all that are present. */
export interface LabelSelection {
  readonly labels: readonly Label[];
  /** Position in `labels` of every present label, or -1. */
  readonly positions: Int32Array;
}

/**
 * The labels that the user has chosen, or all that are present.
 *
 * Labels that no sample has are allowed where each sample has one class; of a table, only its columns can be chosen.
 *
 * @throws TonewrightError `empty-input`, `invalid-label`, `duplicate-label`, `mixed-labels`, `unknown-label`.
 */
export function selectLabels(
  metric: string,
  targets: SingleLabelTargets | IndicatorTargets,
  chosen?: LabelList,
): LabelSelection {
  const { present } = targets;
  const labels = chosen === undefined ? present : requireLabelList(metric, "labels", chosen);
  if (targets.kind === "multilabel") {
    const unknown = labels.find((label) => !present.includes(label));
    if (unknown !== undefined) {
      throw new TonewrightError(
        "unknown-label",
        `${metric}: there is no column ${quoted(unknown)} in rows of ${present.length} labels`,
        `name columns from 0 to ${present.length - 1}`,
      );
    }
  } else requireOneKind(metric, [...present.slice(0, 1), ...labels]);
  const place = new Map(labels.map((label, n) => [label, n]));
  return { labels, positions: Int32Array.from(present, (label) => place.get(label) ?? -1) };
}

/** Nothing, if a true sample has one of the labels. @throws TonewrightError `unknown-label`. */
export function requireSomeTruth(
  metric: string,
  targets: SingleLabelTargets,
  { labels, positions }: LabelSelection,
): void {
  if (targets.truth.some((label) => positions[label]! >= 0)) return;
  throw new TonewrightError(
    "unknown-label",
    `${metric}: no true label is among the given labels ${listed(labels)}`,
    `name labels that occur, such as ${listed(targets.present)}`,
  );
}

/** Outcomes of each class on its own, all other classes taken together as its negative. */
export function countByLabel(targets: SingleLabelTargets | IndicatorTargets, selection: LabelSelection): OutcomeCounts {
  return targets.kind === "multilabel" ? countColumns(targets, selection) : countClasses(targets, selection);
}

/** Outcomes of each sample over the chosen labels, times the weight of the sample. */
export function countBySample(
  { truth, predicted, samples, present, weights }: IndicatorTargets,
  { positions }: LabelSelection,
): OutcomeCounts {
  const counts = newCounts(samples);
  const columns = present.length;
  for (let n = 0; n < samples; n++) {
    for (let column = 0; column < columns; column++) {
      if (positions[column]! < 0) continue;
      cell(counts, truth[n * columns + column]!, predicted[n * columns + column]!)[n]! += weights?.[n] ?? 1;
    }
  }
  return counts;
}

/** The outcomes of all classes added up, shape `[1]`. */
export function addUp(counts: OutcomeCounts): OutcomeCounts {
  const total = (values: Float64Array) => Float64Array.of(values.reduce((sum, value) => sum + value, 0));
  return {
    truePositives: total(counts.truePositives),
    falsePositives: total(counts.falsePositives),
    falseNegatives: total(counts.falseNegatives),
    trueNegatives: total(counts.trueNegatives),
  };
}

function countClasses(
  { truth, predicted, samples, weights }: SingleLabelTargets,
  { labels, positions }: LabelSelection,
): OutcomeCounts {
  const sums = newSums(labels.length);
  for (let n = 0; n < samples; n++) {
    const weight = weights?.[n] ?? 1;
    if (weight === 0) continue;
    const actual = positions[truth[n]!]!;
    const guess = positions[predicted[n]!]!;
    addTo(sums, actual, guess, weight);
    if (guess >= 0 && guess !== actual) sums.concerned[guess]!++;
    if (actual >= 0) sums.concerned[actual]!++;
    sums.total += weight;
    sums.samples++;
  }
  return outcomesOf(sums);
}

function countColumns(
  { truth, predicted, samples, present, weights }: IndicatorTargets,
  { labels, positions }: LabelSelection,
): OutcomeCounts {
  const sums = newSums(labels.length);
  const columns = present.length;
  for (let n = 0; n < samples; n++) {
    const weight = weights?.[n] ?? 1;
    if (weight === 0) continue;
    for (let column = 0; column < columns; column++) {
      const c = positions[column]!;
      const actual = truth[n * columns + column] === 1;
      const guess = predicted[n * columns + column] === 1;
      if (c < 0 || !(actual || guess)) continue;
      addTo(sums, actual ? c : -1, guess ? c : -1, weight);
      sums.concerned[c]!++;
    }
    sums.total += weight;
    sums.samples++;
  }
  return outcomesOf(sums);
}

/**
 * What the outcomes of the classes follow from. Sums are taken in the order of the samples, as scikit-learn takes them.
 */
interface Sums {
  readonly hits: Float64Array;
  readonly actual: Float64Array;
  readonly guessed: Float64Array;
  /** Samples of any weight that are true or predicted. */
  readonly concerned: Int32Array;
  total: number;
  samples: number;
}

function newSums(outputs: number): Sums {
  const zeros = () => new Float64Array(outputs);
  return {
    hits: zeros(),
    actual: zeros(),
    guessed: zeros(),
    concerned: new Int32Array(outputs),
    total: 0,
    samples: 0,
  };
}

function addTo(sums: Sums, actual: number, guess: number, weight: number): void {
  if (actual >= 0) sums.actual[actual]! += weight;
  if (guess >= 0) sums.guessed[guess]! += weight;
  if (actual >= 0 && actual === guess) sums.hits[actual]! += weight;
}

function outcomesOf({ hits, actual, guessed, concerned, total, samples }: Sums): OutcomeCounts {
  const falsePositives = guessed.map((sum, c) => sum - hits[c]!);
  const falseNegatives = actual.map((sum, c) => sum - hits[c]!);
  const trueNegatives = hits.map((sum, c) => {
    // The rest of the weight. Rounding must not make 1e-17 out of none, as ratios ask whether there is any.
    return concerned[c] === samples ? 0 : Math.max(0, total - sum - falsePositives[c]! - falseNegatives[c]!);
  });
  return { truePositives: hits, falsePositives, falseNegatives, trueNegatives };
}

function cell(counts: OutcomeCounts, actual: number, guess: number): Float64Array {
  if (actual === 1) return guess === 1 ? counts.truePositives : counts.falseNegatives;
  return guess === 1 ? counts.falsePositives : counts.trueNegatives;
}

function newCounts(outputs: number): OutcomeCounts {
  return {
    truePositives: new Float64Array(outputs),
    falsePositives: new Float64Array(outputs),
    falseNegatives: new Float64Array(outputs),
    trueNegatives: new Float64Array(outputs),
  };
}
