import { checkLists, checkOptions, TonewrightError } from "../errors/index.ts";
import { dcBlock } from "../signal/index.ts";
import { ratioToTarget, requireSameLength } from "./comparable.ts";

/**
 * Error-to-signal ratio: energy of the error over energy of the target.
 *
 * 0 is a perfect match, 1 is as bad as predicting silence, and 4 with a good spectral metric is the target with its
 * polarity inverted. It hears neither pitch nor loudness as ears do: report it next to a spectral metric.
 *
 * Five definitions go by the name "ESR". This is the plain one: sums over the whole signal, nothing filtered, nothing
 * added. The others are `errorToSignalRatioDcBlocked`, `errorToSignalRatioPreEmphasised`, the mean over segments
 * (`errorToSignalRatioOfSegments`) and an epsilon in the denominator (`errorToSignalRatioWithEpsilon`). Their values
 * cannot be compared with each other.
 *
 * @param predicted - Model output, shape `[samples]`, linear amplitude.
 * @param target - Recorded output, same length.
 * @returns Unitless, `>= 0`.
 * @throws TonewrightError `length-mismatch` if the lengths differ.
 * @throws TonewrightError `silent-target` if the target has no energy (the ratio is undefined).
 * @throws TonewrightError `non-finite-samples` if a sample is no number.
 * @see Wright & Välimäki 2019, https://arxiv.org/abs/1911.08922, there after pre-emphasis
 */
export function errorToSignalRatio(predicted: Float32Array, target: Float32Array): number {
  checkLists("errorToSignalRatio(predicted, target)", { predicted, target });
  requireSameLength("errorToSignalRatio", predicted, target);
  let energy = 0;
  let targetEnergy = 0;
  for (let n = 0; n < target.length; n++) {
    const error = target[n]! - predicted[n]!;
    energy += error * error;
    targetEnergy += target[n]! * target[n]!;
  }
  return ratioToTarget("errorToSignalRatio", { energy, targetEnergy }, { predicted, target });
}

/**
 * Error-to-signal ratio of both signals after a DC blocker, as offsets are not heard: the second of the five definitions
 * that `errorToSignalRatio` names. Sums over the whole signal, nothing added.
 *
 * The blocker starts at rest on the first sample of each signal, so that a constant offset counts nothing, not even as a
 * step. Give the lengths of the segments if the signals are several recordings laid end to end, otherwise every joint
 * adds an error of its own.
 *
 * @param predicted - Model output, shape `[samples]`, linear amplitude.
 * @param target - Recorded output, same length.
 * @param options.pole - Of the blocker, see `dcBlock`.
 * @param options.segments - Lengths in samples that add up to all of it; the blocker starts anew at each.
 * @returns Unitless, `>= 0`.
 * @throws TonewrightError `length-mismatch`, also if the segments do not add up; `silent-target`; `non-finite-samples`.
 */
export function errorToSignalRatioDcBlocked(
  predicted: Float32Array,
  target: Float32Array,
  options: { readonly pole?: number; readonly segments?: readonly number[] } = {},
): number {
  checkLists("errorToSignalRatioDcBlocked(predicted, target, options)", { predicted, target });
  checkOptions("errorToSignalRatioDcBlocked(predicted, target, options)", options, { pole: false, segments: false });
  const { pole = 0.995, segments = [target.length] } = options;
  const metric = "errorToSignalRatioDcBlocked";
  requireSameLength(metric, predicted, target);
  requireSegments(metric, segments, target.length);
  let energy = 0;
  let targetEnergy = 0;
  let start = 0;
  for (const length of segments) {
    const blockedTarget = dcBlock(target.subarray(start, start + length), { pole, before: target[start] ?? 0 });
    const blocked = dcBlock(predicted.subarray(start, start + length), { pole, before: predicted[start] ?? 0 });
    for (let n = 0; n < length; n++) {
      const error = blockedTarget[n]! - blocked[n]!;
      energy += error * error;
      targetEnergy += blockedTarget[n]! * blockedTarget[n]!;
    }
    start += length;
  }
  return ratioToTarget(metric, { energy, targetEnergy }, { predicted, target });
}

/** @throws TonewrightError `length-mismatch` if the segments do not add up to the samples. */
export function requireSegments(metric: string, segments: readonly number[], samples: number): void {
  const sum = segments.reduce((total, length) => total + length, 0);
  if (sum === samples) return;
  throw new TonewrightError(
    "length-mismatch",
    `${metric}: the segments add up to ${sum} samples, the signals have ${samples}`,
    "give the length of every segment that was joined, in order",
  );
}
