import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import { createStft, type Samples } from "../../signal/index.ts";
import { ratioToTarget, requireSameLength } from "../comparable.ts";
import { innerProduct } from "./decibels-of-ratio.ts";

/** How signals are cut into spectra. */
export interface SpectralOptions {
  /** Samples per transform. Default 2048. */
  readonly fftSize?: number | undefined;
  /** Samples from one frame to the next. Default 512. */
  readonly hop?: number | undefined;
}

/**
 * Log-spectral distance: root mean square difference of the spectra in dB, averaged over frames.
 *
 * Phase does not count. Bins near silence count as much as loud ones, so the floor matters: with no floor, one digital
 * zero would decide it. Papers that use `log10` of powers without the factor 10 report a tenth of this.
 *
 * @param predicted - Model output, shape `[samples]`, linear amplitude.
 * @param target - Recorded output, same length.
 * @param options.fftSize - Default 2048, under a periodic Hann window. Frames are centred, with zeros around the
 *   signal.
 * @param options.hop - Default 512.
 * @param options.powerFloor - Squared magnitudes below count as this. Default 1e-8, as in `multiResolutionStft`; a
 *   full-scale sine reaches `(fftSize / 4)^2`.
 * @returns dB, `>= 0`; 0 for equal magnitudes, 6.02 for half the level.
 * @throws TonewrightError `length-mismatch`, `silent-target`, `non-finite-samples`, `bad-option`.
 * @see Gray & Markel 1976, IEEE Transactions on Acoustics, Speech, and Signal Processing 24, 380-391
 */
export function logSpectralDistanceDb(
  predicted: Samples,
  target: Samples,
  given: SpectralOptions & { readonly powerFloor?: number | undefined } = {},
): number {
  checkLists("logSpectralDistanceDb(predicted, target, options)", { predicted, target });
  checkOptions("logSpectralDistanceDb(predicted, target, options)", given, {
    fftSize: false,
    hop: false,
    powerFloor: false,
  });
  const { powerFloor = 1e-8, ...options } = given;
  const metric = "logSpectralDistanceDb";
  if (!(powerFloor > 0)) {
    throw new TonewrightError("bad-option", `${metric}: a floor of ${powerFloor}`, "give a power above 0");
  }
  let sum = 0;
  let frames = 0;
  eachFrame(metric, { predicted, target }, options, (ours, theirs) => {
    let squares = 0;
    for (let k = 0; k < ours.length; k++) {
      const decibels = 10 * Math.log10(Math.max(ours[k]!, powerFloor) / Math.max(theirs[k]!, powerFloor));
      squares += decibels * decibels;
    }
    sum += Math.sqrt(squares / ours.length);
    frames++;
  });
  return sum / frames;
}

/**
 * Spectral convergence: size of the difference of the magnitude spectrograms over the size of the target's.
 *
 * Phase does not count, loud bins decide. One half of `multiResolutionStft`, which averages it over three resolutions.
 *
 * @param predicted - Model output, shape `[samples]`, linear amplitude.
 * @param target - Recorded output, same length.
 * @param options.fftSize - Default 2048, under a periodic Hann window. Frames are centred, with zeros around the
 *   signal.
 * @param options.hop - Default 512.
 * @returns Unitless, `>= 0`; 0 for equal magnitudes, 1 for silence.
 * @throws TonewrightError `length-mismatch`, `silent-target`, `non-finite-samples`, `bad-option`.
 * @see Arık, Jun & Diamos 2019, https://arxiv.org/abs/1808.06719
 */
export function spectralConvergence(predicted: Samples, target: Samples, options: SpectralOptions = {}): number {
  checkLists("spectralConvergence(predicted, target, options)", { predicted, target });
  checkOptions("spectralConvergence(predicted, target, options)", options, { fftSize: false, hop: false });
  const metric = "spectralConvergence";
  let energy = 0;
  let targetEnergy = 0;
  eachFrame(metric, { predicted, target }, options, (ours, theirs) => {
    for (let k = 0; k < ours.length; k++) {
      energy += (Math.sqrt(theirs[k]!) - Math.sqrt(ours[k]!)) ** 2;
      targetEnergy += theirs[k]!;
    }
  });
  return Math.sqrt(ratioToTarget(metric, { energy, targetEnergy }, { predicted, target }));
}

/**
 * Calls back with the squared magnitudes of every frame of both signals. @throws TonewrightError for what cannot be
 * judged.
 */
function eachFrame(
  metric: string,
  { predicted, target }: { readonly predicted: Samples; readonly target: Samples },
  { fftSize = 2048, hop = 512 }: SpectralOptions,
  judge: (predicted: Float64Array, target: Float64Array) => void,
): void {
  requireSameLength(metric, predicted, target);
  const energies = { energy: innerProduct(predicted, predicted), targetEnergy: innerProduct(target, target) };
  ratioToTarget(metric, energies, { predicted, target }); // refuses silence and what is no number
  const stft = createStft({ fftSize, hop });
  const ours = new Float64Array(stft.bins);
  const theirs = new Float64Array(stft.bins);
  for (let t = 0; t < stft.frames(target.length); t++) {
    stft.power(predicted, t, ours);
    stft.power(target, t, theirs);
    judge(ours, theirs);
  }
}
