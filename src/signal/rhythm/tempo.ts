import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkSamples } from "../check-sound.ts";
import { tempogram } from "./tempogram.ts";

/** The rate of the frames, and which tempo is expected. */
export interface TempoOptions {
  /** Hz of the signal. Default 22050. */
  readonly sampleRate?: number | undefined;
  /** Samples between frames. Default 512. */
  readonly hop?: number | undefined;
  /** Beats per minute that are likeliest beforehand. Default 120. */
  readonly startBpm?: number | undefined;
  /** How far from it, in octaves (standard deviation). Default 1. */
  readonly deviationOctaves?: number | undefined;
  /** Seconds under the window of the tempogram. Default 8. */
  readonly windowSeconds?: number | undefined;
  /** Faster ones are not considered. Default 320. */
  readonly largestBpm?: number | undefined;
}

/**
 * The tempo of a piece in beats per minute, from how its onsets repeat.
 *
 * Half and double tempo repeat as well: `startBpm` decides between them.
 *
 * @param strength - From `onsetStrength` (with `aggregate: "median"` as librosa does here), shape `[frames]`.
 * @returns Beats per minute; 0 for a curve of zeros.
 * @throws TonewrightError `bad-option` for a startBpm that is not above 0, or a curve with negative numbers.
 * @see Ellis 2007; librosa.feature.tempo 0.11
 */
export function tempo(strength: Float64Array, options: TempoOptions = {}): number {
  checkSamples("tempo(strength, options)", strength);
  checkOptions("tempo(strength, options)", options, {
    sampleRate: false,
    hop: false,
    startBpm: false,
    deviationOctaves: false,
    windowSeconds: false,
    largestBpm: false,
  });
  const {
    sampleRate = 22050,
    hop = 512,
    startBpm = 120,
    deviationOctaves = 1,
    windowSeconds = 8,
    largestBpm = 320,
  } = options;
  if (!(startBpm > 0 && deviationOctaves > 0 && windowSeconds > 0)) {
    throw new TonewrightError("bad-option", `tempo: startBpm ${startBpm}`, "give numbers above 0");
  }
  const negative = strength.findIndex((value) => !(value >= 0));
  if (negative >= 0) {
    throw new TonewrightError(
      "bad-option",
      `tempo: frame ${negative} of the onset curve is ${strength[negative]}`,
      "give the curve of onsetStrength, not the sound itself",
    );
  }
  if (strength.every((value) => value === 0)) return 0;
  const windowLength = Math.max(1, Math.floor((windowSeconds * sampleRate) / hop));
  const { rows, frames, values } = tempogram(strength, { windowLength });
  let best = 0;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (let k = 1; k < rows; k++) {
    const bpm = (60 * sampleRate) / (hop * k);
    if (bpm >= largestBpm) continue;
    let sum = 0;
    for (let t = 0; t < frames; t++) sum += values[k * frames + t]!;
    const likelihood = Math.log1p((1e6 * sum) / frames);
    const score = likelihood - 0.5 * (Math.log2(bpm / startBpm) / deviationOctaves) ** 2;
    if (score <= bestScore) continue;
    bestScore = score;
    best = bpm;
  }
  return best;
}
