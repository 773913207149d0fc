import type { ModelDocument } from "../modelfile/index.ts";
import { createEngine } from "../realtime/index.ts";
import { amplitudeFromDb, createRandom, dbFromAmplitude, rms } from "../signal/index.ts";

/** RMS and length of NAM's reference input, a second of noise with the same power in every octave. */
const referenceRmsDb = -14.97;
const referenceSeconds = 1;
const gainSteps = 11;

/**
 * How loud a model plays and how much it compresses, as `.nam` files state it: plug-ins level models with it.
 *
 * NAM measures on a recorded noise; this measures on one of its own with the same spectrum and level.
 *
 * @returns `loudnessDb`: RMS of the output, dB relative to full scale. `gain`: 0 (output follows input) to 1 (output
 *   stays the same whatever the input). `undefined` if the model is silent.
 * @see neural-amp-modeler nam/models/metadata.py for both formulas
 */
export function playingLevels(document: ModelDocument): { loudnessDb: number; gain: number } | undefined {
  const reference = octaveNoise(document.sampleRate);
  const engine = createEngine(document);
  const output = new Float32Array(reference.length);
  const levels = Array.from({ length: gainSteps }, (_, step) => {
    engine.reset();
    engine.process(
      reference.map((value) => (value * step) / (gainSteps - 1)),
      output,
    );
    return rms(output);
  });
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

/** Noise with the same power in every octave from 20 Hz to 20 kHz: sines of one amplitude at even steps of pitch. */
function octaveNoise(sampleRate: number): Float32Array {
  const random = createRandom(1);
  const sum = new Float64Array(Math.round(referenceSeconds * sampleRate));
  const perOctave = 48;
  for (let k = 0; ; k++) {
    const frequencyHz = 20 * 2 ** ((k + random.uniform()) / perOctave);
    if (frequencyHz > Math.min(20_000, 0.45 * sampleRate)) break;
    const phase = 2 * Math.PI * random.uniform();
    const step = (2 * Math.PI * frequencyHz) / sampleRate;
    // sin(a + b) from the two samples before it: one multiplication per sample.
    let [last, beforeLast] = [Math.sin(phase), Math.sin(phase - step)];
    const twiceCosine = 2 * Math.cos(step);
    for (let n = 0; n < sum.length; n++) {
      sum[n] = (sum[n] ?? 0) + last;
      [last, beforeLast] = [twiceCosine * last - beforeLast, last];
    }
  }
  const scale = amplitudeFromDb(referenceRmsDb) / rms(sum);
  return Float32Array.from(sum, (value) => value * scale);
}
