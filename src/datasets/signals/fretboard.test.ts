import { describe, expect, it } from "vitest";
import { createRandom } from "../../signal/index.ts";
import { chooseChord, chooseTouch, createMelody, frequencyOfNote, guitarString, openStrings } from "./fretboard.ts";

describe("the fretboard", () => {
  it("is tuned E A D G B E at 440 Hz", () => {
    const expected = [82.407, 110, 146.832, 195.998, 246.942, 329.628];
    for (const [k, note] of openStrings.entries()) expect(frequencyOfNote(note)).toBeCloseTo(expected[k]!, 3);
  });

  it("has chords of two to six strings within reach of a hand", () => {
    const random = createRandom(1);
    for (let k = 0; k < 200; k++) {
      const played = chooseChord(random).filter((fret) => fret !== null);
      const pressed = played.filter((fret) => fret > 0);
      expect(played.length).toBeGreaterThanOrEqual(3);
      expect(Math.max(...pressed) - Math.min(...pressed)).toBeLessThanOrEqual(4);
    }
  });

  it("gives melodies of one scale that stay within their range", () => {
    for (let seed = 0; seed < 30; seed++) {
      const melody = createMelody(createRandom(seed), { lowest: 40, highest: 88, centre: 60 });
      const notes = Array.from({ length: 400 }, melody);
      expect(Math.min(...notes)).toBeGreaterThanOrEqual(40);
      expect(Math.max(...notes)).toBeLessThanOrEqual(88);
      const classes = new Set(notes.map((note) => note % 12)).size;
      expect(classes).toBeGreaterThanOrEqual(5);
      expect(classes === 12 || classes <= 7).toBe(true);
    }
  });

  it("moves the pick nearer to the middle of shorter strings", () => {
    const random = createRandom(2);
    const touch = chooseTouch(random);
    expect(guitarString(40, touch, random).pickPosition).toBeCloseTo(touch.pick, 12);
    expect(guitarString(76, touch, random).pickPosition).toBeCloseTo(Math.min(0.5, 2 * touch.pick), 12); // fret 12
  });
});
