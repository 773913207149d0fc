import { amplitudeFromDb, createRandom, type Random } from "../signal/index.ts";
import { finishSound, scaleToPeak } from "./signals/finish-sound.ts";
import { type Frets, frequencyOfNote, type GuitarTouch } from "./signals/fretboard.ts";
import { strum } from "./signals/guitar-chords.ts";
import { palmMute } from "./signals/guitar-mutes.ts";
import { bend } from "./signals/pitch-curve.ts";
import { addPluck } from "./signals/pluck.ts";
import { applySecondOrder } from "./signals/second-order-filter.ts";
import { soundLength } from "./signals/sound-request.ts";

const eighthSeconds = 0.25; // 120 beats a minute: four bars are 8 s

/** How far from the beat a stroke may fall. */
const loosenessSeconds = 0.004;

/**
 * One bar per line, one sign per eighth: `x` and `X` the low E under the palm (`X` louder), `=` two of them in
 * sixteenths, `-` what sounded rings on; a letter strikes its power chord, a digit plays its note of the lick.
 */
const bars = ["EX=xG-A-", "X=xXB-AG", "EX=xG-A-", "12345--6"];

/** Power chords: frets from the low E string up. */
const chords: Readonly<Record<string, Frets>> = {
  E: [0, 2, 2, null, null, null],
  G: [3, 5, 5, null, null, null],
  A: [null, 0, 2, 2, null, null],
  B: [null, 2, 4, 4, null, null],
};

/** The lick: MIDI note numbers in E minor pentatonic; the fifth note is bent up a whole tone. */
const lick: Readonly<Record<string, number>> = { 1: 64, 2: 67, 3: 69, 4: 71, 5: 74, 6: 52 };

/** The pick near the bridge, a bright pickup. */
const touch: GuitarTouch = { pick: 0.14, pickup: 0.1, strike: 0.4, brightness: 1.2 };

/**
 * A rhythm guitar part in E minor: power chords, palm mutes, and a lick with a bend; 120 beats a minute.
 *
 * Its four bars last 8 s and repeat, so lengths that are a multiple of 8 s can be looped.
 *
 * @param options.sampleRate - 8000 or more.
 * @param options.seconds - 0 or more.
 * @param options.seed - Whole number; it decides the small differences between two players, not the notes.
 * @returns Shape `[samples]`, peak -3 dBFS, no constant part.
 * @throws TonewrightError `signal-rate`, `signal-length` if rate or length cannot be used.
 */
export function riff(options: {
  readonly sampleRate: number;
  readonly seconds: number;
  readonly seed: number;
}): Float32Array {
  const { sampleRate, seed } = options;
  const random = createRandom(seed);
  const out = new Float64Array(soundLength(options));
  const score = bars.join("");
  const eighths = Math.ceil(out.length / (eighthSeconds * sampleRate));
  for (let k = 0; k < eighths; k++) {
    let count = 1;
    while (score[(k + count) % score.length] === "-" && k + count < eighths) count++;
    const late = k === 0 ? 0 : loosenessSeconds * random.uniform();
    const start = Math.round((k * eighthSeconds + late) * sampleRate);
    playSign(out, score[k % score.length] ?? "-", { start, seconds: count * eighthSeconds, sampleRate, random });
  }
  applySecondOrder(out, { kind: "low", frequencyHz: 4000, quality: 1.2, sampleRate });
  return scaleToPeak(Float32Array.from(finishSound(out, sampleRate)), amplitudeFromDb(-3));
}

interface Moment {
  readonly start: number;
  readonly seconds: number;
  readonly sampleRate: number;
  readonly random: Random;
}

function playSign(out: Float64Array, sign: string, moment: Moment): void {
  const { start, seconds, sampleRate, random } = moment;
  const lowE = 40;
  if (sign === "-") return;
  if (sign === "x" || sign === "X") {
    palmMute(out, lowE, { ...moment, touch, velocity: sign === "X" ? 0.9 : 0.65 });
  } else if (sign === "=") {
    palmMute(out, lowE, { ...moment, touch, seconds: seconds / 2, velocity: 0.75 });
    const second = start + Math.round((seconds / 2) * sampleRate);
    palmMute(out, lowE, { ...moment, touch, start: second, seconds: seconds / 2, velocity: 0.6 });
  } else if (chords[sign] !== undefined) {
    strum(out, chords[sign], { ...moment, touch, velocity: 1, upwards: false });
  } else if (lick[sign] !== undefined) {
    addPluck(
      out,
      {
        frequencyHz: frequencyOfNote(lick[sign]),
        seconds,
        velocity: 0.85 + 0.15 * random.uniform(),
        decaySeconds: 3.5,
        overtoneDecaySeconds: 0.9,
        pickPosition: 0.17,
        ...(sign === "5" ? { pitch: bend({ toSemitones: 2, seconds: 0.4 * seconds }) } : {}),
      },
      { start, sampleRate, random },
    );
  } else {
    throw new Error(`bug: the riff has no meaning for ${sign}`);
  }
}
