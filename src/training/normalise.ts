import type { Example } from "../datasets/index.ts";
import type { Gains } from "../models/index.ts";

/**
 * Gains that bring dry and wet to a common level for training: an RMS of 0.35 on the training examples.
 *
 * Quiet recordings would otherwise start in the flat part of every activation, and loud ones saturated. The gains are
 * folded into the weights afterwards (`Model.foldGains`), so nobody sees them.
 *
 * @returns `dryGain`, `wetGain`: what to multiply the signals with; `fold`: gains for `foldGains`.
 */
export function trainingLevels(
  { dry, wet }: { dry: Float32Array; wet: Float32Array },
  examples: readonly Example[],
): { dryGain: number; wetGain: number; fold: Gains } {
  const level = (signal: Float32Array): number => {
    let [energy, count] = [0, 0];
    for (const { scoreFrom, end } of examples) {
      for (let n = scoreFrom; n < end; n++) energy += (signal[n] ?? 0) ** 2;
      count += end - scoreFrom;
    }
    return Math.sqrt(energy / Math.max(1, count));
  };
  const gain = (signal: Float32Array): number => {
    const rms = level(signal);
    return rms > 0 ? 0.35 / rms : 1;
  };
  const [dryGain, wetGain] = [gain(dry), gain(wet)];
  return { dryGain, wetGain, fold: { inputGain: dryGain, outputGain: 1 / wetGain } };
}

/** `signal` times `gain`, as a copy. */
export function amplified(signal: Float32Array, gain: number): Float32Array {
  return signal.map((value) => value * gain);
}
