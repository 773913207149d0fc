import type { Random } from "../../signal/index.ts";
import type { Pluck } from "./pluck.ts";
import { between, choose, happens } from "./random-choices.ts";

/** MIDI note numbers of a guitar's open strings, E2 to E4. */
export const openStrings = [40, 45, 50, 55, 59, 64] as const;

/** The highest note of a 24-fret guitar, E6. */
export const highestNote = 88;

/** Frets per string, low E first; null is a string that is not played. */
export type Frets = readonly (number | null)[];

const openChords: readonly Frets[] = [
  [0, 2, 2, 1, 0, 0], // E
  [0, 2, 2, 0, 0, 0], // E minor
  [0, 2, 0, 1, 0, 0], // E7
  [null, 0, 2, 2, 2, 0], // A
  [null, 0, 2, 2, 1, 0], // A minor
  [null, 0, 2, 0, 1, 0], // A minor 7
  [null, null, 0, 2, 3, 2], // D
  [null, null, 0, 2, 3, 1], // D minor
  [null, null, 0, 2, 3, 3], // D suspended
  [3, 2, 0, 0, 0, 3], // G
  [null, 3, 2, 0, 1, 0], // C
  [null, 3, 2, 0, 0, 0], // C major 7
  [null, 2, 1, 2, 0, 2], // B7
];

/** Shapes that move along the neck, given at fret 0. */
const movableChords: readonly Frets[] = [
  [0, 2, 2, 1, 0, 0], // major, root on the low E string
  [0, 2, 2, 0, 0, 0], // minor
  [0, 2, 2, null, null, null], // power chord
  [null, 0, 2, 2, 2, 0], // major, root on the A string
  [null, 0, 2, 2, 1, 0], // minor
  [null, 0, 2, 2, null, null], // power chord
  [0, null, 0, 1, 0, null], // dominant seventh
  [null, 0, 2, 0, 2, null], // dominant seventh, root on the A string
  [null, null, 0, 2, 1, 2], // diminished, root on the D string
  [0, 2, 2, 1, 3, null], // add 9
];

/** Steps from the root. */
const scales: readonly (readonly number[])[] = [
  [0, 3, 5, 7, 10], // minor pentatonic
  [0, 2, 4, 7, 9], // major pentatonic
  [0, 2, 4, 5, 7, 9, 11], // major
  [0, 2, 3, 5, 7, 8, 10], // minor
  [0, 1, 4, 5, 7, 8, 10], // Phrygian dominant
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], // chromatic
];

/** Frequency of a MIDI note number in equal temperament at 440 Hz. */
export function frequencyOfNote(note: number): number {
  return 440 * 2 ** ((note - 69) / 12);
}

/** A chord as guitars voice it: an open one, or a shape at one of the lower frets. */
export function chooseChord(random: Random): Frets {
  if (happens(random, 0.45)) return choose(random, openChords);
  const position = 1 + random.integer(10);
  return choose(random, movableChords).map((fret) => (fret === null ? null : fret + position));
}

/** One after another the notes of a melody in one scale, in leaps that stay near its centre. */
export function createMelody(
  random: Random,
  {
    lowest,
    highest,
    centre,
    leap = 4,
  }: { readonly lowest: number; readonly highest: number; readonly centre: number; readonly leap?: number },
): () => number {
  const scale = choose(random, scales);
  const root = random.integer(12);
  const inScale = (note: number): boolean => scale.includes((note + 12 - root) % 12);
  const middle = Math.round((lowest + highest) / 2);
  let note = centre;
  return () => {
    note += random.integer(2 * leap + 1) - leap + Math.round((centre - note) / 4);
    note = Math.max(lowest, Math.min(highest, note));
    const inward = note < middle ? 1 : -1;
    while (!inScale(note)) note += inward;
    return note;
  };
}

/** A guitar and its player: what all notes of a part have in common. */
export interface GuitarTouch {
  /** Where the pick hits and the pickup listens, as parts of an open string; both move with the fret. */
  readonly pick: number;
  readonly pickup: number;
  readonly strike: number;
  /** Times the overtones' usual decay: old strings are dull. */
  readonly brightness: number;
}

/** A touch that a player could have. */
export function chooseTouch(random: Random): GuitarTouch {
  return {
    pick: between(random, 0.06, 0.26),
    pickup: choose(random, [0.06, 0.1, 0.16, 0.25]),
    strike: between(random, 0.2, 0.8),
    brightness: between(random, 0.6, 1.6),
  };
}

/** A freely ringing guitar string for the note; high notes die away sooner. */
export function guitarString(note: number, touch: GuitarTouch, random: Random): Omit<Pluck, "seconds"> {
  const open = [...openStrings].reverse().find((string) => string <= note) ?? openStrings[0];
  // A fretted string is shorter, so the same places are larger parts of it.
  const shortening = 2 ** ((note - open) / 12);
  return {
    frequencyHz: frequencyOfNote(note),
    velocity: between(random, 0.4, 1),
    decaySeconds: 6 * 2 ** ((openStrings[0] - note) / 16),
    overtoneDecaySeconds: touch.brightness * between(random, 0.3, 0.9),
    pickPosition: Math.min(0.5, touch.pick * shortening),
    pickupPosition: Math.min(0.5, touch.pickup * shortening),
    strike: touch.strike,
  };
}
