import { riff } from "../datasets/index.ts";
import type { ModelDocument } from "../modelfile/index.ts";
import { renderSignal } from "../realtime/index.ts";
import { amplitudeFromDb, dbFromAmplitude, rms } from "../signal/index.ts";

/** RMS of NAM's reference input. */
const referenceRmsDb = -15.19;
const referenceSeconds = 2;
const gainSteps = 11;

/**
 * How loud a model plays and how much it compresses, as `.nam` files state it: plug-ins level models with it.
 *
 * NAM measures on a recording of its own; this measures on a riff of the same RMS, so expect a difference of a decibel
 * or so.
 *
 * @returns `loudnessDb`: RMS of the output, dB relative to full scale. `gain`: 0 (output follows input) to 1 (output
 *   stays the same whatever the input). `undefined` if the model is silent.
 * @see neural-amp-modeler nam/models/metadata.py for both formulas
 */
export function playingLevels(document: ModelDocument): { loudnessDb: number; gain: number } | undefined {
  const plain = riff({ sampleRate: document.sampleRate, seconds: referenceSeconds, seed: 1 });
  const scale = amplitudeFromDb(referenceRmsDb) / rms(plain);
  const reference = plain.map((value) => value * scale);
  const levels = Array.from({ length: gainSteps }, (_, step) =>
    rms(
      renderSignal(
        document,
        reference.map((value) => (value * step) / (gainSteps - 1)),
      ),
    ),
  );
  const loudest = levels.at(-1) ?? 0;
  if (!(loudest > 0)) return undefined;
  const most = loudest * gainSteps;
  const least = most / 2;
  const sum = levels.reduce((total, level) => total + level, 0);
  return {
    loudnessDb: dbFromAmplitude(loudest),
    gain: Math.min(1, Math.max(0, (sum - least) / (most - least))),
  };
}
