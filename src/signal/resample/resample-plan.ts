import { TonewrightError } from "../../errors/index.ts";
import { type SincShape, scipyFilterBank, sincFilterBank } from "./filter-bank.ts";
import { greatestCommonDivisor, type RateRatio } from "./rate-ratio.ts";
import type { StageDesign } from "./resample-stage.ts";

/**
 * How a sample rate is changed.
 *
 * - `best`: passband to 0.4566 of the lower rate (20.1 kHz at 44.1 kHz), stopband 143 dB down from 0.5 of it.
 * - `fast`: passband to 0.42 of the lower rate (18.5 kHz at 44.1 kHz), 100 dB; a third of the work.
 * - `scipy`: the numbers of scipy.signal.resample_poly, librosa's `polyphase`.
 * - `fft`: the numbers of scipy.signal.resample: the whole signal as one period of a periodic one. No streaming.
 */
export type ResampleQuality = "best" | "fast" | "scipy" | "fft";

/** Edges and widths are tuned to what `filter-bank.test.ts` measures: Kaiser's formulas come within 2 dB. */
const shapes: Record<"best" | "fast", SincShape> = {
  best: { passEdge: 0.4566, stopEdge: 0.5, beta: 15, halfWidth: 110 },
  fast: { passEdge: 0.42, stopEdge: 0.4985, beta: 10.06, halfWidth: 40 },
};

/** Lowering the rate by more than this is done in steps, so that filters stay short. */
const largestStep = 64;

/** What one step of a larger reduction takes. */
const commonStep = 32;

/** The longest filter of `scipy`, which must be made in one piece: 10 samples on either side at this rate ratio. */
const largestScipyTerm = 2 ** 17;

const remembered = new Map<string, readonly StageDesign[]>();
const mostRemembered = 4;

/**
 * The filters that make a change of rate, from the given rate on.
 *
 * The last ones made are remembered: a folder of recordings has one or two ratios.
 *
 * @throws TonewrightError `resample-ratio` where `scipy` would need a filter of millions of coefficients.
 */
export function resamplePlan(ratio: RateRatio, quality: Exclude<ResampleQuality, "fft">): readonly StageDesign[] {
  const key = `${quality} ${ratio.up} ${ratio.down}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const plan = quality === "scipy" ? [scipyStage(ratio)] : sincStages(ratio, shapes[quality]);
  const [oldest] = remembered.keys();
  if (remembered.size >= mostRemembered && oldest !== undefined) remembered.delete(oldest);
  remembered.set(key, plan);
  return plan;
}

function scipyStage(ratio: RateRatio): StageDesign {
  const larger = Math.max(ratio.up, ratio.down);
  if (larger > largestScipyTerm) {
    throw new TonewrightError(
      "resample-ratio",
      `the rates are as ${ratio.down} to ${ratio.up}, for which scipy's filter has ${20 * larger + 1} coefficients`,
      'use the quality "best", which has no such limit',
    );
  }
  return { ratio, bank: scipyFilterBank(ratio) };
}

function sincStages({ up, down }: RateRatio, shape: SincShape): StageDesign[] {
  const stages: StageDesign[] = [];
  let rest: RateRatio = { up, down };
  while (rest.down / rest.up > largestStep) {
    // Frequencies as parts of this step's lower rate; the sound to keep ends at half the last rate.
    const keep = (0.5 * commonStep * rest.up) / rest.down;
    const ratio = { up: 1, down: commonStep };
    stages.push({ ratio, bank: sincFilterBank(ratio, stepShape(keep, shape)) });
    const divisor = greatestCommonDivisor(rest.up * commonStep, rest.down);
    rest = { up: (rest.up * commonStep) / divisor, down: rest.down / divisor };
  }
  return [...stages, { ratio: rest, bank: sincFilterBank(rest, shape) }];
}

/** As sharp as it takes to keep what lies below `keep`, and to keep away what would fold onto it. */
function stepShape(keep: number, { beta }: SincShape): SincShape {
  // Kaiser's length and beta for 6 dB more than the last filter has, since what steps let through adds up.
  const attenuationDb = beta / 0.1102 + 8.7 + 6;
  const halfWidth = (attenuationDb - 8) / (2.285 * 2 * Math.PI * (1 - 2 * keep)) / 2;
  return { passEdge: keep, stopEdge: 1 - keep, beta: 0.1102 * (attenuationDb - 8.7), halfWidth };
}
