import { createRandom } from "../../signal/index.ts";
import { firstStroke } from "./finish-sound.ts";
import { chooseChord, chooseTouch, type Frets, type GuitarTouch, guitarString, openStrings } from "./fretboard.ts";
import { throughPickup } from "./guitar-pickup.ts";
import { addPluck, type PluckPlace } from "./pluck.ts";
import { between, choose, happens, logBetween } from "./random-choices.ts";
import { soundLength, type SoundRequest } from "./sound-request.ts";

/**
 * Strummed guitar chords, down and up, as open and movable shapes, with choked strokes and some that ring out.
 *
 * @param request - Seed, rate and length.
 * @param request.strumSeconds - From one string to the next; by default every stroke has its own, 4 to 20 ms.
 * @returns Shape `[samples]`, peak 1, ends faded.
 * @throws TonewrightError `signal-rate`, `signal-length`.
 */
export function guitarChords(request: SoundRequest & { readonly strumSeconds?: number }): Float64Array {
  const { seed, sampleRate, strumSeconds } = request;
  const random = createRandom(seed);
  const out = new Float64Array(soundLength(request));
  const touch = chooseTouch(random);
  const beatSeconds = logBetween(random, 0.16, 0.5);
  let frets = chooseChord(random);
  let strokes = 0;
  for (let start = firstStroke(sampleRate); start < out.length; strokes++) {
    if (strokes > 0 && strokes % 2 === 0) frets = chooseChord(random);
    const seconds = beatSeconds * choose(random, [1, 1, 2, 2, 4]);
    strum(out, frets, {
      ...{ start, sampleRate, random, touch },
      seconds: happens(random, 0.12) ? Math.min(seconds, 0.08) : seconds, // a choked stroke
      velocity: between(random, 0.4, 1),
      upwards: strokes % 2 === 1 && happens(random, 0.6),
      gapSeconds: strumSeconds,
    });
    start += Math.round(seconds * sampleRate);
  }
  return throughPickup(out, { random, sampleRate });
}

/**
 * The notes of a chord one after another, each left to ring: a picked guitar.
 *
 * @param request - Seed, rate and length.
 * @returns Shape `[samples]`, peak 1, ends faded.
 * @throws TonewrightError `signal-rate`, `signal-length`.
 */
export function guitarArpeggio(request: SoundRequest): Float64Array {
  const { seed, sampleRate } = request;
  const random = createRandom(seed);
  const out = new Float64Array(soundLength(request));
  const touch = { ...chooseTouch(random), strike: 0.2 };
  const stepSeconds = logBetween(random, 0.11, 0.26);
  const stepSamples = Math.round(stepSeconds * sampleRate);
  const bar = 8;
  let frets = chooseChord(random);
  let strings = ringing(frets);
  for (let step = 0, start = firstStroke(sampleRate); start < out.length; step++, start += stepSamples) {
    const within = step % bar;
    if (within === 0 && step > 0) {
      frets = chooseChord(random);
      strings = ringing(frets);
    }
    const turn = 2 * (strings.length - 1);
    const place = Math.min(within % turn, turn - (within % turn)); // up and down again
    const note = strings[happens(random, 0.85) ? place : random.integer(strings.length)] ?? openStrings[0];
    const seconds = (bar - within) * stepSeconds;
    const sound = guitarString(note, touch, random);
    addPluck(out, { ...sound, velocity: 0.7 * sound.velocity, seconds }, { start, sampleRate, random });
  }
  return throughPickup(out, { random, sampleRate });
}

/** How a chord is struck. */
export interface Stroke extends PluckPlace {
  readonly seconds: number;
  readonly velocity: number;
  readonly upwards: boolean;
  readonly touch: GuitarTouch;
  /** From one string to the next; chosen if absent. */
  readonly gapSeconds?: number | undefined;
}

/** One stroke of the pick over the strings of a chord, each a little later than the one before. Adds to `out`. */
export function strum(out: Float64Array, frets: Frets, stroke: Stroke): void {
  const { start, seconds, velocity, upwards, touch, sampleRate, random } = stroke;
  const gapSeconds = stroke.gapSeconds ?? between(random, 0.004, 0.02);
  const notes = ringing(frets);
  if (upwards) notes.reverse();
  for (const [order, note] of notes.entries()) {
    const later = order * gapSeconds;
    if (later >= seconds) break;
    const sound = guitarString(note, touch, random);
    addPluck(
      out,
      { ...sound, velocity: velocity * sound.velocity, seconds: seconds - later },
      { start: start + Math.round(later * sampleRate), sampleRate, random },
    );
  }
}

/** MIDI notes of a chord's strings, from the lowest string up. */
function ringing(frets: Frets): number[] {
  return frets.flatMap((fret, string) => (fret === null ? [] : [(openStrings[string] ?? 0) + fret]));
}
