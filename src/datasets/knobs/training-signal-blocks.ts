import { amplitudeFromDb } from "../../signal/index.ts";
import { applyLevel } from "../signals/finish-sound.ts";
import { signalGenerators } from "../signals/generators.ts";
import {
  planTrainingSignal,
  type SignalPart,
  type SignalPlan,
  type TrainingSignalOptions,
} from "../training-signal-plan.ts";

/** A training signal that is made part by part. */
export interface TrainingSignalBlocks extends SignalPlan {
  /**
   * The sound of a part, before all are brought to one peak.
   *
   * @returns Shape `[part.end - part.start]`.
   */
  part(part: SignalPart): Float32Array;
  /**
   * What every sample is to be multiplied with (and rounded to float32), once the parts are made.
   *
   * @param largest - Peak of all parts.
   */
  scaleFor(largest: number): number;
}

/**
 * `trainingSignal` in parts, so that its length does not matter to the memory: sample for sample the same.
 *
 * @param options - As for `trainingSignal`.
 * @throws TonewrightError as `trainingSignal`.
 */
export function trainingSignalBlocks(options: TrainingSignalOptions): TrainingSignalBlocks {
  const { sampleRate, levels = {} } = options;
  const amplitude = amplitudeFromDb(levels.highestDb ?? -1);
  return {
    ...planTrainingSignal(options),
    part: (part) => renderPart(part, sampleRate),
    scaleFor: (largest) => (largest > 0 ? amplitude / largest : 0),
  };
}

function renderPart({ generator, start, end, level, seed }: SignalPart, sampleRate: number): Float32Array {
  if (level === null) return new Float32Array(end - start);
  const sound = signalGenerators[generator].generate({ seed, sampleRate, seconds: (end - start) / sampleRate });
  if (sound.length !== end - start) throw new Error(`bug: ${generator} gave ${sound.length} of ${end - start} samples`);
  applyLevel(sound, { fromDb: level.startDb, toDb: level.endDb, sampleRate });
  return Float32Array.from(sound);
}
