import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import type { Samples } from "../../signal/index.ts";
import { nonFinite, requireSameLength } from "../comparable.ts";

/**
 * Segmental signal-to-noise ratio: the mean of the ratios, in dB, of short overlapping frames, each limited to a range.
 *
 * Quiet passages count as much as loud ones, unlike in `signalToNoiseRatioDb`. Frames in which the target is silent are
 * left out.
 *
 * @param predicted - Model output, shape `[samples]`, linear amplitude; at least one frame.
 * @param target - Recorded output, same length.
 * @param options.sampleRate - Hz.
 * @param options.frameSeconds - Default 0.03.
 * @param options.overlap - Of neighbouring frames, 0 to below 1. Default 0.75.
 * @param options.lowestDb - Frames below count as this. Default -10.
 * @param options.highestDb - Frames above count as this. Default 35.
 * @returns dB, within the limits.
 * @throws TonewrightError `length-mismatch`, `too-short`, `silent-target`, `non-finite-samples`, `bad-option`.
 * @see Hansen & Pellom 1998; Loizou 2013, Speech Enhancement, `comp_snr`, which limits silent frames in place of
 *   leaving them out
 */
export function segmentalSnrDb(
  predicted: Samples,
  target: Samples,
  options: {
    readonly sampleRate: number;
    readonly frameSeconds?: number | undefined;
    readonly overlap?: number | undefined;
    readonly lowestDb?: number | undefined;
    readonly highestDb?: number | undefined;
  },
): number {
  checkLists("segmentalSnrDb(predicted, target, options)", { predicted, target });
  checkOptions("segmentalSnrDb(predicted, target, options)", options, {
    sampleRate: true,
    frameSeconds: false,
    overlap: false,
    lowestDb: false,
    highestDb: false,
  });
  const { sampleRate, frameSeconds = 0.03, overlap = 0.75, lowestDb = -10, highestDb = 35 } = options;
  const metric = "segmentalSnrDb";
  requireSameLength(metric, predicted, target);
  const frame = Math.round(frameSeconds * sampleRate);
  const hop = Math.floor(frame * (1 - overlap));
  if (!(frame > 0 && hop > 0 && overlap >= 0 && lowestDb < highestDb)) {
    throw new TonewrightError(
      "bad-option",
      `${metric}: frames of ${frame} samples, ${hop} apart, limits of ${lowestDb} and ${highestDb} dB`,
      "give longer frames, an overlap from 0 to below 1, and the lower limit first",
    );
  }
  if (target.length < frame) {
    throw new TonewrightError(
      "too-short",
      `${metric}: ${target.length} samples, one frame has ${frame}`,
      "judge a longer stretch, or give shorter frames",
    );
  }
  const window = Float64Array.from(
    { length: frame },
    (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (n + 1)) / (frame + 1)),
  );
  let sum = 0;
  let frames = 0;
  for (let start = 0; start + frame <= target.length; start += hop) {
    let energy = 0;
    let errorEnergy = 0;
    for (let n = 0; n < frame; n++) {
      const value = window[n]! * target[start + n]!;
      const error = window[n]! * (target[start + n]! - predicted[start + n]!);
      energy += value * value;
      errorEnergy += error * error;
    }
    if (!Number.isFinite(energy) || !Number.isFinite(errorEnergy)) throw nonFinite(metric, predicted, target);
    if (energy === 0) continue;
    sum += Math.min(Math.max(10 * Math.log10(energy / errorEnergy), lowestDb), highestDb);
    frames++;
  }
  if (frames > 0) return sum / frames;
  throw new TonewrightError(
    "silent-target",
    `${metric}: the target is silent in all frames, so the ratio is undefined`,
    "judge a part of the recording in which something is played",
  );
}
