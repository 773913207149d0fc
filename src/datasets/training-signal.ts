import { amplitudeFromDb, createRandom, peak, type Random } from "../signal/index.ts";
import { playChords, playLine, playMutes } from "./training-signal-guitar.ts";
import { applyPickup } from "./training-signal-pickup.ts";
import { type Piece, planTrainingSignal } from "./training-signal-plan.ts";
import { fadeEnds, fadeSeconds, scaledToPeak, signalLength, withoutConstant } from "./training-signal-shape.ts";
import { playNoise, playSwell, playSweep } from "./training-signal-tones.ts";

/** Peak of the whole signal. */
const peakDb = -1;

/**
 * A guitar-like signal from which a model can learn a device: plucked lines, strummed chords, palm mutes, sweeps and
 * swelling tones, bursts of noise, and silence, at levels from -60 to -1 dBFS.
 *
 * All of it recurs within every tenth of the signal, so training, validation and test blocks see the same kinds of
 * sound. A longer signal is not the continuation of a shorter one: the rounds become longer as well.
 *
 * @param options.sampleRate - 8000 or more, so that the highest string note has its place.
 * @param options.seconds - 0 or more.
 * @param options.seed - Whole number; the same seed, rate and length give the same samples.
 * @returns Shape `[samples]`, peak -1 dBFS, no constant part, every piece faded in and out.
 * @throws TonewrightError `signal-length` if rate or length cannot be used.
 */
export function trainingSignal(options: {
  readonly sampleRate: number;
  readonly seconds: number;
  readonly seed: number;
}): Float32Array {
  const { sampleRate, seed } = options;
  const length = signalLength(options);
  const random = createRandom(seed);
  const signal = new Float64Array(length);
  for (const piece of planTrainingSignal({ length, sampleRate, random })) {
    signal.set(playPiece(piece, sampleRate, random), piece.start);
  }
  return scaledToPeak(signal, peakDb);
}

function playPiece(piece: Piece, sampleRate: number, random: Random): Float64Array {
  const raw = new Float64Array(piece.end - piece.start);
  switch (piece.kind) {
    case "line":
      playLine(raw, { sampleRate, random });
      break;
    case "chords":
      playChords(raw, { sampleRate, random });
      break;
    case "mutes":
      playMutes(raw, { sampleRate, random });
      break;
    case "tone":
      if (piece.round % 2 === 0) playSweep(raw, sampleRate);
      else playSwell(raw, sampleRate, random);
      break;
    case "noise":
      playNoise(raw, sampleRate, random);
      break;
    case "silence":
      return raw;
    default:
      piece.kind satisfies never;
  }
  if (piece.kind === "line" || piece.kind === "chords" || piece.kind === "mutes") {
    const resonanceHz = 2500 * 2 ** (1.5 * random.uniform());
    applyPickup(raw, { resonanceHz, quality: 0.7 + random.uniform(), sampleRate });
  }
  const sound = withoutConstant(raw, sampleRate);
  fadeEnds(sound, Math.round(fadeSeconds * sampleRate));
  const largest = peak(sound);
  if (largest === 0) return sound;
  for (let n = 0; n < sound.length; n++) {
    const levelDb = piece.startDb + ((piece.endDb - piece.startDb) * n) / sound.length;
    sound[n] = ((sound[n] ?? 0) * amplitudeFromDb(levelDb)) / largest;
  }
  return sound;
}
