import { simulateDiodeClipper } from "../circuits/index.ts";
import { trainingSignal } from "../datasets/index.ts";
import type { DecodedRecording } from "../signal/index.ts";

const sampleRate = 44_100;

/** What the demo trains. */
export const demoModel = "lstm-8";

/**
 * The demo's recordings: a guitar-like signal, and the same through a simulated diode clipper.
 *
 * @param options.seed - Of the signal.
 * @param options.seconds - Length; a minute and a half suffices for the small model.
 * @returns Two mono recordings at 44.1 kHz. `wet` is in volts at the diodes, within about ±0.7.
 */
export function demoRecordings({ seed, seconds = 90 }: { seed: number; seconds?: number }): {
  dry: DecodedRecording;
  wet: DecodedRecording;
} {
  const { samples: dry } = trainingSignal({ sampleRate, seconds, seed });
  const wet = simulateDiodeClipper(dry, { sampleRate });
  const recording = (samples: Float32Array): DecodedRecording => ({
    channels: [samples],
    sampleRate,
    format: "wav",
    encoding: "float32",
    warnings: [],
  });
  return { dry: recording(dry), wet: recording(wet) };
}
