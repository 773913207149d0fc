import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import { preEmphasis, type Samples } from "../../signal/index.ts";
import { ratioToTarget, requireSameLength } from "../comparable.ts";
import { requireSegments } from "../error-to-signal.ts";

/**
 * Error-to-signal ratio of both signals after pre-emphasis: the "ESR" that Wright's amplifier models are trained with.
 *
 * Treble counts more than in the plain `errorToSignalRatio`, so the two cannot be compared. One of five definitions in
 * use: plain; DC-blocked; pre-emphasised (this one); mean over segments; with an epsilon.
 *
 * @param predicted - Model output, shape `[samples]`, linear amplitude.
 * @param target - Recorded output, same length.
 * @param options.coefficient - Of `y[n] = x[n] - coefficient * x[n - 1]`; default 0.85.
 * @param options.segments - Lengths in samples that add up to all of it; the filter starts anew at each.
 * @returns Unitless, `>= 0`.
 * @throws TonewrightError `length-mismatch`, also if the segments do not add up; `silent-target`; `non-finite-samples`.
 * @see Wright & Välimäki 2019, https://arxiv.org/abs/1911.08922, there with an epsilon of 1e-5 in the released code
 */
export function errorToSignalRatioPreEmphasised(
  predicted: Samples,
  target: Samples,
  options: { readonly coefficient?: number | undefined; readonly segments?: readonly number[] | undefined } = {},
): number {
  checkLists("errorToSignalRatioPreEmphasised(predicted, target, options)", { predicted, target });
  checkOptions("errorToSignalRatioPreEmphasised(predicted, target, options)", options, {
    coefficient: false,
    segments: false,
  });
  const { coefficient = 0.85, segments = [target.length] } = options;
  const metric = "errorToSignalRatioPreEmphasised";
  requireSameLength(metric, predicted, target);
  requireSegments(metric, segments, target.length);
  const sums = { energy: 0, targetEnergy: 0 };
  let start = 0;
  for (const length of segments) {
    const part = (x: Samples) => preEmphasis(x.subarray(start, start + length), { coefficient });
    const { energy, targetEnergy } = energies(part(predicted), part(target));
    sums.energy += energy;
    sums.targetEnergy += targetEnergy;
    start += length;
  }
  return ratioToTarget(metric, sums, { predicted, target });
}

/**
 * Mean of the error-to-signal ratios of segments: what training code reports that averages over the items of a batch.
 *
 * A quiet segment counts as much as a loud one, so it is usually larger than the plain ratio of the whole. One of five
 * definitions in use: plain; DC-blocked; pre-emphasised; mean over segments (this one); with an epsilon.
 *
 * @param predicted - Model output, shape `[samples]`, linear amplitude.
 * @param target - Recorded output, same length.
 * @param options.segments - Lengths in samples that add up to all of it; at least one.
 * @param options.epsilon - Added to the energy of each target segment. Default 0, for which no segment may be silent;
 *   mod_extraction adds 1e-8, pyneuralfx 1e-12.
 * @returns Unitless, `>= 0`.
 * @throws TonewrightError `length-mismatch`, also if the segments do not add up; `silent-target` names the segment;
 *   `non-finite-samples`, `bad-option`.
 * @see auraloss 0.4 ESRLoss, which averages over batch and channels like this, with an epsilon of 1e-8
 */
export function errorToSignalRatioOfSegments(
  predicted: Samples,
  target: Samples,
  options: { readonly segments: readonly number[]; readonly epsilon?: number | undefined },
): number {
  checkLists("errorToSignalRatioOfSegments(predicted, target, options)", { predicted, target });
  checkOptions("errorToSignalRatioOfSegments(predicted, target, options)", options, { segments: true, epsilon: false });
  const { segments, epsilon = 0 } = options;
  const metric = "errorToSignalRatioOfSegments";
  requireSameLength(metric, predicted, target);
  requireSegments(metric, segments, target.length);
  requireEpsilon(metric, epsilon);
  let sum = 0;
  let start = 0;
  for (const [k, length] of segments.entries()) {
    const part = {
      predicted: predicted.subarray(start, start + length),
      target: target.subarray(start, start + length),
    };
    const { energy, targetEnergy } = energies(part.predicted, part.target);
    if (targetEnergy + epsilon === 0) {
      throw new TonewrightError(
        "silent-target",
        `${metric}: the target is silent in segment ${k}, samples ${start} to ${start + length - 1}`,
        "leave silent segments out, or give an epsilon",
      );
    }
    sum += ratioToTarget(metric, { energy, targetEnergy: targetEnergy + epsilon }, part);
    start += length;
  }
  if (segments.length > 0) return sum / segments.length;
  throw new TonewrightError("empty-input", `${metric}: there are no segments`, "give at least one segment");
}

