import { checkLists, checkOptions, TonewrightError } from "../errors/index.ts";
import { createStft } from "../signal/index.ts";
import { ratioToTarget, requireSameLength } from "./comparable.ts";

/** One way of cutting a signal into spectra; all in samples. */
export interface StftResolution {
  readonly fftSize: number;
  readonly hop: number;
  readonly window: number;
}

/** The three resolutions that everybody reports. */
export const STANDARD_RESOLUTIONS: readonly StftResolution[] = [
  { fftSize: 1024, hop: 120, window: 600 },
  { fftSize: 2048, hop: 240, window: 1200 },
  { fftSize: 512, hop: 50, window: 240 },
];

/**
 * Distance between two magnitude spectrograms, averaged over resolutions: spectral convergence plus the mean absolute
 * difference of the logarithms.
 *
 * The definition of auraloss with its defaults: per resolution, one convergence over all frames (not the mean of one per
 * frame), natural logarithms, both terms with weight 1, no mel bands, no pre-emphasis. Papers that change one of these
 * report other numbers under the same name.
 *
 * Phase does not count, so a delayed signal can score well. The logarithm makes bins near silence count as much as loud
 * ones.
 *
 * @param predicted - Model output, shape `[samples]`, linear amplitude.
 * @param target - Recorded output, same length; longer than half of the largest FFT size.
 * @param options.resolutions - Sizes; the standard ones by default.
 * @returns Unitless, `>= 0`; 0 for equal magnitudes.
 * @throws TonewrightError `length-mismatch`, `too-short`, `silent-target`, `non-finite-samples`.
 * @see Yamamoto et al. 2019, https://arxiv.org/abs/1910.11480; auraloss 0.4 MultiResolutionSTFTLoss, whose defaults and
 *   values these are
 */
export function multiResolutionStft(
  predicted: Float32Array,
  target: Float32Array,
  options: { readonly resolutions?: readonly StftResolution[] } = {},
): number {
  checkLists("multiResolutionStft(predicted, target, options)", { predicted, target });
  checkOptions("multiResolutionStft(predicted, target, options)", options, { resolutions: false });
  const { resolutions = STANDARD_RESOLUTIONS } = options;
  requireSameLength("multiResolutionStft", predicted, target);
  const needed = shortestForStft(resolutions);
  if (target.length < needed) {
    throw new TonewrightError(
      "too-short",
      `multiResolutionStft: ${target.length} samples, at least ${needed} are needed`,
      "judge a longer stretch, or give smaller resolutions",
    );
  }
  let sum = 0;
  for (const resolution of resolutions) sum += distance(predicted, target, resolution);
  return sum / resolutions.length;
}

/** Fewest samples that can be judged at these resolutions: the ends are mirrored by half a frame. */
export function shortestForStft(resolutions: readonly StftResolution[] = STANDARD_RESOLUTIONS): number {
  return Math.max(...resolutions.map(({ fftSize }) => fftSize / 2)) + 1;
}

/** Powers below this count as this much, as in auraloss. */
const POWER_FLOOR = 1e-8;
/** Far enough below the largest float64 for one more ratio, which the floor bounds. */
const LARGE_PRODUCT = 1e200;

function distance(predicted: Float32Array, target: Float32Array, { fftSize, hop, window }: StftResolution): number {
  const stft = createStft({ fftSize, hop, windowLength: window, padMode: "reflect" });
  const frames = stft.frames(target.length);
  const ours = new Float64Array(stft.bins);
  const theirs = new Float64Array(stft.bins);
  let energy = 0;
  let targetEnergy = 0;
  let logDifference = 0;
  let ratios = 1;
  for (let t = 0; t < frames; t++) {
    stft.power(predicted, t, ours);
    stft.power(target, t, theirs);
    for (let k = 0; k < stft.bins; k++) {
      ours[k] = Math.sqrt(Math.max(ours[k]!, POWER_FLOOR));
      theirs[k] = Math.sqrt(Math.max(theirs[k]!, POWER_FLOOR));
      const error = theirs[k]! - ours[k]!;
      energy += error * error;
      targetEnergy += theirs[k]! * theirs[k]!;
      // |log a - log b| of many bins is the logarithm of a product of ratios above 1: one logarithm for many of them.
      ratios *= ours[k]! > theirs[k]! ? ours[k]! / theirs[k]! : theirs[k]! / ours[k]!;
      if (ratios > LARGE_PRODUCT) {
        logDifference += Math.log(ratios);
        ratios = 1;
      }
    }
  }
  logDifference += Math.log(ratios);
  // The floor gives even silence some energy, but a distance to silence means nothing.
  if (target.every((value) => value === 0)) targetEnergy = 0;
  const ratio = ratioToTarget("multiResolutionStft", { energy, targetEnergy }, { predicted, target });
  return Math.sqrt(ratio) + logDifference / (frames * stft.bins);
}
