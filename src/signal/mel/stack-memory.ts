import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkMatrix } from "../check-sound.ts";
import type { FeatureMatrix } from "../matrix.ts";
import { type PadMode, sourceIndex } from "../spectrum/padding.ts";

/**
 * Each frame with earlier ones below it, so that a model without memory sees the past: rows of step `s` are the
 * features `s * delay` frames before.
 *
 * Can be computed live for a positive `delay`; a negative one looks into the future.
 *
 * @param features - Shape `[rows, frames]`.
 * @param options.steps - How many copies, the present one included. Default 2.
 * @param options.delay - Frames between them; not 0. Default 1.
 * @param options.padMode - What stands where there was no frame. Default zeros.
 * @returns Shape `[steps * rows, frames]`.
 * @throws TonewrightError `bad-option`; `signal-too-short` without frames.
 * @see librosa.feature.stack_memory 0.11
 */
export function stackMemory(
  features: FeatureMatrix,
  options: { readonly steps?: number; readonly delay?: number; readonly padMode?: PadMode } = {},
): FeatureMatrix {
  checkMatrix("stackMemory(features, options)", features);
  checkOptions("stackMemory(features, options)", options, { steps: false, delay: false, padMode: false });
  const { steps = 2, delay = 1, padMode = "zero" } = options;
  const { rows, frames, values } = features;
  if (!Number.isInteger(steps) || steps < 1 || !Number.isInteger(delay) || delay === 0) {
    throw new TonewrightError(
      "bad-option",
      `stackMemory: ${steps} steps with a delay of ${delay} frames`,
      "give a whole number of steps from 1 and a whole delay other than 0",
    );
  }
  if (frames === 0) {
    throw new TonewrightError("signal-too-short", "stackMemory: there are no frames", "give at least one frame");
  }
  const source = padMode === "zero" ? (t: number) => t : sourceIndex(padMode, frames);
  const stacked = new Float64Array(steps * values.length);
  for (let step = 0; step < steps; step++) {
    for (let t = 0; t < frames; t++) {
      const at = source(t - step * delay);
      if (at < 0 || at >= frames) continue;
      for (let row = 0; row < rows; row++) {
        stacked[(step * rows + row) * frames + t] = values[row * frames + at]!;
      }
    }
  }
  return { rows: steps * rows, frames, values: stacked };
}