/**
 * Error-to-signal ratio with an epsilon in the denominator, to compare with code that adds one.
 *
 * Quiet targets score better by it: report the plain one, `errorToSignalRatio`. One of five definitions in use: plain;
 * DC-blocked; pre-emphasised; mean over segments; with an epsilon (this one, in three versions that differ widely).
 *
 * @param predicted - Model output, shape `[samples]`, linear amplitude.
 * @param target - Recorded output, same length.
 * @param options.epsilon - Above 0.
 * @param options.addedTo - "mean": to the mean square of the target, as Wright's released code does with 1e-5. "sum":
 *   to its energy, as auraloss does with 1e-8, so that its weight depends on the length. "sample": mean over the
 *   samples of `error² / (target² + epsilon)`, which some code also calls ESR although zero crossings rule it. Default
 *   "mean".
 * @returns Unitless, `>= 0`; also for a silent target.
 * @throws TonewrightError `length-mismatch`, `empty-input`, `non-finite-samples`, `bad-option`.
 */
export function errorToSignalRatioWithEpsilon(
  predicted: Samples,
  target: Samples,
  options: { readonly epsilon: number; readonly addedTo?: "mean" | "sum" | "sample" | undefined },
): number {
  checkLists("errorToSignalRatioWithEpsilon(predicted, target, options)", { predicted, target });
  checkOptions("errorToSignalRatioWithEpsilon(predicted, target, options)", options, { epsilon: true, addedTo: false });
  const { epsilon, addedTo = "mean" } = options;
  const metric = "errorToSignalRatioWithEpsilon";
  requireSameLength(metric, predicted, target);
  requireEpsilon(metric, epsilon);
  if (epsilon === 0) {
    throw new TonewrightError("bad-option", `${metric}: an epsilon of 0`, "use errorToSignalRatio");
  }
  if (target.length === 0) {
    throw new TonewrightError("empty-input", `${metric}: there are no samples`, "give at least one sample");
  }
  const signals = { predicted, target };
  const { energy, targetEnergy } = energies(predicted, target);
  switch (addedTo) {
    case "mean":
      return ratioToTarget(metric, { energy, targetEnergy: targetEnergy + epsilon * target.length }, signals);
    case "sum":
      return ratioToTarget(metric, { energy, targetEnergy: targetEnergy + epsilon }, signals);
    case "sample": {
      let sum = 0;
      for (let n = 0; n < target.length; n++) sum += (target[n]! - predicted[n]!) ** 2 / (target[n]! ** 2 + epsilon);
      return ratioToTarget(metric, { energy: sum, targetEnergy: target.length }, signals);
    }
    default:
      addedTo satisfies never;
      throw new TonewrightError(
        "bad-option",
        `${metric}: an epsilon added to ${JSON.stringify(addedTo)}`,
        'choose "mean", "sum" or "sample"',
      );
  }
}

function energies(predicted: Samples, target: Samples): { readonly energy: number; readonly targetEnergy: number } {
  let energy = 0;
  let targetEnergy = 0;
  for (let n = 0; n < target.length; n++) {
    energy += (target[n]! - predicted[n]!) ** 2;
    targetEnergy += target[n]! ** 2;
  }
  return { energy, targetEnergy };
}

function requireEpsilon(metric: string, epsilon: number): void {
  if (epsilon >= 0 && epsilon < Number.POSITIVE_INFINITY) return;
  throw new TonewrightError("bad-option", `${metric}: an epsilon of ${epsilon}`, "give an energy, not negative");
}
