import { amplitudeFromDb } from "../signal/index.ts";
import { applyLevel, scaleToPeak } from "./signals/finish-sound.ts";
import { signalGenerators } from "./signals/generators.ts";
import { soundLength } from "./signals/sound-request.ts";
import {
  planTrainingSignal,
  type SignalPart,
  type SignalPlan,
  type TrainingSignalOptions,
} from "./training-signal-plan.ts";

/** A signal to train on, and what is where in it. */
export interface TrainingSignal extends SignalPlan {
  /** Shape `[samples]`. */
  readonly samples: Float32Array;
  /** Hz. */
  readonly sampleRate: number;
}

/**
 * A signal from which a model can learn a device: an instrument played at every level, with sweeps, tones, noise, clicks
 * and silence between.
 *
 * Stretches for training, validation and test lie where `planSplits` looks for them; each has every kind of sound, and
 * none has a sound of another. A longer signal is not the continuation of a shorter one: the parts become longer as well.
 *
 * @param options.sampleRate - 8000 to 768000 Hz.
 * @param options.seconds - At least as long as the shortest of the parts, 0.2 s; 30 s or more have room for everything.
 * @param options.seed - Whole number; the same options give the same samples.
 * @param options.preset - A mixture of parts by name, for what will be played: `guitar` by default.
 * @param options.parts - A mixture of your own: names of parts and shares of the time.
 * @param options.levels - Peak of the whole, and how far down parts go.
 * @param options.role - All of it for one purpose, where another signal, with another seed, serves the others.
 * @returns Samples with a peak of -1 dBFS (or `highestDb`), no constant part, every part faded in and out; the plan.
 * @throws TonewrightError `signal-rate`, `signal-length` (with the least length), `unknown-preset`, `unknown-part`,
 *   `signal-option`.
 */
export function trainingSignal(options: TrainingSignalOptions): TrainingSignal {
  const { sampleRate, levels = {} } = options;
  const plan = planTrainingSignal(options);
  const samples = new Float32Array(soundLength(options));
  for (const part of plan.parts) renderPart(samples, part, sampleRate);
  scaleToPeak(samples, amplitudeFromDb(levels.highestDb ?? -1));
  return { samples, sampleRate, ...plan };
}

function renderPart(
  samples: Float32Array,
  { generator, start, end, level, seed }: SignalPart,
  sampleRate: number,
): void {
  if (level === null) return;
  const seconds = (end - start) / sampleRate;
  const sound = signalGenerators[generator].generate({ seed, sampleRate, seconds });
  if (sound.length !== end - start) throw new Error(`bug: ${generator} gave ${sound.length} of ${end - start} samples`);
  applyLevel(sound, { fromDb: level.startDb, toDb: level.endDb, sampleRate });
  samples.set(sound, start);
}
