import type { Random } from "../signal/index.ts";
import { addPluck } from "./training-signal-string.ts";

/** What a piece of music is played with. */
export interface Playing {
  readonly sampleRate: number;
  readonly random: Random;
}

/** MIDI note numbers of the open strings, E2 to E4. */
const openStrings = [40, 45, 50, 55, 59, 64];

/** The highest note of a 24-fret guitar, E6. */
const highestNote = 88;

/** Frets per string, low E first; null is a string that is not played. Movable shapes are given at fret 0. */
const openChords: readonly (readonly (number | null)[])[] = [
  [0, 2, 2, 1, 0, 0], // E
  [0, 2, 2, 0, 0, 0], // E minor
  [null, 0, 2, 2, 2, 0], // A
  [null, 0, 2, 2, 1, 0], // A minor
  [null, null, 0, 2, 3, 2], // D
  [null, null, 0, 2, 3, 1], // D minor
  [3, 2, 0, 0, 0, 3], // G
  [null, 3, 2, 0, 1, 0], // C
  [null, 2, 1, 2, 0, 2], // B7
];
const movableChords: readonly (readonly (number | null)[])[] = [
  [0, 2, 2, 1, 0, 0], // major, root on the low E string
  [0, 2, 2, 0, 0, 0], // minor
  [0, 2, 2, null, null, null], // power chord
  [null, 0, 2, 2, 2, 0], // major, root on the A string
  [null, 0, 2, 2, 1, 0], // minor
  [null, 0, 2, 2, null, null], // power chord
];

/** Steps from the root. */
const scales: readonly (readonly number[])[] = [
  [0, 3, 5, 7, 10], // minor pentatonic
  [0, 2, 4, 7, 9], // major pentatonic
  [0, 2, 4, 5, 7, 9, 11], // major
  [0, 2, 3, 5, 7, 8, 10], // minor
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], // chromatic
];

/** Frequency of a MIDI note number in equal temperament at 440 Hz. */
export function frequencyOfNote(note: number): number {
  return 440 * 2 ** ((note - 69) / 12);
}

/** Single notes of one scale, about one position of the neck, some of them bent. Adds to `out`. */
export function playLine(out: Float64Array, { sampleRate, random }: Playing): void {
  const scale = pick(random, scales);
  const root = random.integer(12);
  const inScale = (note: number): boolean => scale.includes((note + 12 - root) % 12);
  const centre = openStrings[0]! + 4 + random.integer(highestNote - openStrings[0]! - 7);
  const beatSeconds = 0.1 * 2 ** (1.5 * random.uniform());
  let note = centre;
  for (let start = 0; start < out.length; ) {
    const seconds = beatSeconds * pick(random, [1, 1, 1, 2, 2, 3, 4]);
    note += random.integer(9) - 4 + Math.round((centre - note) / 4);
    note = Math.max(openStrings[0]!, Math.min(highestNote, note));
    const inward = note < 64 ? 1 : -1;
    while (!inScale(note)) note += inward;
    const bendSemitones = seconds > 0.25 && random.uniform() < 0.35 ? 1 + random.integer(2) : 0;
    addPluck(out, { ...openString(note, random), seconds, bendSemitones }, { start, sampleRate, random });
    start += Math.round(seconds * sampleRate);
  }
}

/** Strummed chords, down and up, as guitars voice them. Adds to `out`. */
export function playChords(out: Float64Array, { sampleRate, random }: Playing): void {
  const beatSeconds = 0.22 * 2 ** (1.2 * random.uniform());
  let frets = chooseChord(random);
  let strums = 0;
  for (let start = 0; start < out.length; ) {
    if (strums > 0 && strums % 2 === 0) frets = chooseChord(random);
    const seconds = beatSeconds * pick(random, [1, 1, 2, 2, 4]);
    const velocity = 0.4 + 0.6 * random.uniform();
    const upwards = strums % 2 === 1 && random.uniform() < 0.6;
    strum(out, frets, { start, seconds, velocity, upwards, sampleRate, random });
    start += Math.round(seconds * sampleRate);
    strums++;
  }
}

/** Low strings damped by the palm, in a steady rhythm with accents. Adds to `out`. */
export function playMutes(out: Float64Array, { sampleRate, random }: Playing): void {
  const seconds = 0.09 * 2 ** random.uniform();
  let root = openStrings[0]! + random.integer(10);
  let count = 0;
  for (let start = 0; start < out.length; start += Math.round(seconds * sampleRate)) {
    if (count % 4 === 0 && random.uniform() < 0.4) root = openStrings[0]! + random.integer(10);
    const accent = count % 4 === 0 || random.uniform() < 0.15;
    const notes = accent ? [root, root + 7, root + 12] : [root];
    for (const note of notes) palmMute(out, note, { start, seconds, velocity: accent ? 1 : 0.6, sampleRate, random });
    count++;
  }
}

export interface Stroke extends Playing {
  readonly start: number;
  readonly seconds: number;
  readonly velocity: number;
}

/** One stroke of the pick over the strings of a chord, each a little later than the one before. Adds to `out`. */
export function strum(
  out: Float64Array,
  frets: readonly (number | null)[],
  { start, seconds, velocity, upwards, sampleRate, random }: Stroke & { readonly upwards: boolean },
): void {
  const gapSeconds = 0.005 + 0.012 * random.uniform();
  const strings = frets.flatMap((fret, string) => (fret === null ? [] : [{ fret, string }]));
  if (upwards) strings.reverse();
  for (const [order, { fret, string }] of strings.entries()) {
    const later = order * gapSeconds;
    if (later >= seconds) break;
    const note = (openStrings[string] ?? 0) + fret;
    const sound = openString(note, random);
    addPluck(
      out,
      { ...sound, velocity: velocity * sound.velocity, seconds: seconds - later },
      { start: start + Math.round(later * sampleRate), sampleRate, random },
    );
  }
}

/** One note under the palm: short and dull. Adds to `out`. */
export function palmMute(
  out: Float64Array,
  note: number,
  { start, seconds, velocity, sampleRate, random }: Stroke,
): void {
  addPluck(
    out,
    {
      frequencyHz: frequencyOfNote(note),
      seconds,
      velocity: velocity * (0.8 + 0.2 * random.uniform()),
      decaySeconds: 0.2 + 0.25 * random.uniform(),
      overtoneDecaySeconds: 0.03 + 0.04 * random.uniform(),
      pickPosition: 0.1 + 0.06 * random.uniform(),
    },
    { start, sampleRate, random },
  );
}

/** A freely ringing string for the note; high notes die away sooner. */
function openString(note: number, random: Random) {
  return {
    frequencyHz: frequencyOfNote(note),
    velocity: 0.4 + 0.6 * random.uniform(),
    decaySeconds: 6 * 2 ** ((openStrings[0]! - note) / 16),
    overtoneDecaySeconds: 0.25 + 0.9 * random.uniform(),
    pickPosition: 0.08 + 0.25 * random.uniform(),
  };
}

function chooseChord(random: Random): readonly (number | null)[] {
  if (random.uniform() < 0.5) return pick(random, openChords);
  const position = 1 + random.integer(10);
  return pick(random, movableChords).map((fret) => (fret === null ? null : fret + position));
}

function pick<T>(random: Random, choices: readonly T[]): T {
  const choice = choices[random.integer(choices.length)];
  if (choice === undefined) throw new Error("bug: nothing to choose from");
  return choice;
}
