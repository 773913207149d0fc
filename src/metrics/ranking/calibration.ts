import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import { type Label, type LabelList, listed, sortedLabels } from "../classification/labels.ts";
import { readLabels } from "../classification/targets.ts";
import { sumOver } from "../regression/sum.ts";
import { positiveClass, requireSameCount } from "./binary-scores.ts";
import { readClassProbabilities, readProbabilityTable } from "./class-probabilities.ts";
import { hasRows, type NumberRows } from "./score-rows.ts";

/** How probabilities are grouped. */
export interface CalibrationBins {
  /** How many groups; empty ones are left out of the result. */
  readonly bins?: number | undefined;
  /** Groups of equal width ("uniform", default) or with about equally many samples ("quantile"). */
  readonly strategy?: "uniform" | "quantile" | undefined;
}

/** Groups of samples with similar probabilities, from low to high; each of shape `[groups]`. */
export interface CalibrationCurve {
  /** Share of positives in the group: for calibrated probabilities equal to the mean probability. */
  readonly positiveRates: Float64Array;
  readonly meanProbabilities: Float64Array;
  /** Samples in the group; a point of few samples means little. */
  readonly counts: Float64Array;
}

/**
 * Calibration curve (reliability diagram): how often it happens when the model says that it does with a probability of
 * `p`.
 *
 * @param truth - Class of each sample, shape `[samples]`; two classes.
 * @param probabilities - Of the positive class, shape `[samples]`, 0 to 1.
 * @param options.positiveLabel - The class of the probabilities; may be left out for labels 0 and 1, or -1 and 1.
 * @param options.bins - Default 5. A probability on an edge belongs to the group below.
 * @param options.strategy - "uniform" (default) or "quantile".
 * @returns One point per group that has samples.
 * @throws TonewrightError `not-binary`, `unknown-positive`, `not-probabilities`, `bad-option`, `empty-input`,
 *   `length-mismatch`, `invalid-label`, `mixed-labels`, `non-finite-score`.
 * @see scikit-learn 1.9 `calibration_curve`
 */
export function calibrationCurve(
  truth: LabelList,
  probabilities: ArrayLike<number>,
  options: CalibrationBins & { readonly positiveLabel?: Label | undefined } = {},
): CalibrationCurve {
  checkLists("calibrationCurve(truth, probabilities, options)", { truth, probabilities });
  checkOptions("calibrationCurve(truth, probabilities, options)", options, {
    bins: false,
    strategy: false,
    positiveLabel: false,
  });
  const { positiveLabel, bins = 5, strategy } = options;
  const metric = "calibrationCurve";
  const labels = readLabels(metric, truth);
  requireSameCount(metric, labels.length, probabilities.length);
  const present = sortedLabels(labels);
  if (present.length > 2) {
    throw new TonewrightError(
      "not-binary",
      `${metric}: there are ${present.length} classes, ${listed(present)}`,
      "draw one curve per class, with labels of 0 and 1 and the probability of that class",
    );
  }
  const hit = positiveClass(metric, labels, positiveLabel);
  const { values } = readProbabilityTable(metric, probabilities);
  return grouped(
    {
      hits: Uint8Array.from(labels, (label) => (label === hit ? 1 : 0)),
      probabilities: Float64Array.from(labels, (_, n) => values[2 * n + 1]!),
    },
    binEdges(metric, { bins, strategy }),
  );
}

/**
 * Expected calibration error: mean distance of probability and what happened, over groups weighted by their samples.
 *
 * With rows of probabilities it looks at the most likely class only: its probability against how often it is right (the
 * definition of Guo et al.). It depends on the number of groups and grows with fewer samples, so compare equal settings
 * only.
 *
 * @param truth - Class of each sample, shape `[samples]`.
 * @param probabilities - Shape `[samples][classes]`, classes sorted; or `[samples]`, of the positive of two classes.
 * @param options.positiveLabel - For one probability per sample: its class; may be left out for labels 0 and 1, or -1
 *   and 1.
 * @param options.labels - For rows: classes of the columns, sorted, if not all occur.
 * @param options.bins - Default 15.
 * @param options.strategy - "uniform" (default) or "quantile".
 * @returns 0 to 1.
 * @throws TonewrightError as `calibrationCurve` and `logLoss`.
 * @see Guo et al. 2017, https://arxiv.org/abs/1706.04599
 */
