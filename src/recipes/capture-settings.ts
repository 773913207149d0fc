import { z } from "zod";
import { fastestBuild } from "../tensor/index.ts";
import { type LossPresetName, lossPresetNames } from "./loss-presets.ts";

/** Everything that decides a capture's numbers besides the recordings: kept with the run, so that it can be resumed. */
export const captureSettingsSchema = z.strictObject({
  /** A preset's name: `lstm-16`, `gru-2x8`, `wavenet-nano`. */
  model: z.string(),
  length: z.union([
    z.strictObject({ epochs: z.int().min(1) }),
    z.strictObject({ budgetSeconds: z.number().positive() }),
  ]),
  seed: z.int().min(0),
  build: z.enum(["simd", "relaxed"]),
  loss: z.enum(lossPresetNames as [LossPresetName, ...LossPresetName[]]),
  learningRate: z.number().positive().optional(),
  batch: z.int().min(1).optional(),
  /** Which channel of stereo files. */
  channel: z.enum(["auto", "left", "right", "mix"]),
  /** Length of the segments that the recording is made of, samples. */
  segment: z.int().min(1).optional(),
  /** Samples at the start of each segment that are context only. */
  segmentSkip: z.int().min(0).optional(),
  /** Samples by which wet is later than dry; measured without it. */
  delay: z.int().optional(),
});

/** Everything that decides a capture's numbers besides the recordings. */
export type CaptureSettings = z.infer<typeof captureSettingsSchema>;

/** Settings of which only the model and the length of the training must be given. */
export type CaptureRequest = Pick<CaptureSettings, "model" | "length"> & Partial<CaptureSettings>;

/** Settings with everything decided: seed 1, the default loss, the fastest kernels that run here. */
export function completeSettings(request: CaptureRequest): CaptureSettings {
  return captureSettingsSchema.parse({ seed: 1, build: fastestBuild(), loss: "esr", channel: "auto", ...request });
}