export function expectedCalibrationError(
  truth: LabelList,
  probabilities: ArrayLike<number> | NumberRows,
  options: CalibrationBins & {
    readonly positiveLabel?: Label | undefined;
    readonly labels?: LabelList | undefined;
  } = {},
): number {
  checkLists("expectedCalibrationError(truth, probabilities, options)", { truth, probabilities });
  checkOptions("expectedCalibrationError(truth, probabilities, options)", options, {
    bins: false,
    strategy: false,
    positiveLabel: false,
    labels: false,
  });
  const { bins = 15, strategy, positiveLabel, labels } = options;
  const metric = "expectedCalibrationError";
  const curve = hasRows(probabilities)
    ? topLabelCurve(metric, [truth, probabilities], { bins, strategy, labels })
    : calibrationCurve(truth, probabilities, { bins, strategy, positiveLabel });
  const { positiveRates, meanProbabilities, counts } = curve;
  const gap = (k: number) => counts[k]! * Math.abs(positiveRates[k]! - meanProbabilities[k]!);
  return sumOver(counts.length, gap) / truth.length;
}

function topLabelCurve(
  metric: string,
  [truth, probabilities]: readonly [LabelList, NumberRows],
  { labels, ...bins }: CalibrationBins & { readonly labels: LabelList | undefined },
): CalibrationCurve {
  const { samples, columns, codes, values } = readClassProbabilities(metric, truth, probabilities, { labels });
  const top = Int32Array.from({ length: samples }, (_, n) => {
    const row = values.subarray(n * columns, (n + 1) * columns);
    return row.indexOf(Math.max(...row));
  });
  return grouped(
    {
      hits: Uint8Array.from(top, (c, n) => (c === codes[n] ? 1 : 0)),
      probabilities: Float64Array.from(top, (c, n) => values[n * columns + c]!),
    },
    binEdges(metric, bins),
  );
}

function grouped(
  { hits, probabilities }: { readonly hits: Uint8Array; readonly probabilities: Float64Array },
  edgesOf: (probabilities: Float64Array) => Float64Array,
): CalibrationCurve {
  const inner = edgesOf(probabilities).subarray(1, -1);
  const groups: number[][] = Array.from({ length: inner.length + 1 }, () => []);
  for (const [n, probability] of probabilities.entries()) {
    const above = inner.findIndex((edge) => edge >= probability);
    groups[above < 0 ? inner.length : above]?.push(n);
  }
  const filled = groups.filter((group) => group.length > 0);
  const mean = (of: ArrayLike<number>) =>
    Float64Array.from(filled, (group) => sumOver(group.length, (k) => of[group[k]!]!) / group.length);
  return {
    positiveRates: mean(hits),
    meanProbabilities: mean(probabilities),
    counts: Float64Array.from(filled, (group) => group.length),
  };
}

/**
 * Gives the edges of the groups, shape `[bins + 1]`, rounded as numpy's linspace and percentile do, as samples may lie
 * on them.
 */
function binEdges(
  metric: string,
  { bins = 5, strategy = "uniform" }: CalibrationBins,
): (probabilities: Float64Array) => Float64Array {
  if (!Number.isInteger(bins) || bins < 1) {
    throw new TonewrightError("bad-option", `${metric}: ${bins} bins`, "give a whole number of bins, at least 1");
  }
  const uniform = Float64Array.from({ length: bins + 1 }, (_, k) => (k === bins ? 1 : k * (1 / bins)));
  if (strategy === "uniform") return () => uniform;
  if (strategy === "quantile") return (probabilities) => percentiles(probabilities, uniform);
  strategy satisfies never;
  throw new TonewrightError(
    "bad-option",
    `${metric}: there is no strategy ${JSON.stringify(strategy)}`,
    'choose "uniform" or "quantile"',
  );
}

function percentiles(values: Float64Array, fractions: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  return fractions.map((fraction) => {
    const at = ((fraction * 100) / 100) * (sorted.length - 1);
    const below = Math.floor(at);
    const low = sorted[below]!;
    const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
    const rest = at - below;
    return rest < 0.5 ? low + (high - low) * rest : high - (high - low) * (1 - rest);
  });
}
