import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { midiOfNote, noteName } from "./note-name.ts";

describe("noteName", () => {
  it("names notes with sharps, octave and deviation", () => {
    expect(noteName(69)).toBe("A4");
    expect(noteName(61)).toBe("C♯4");
    expect(noteName(61, { ascii: true, octave: false })).toBe("C#");
    expect(noteName(69.25, { cents: true })).toBe("A4+25");
    expect(noteName(68.95, { cents: true })).toBe("A4-5");
    expect(noteName(0)).toBe("C-1");
    expect(noteName(-1)).toBe("B-2");
  });

  it("rounds a half to the even note, as Python does", () => {
    expect(noteName(60.5)).toBe("C4");
    expect(noteName(61.5)).toBe("D4");
    expect(noteName(62.51)).toBe("D♯4");
  });

  it("refuses cents without an octave, and no number", () => {
    expect(() => noteName(60, { cents: true, octave: false })).toThrow(expect.objectContaining({ code: "bad-option" }));
    expect(() => noteName(Number.NaN)).toThrow(expect.objectContaining({ code: "bad-option" }));
  });
});

describe("midiOfNote", () => {
  it("reads letters, accidentals, octaves and cents", () => {
    for (const [name, midi] of [
      ["A4", 69],
      ["c4", 60],
      ["Bb3", 58],
      ["C♯5", 73],
      ["C##4", 62],
      ["F♮-1", 5],
      ["C", 12],
      ["E𝄫2", 38],
    ] as const) {
      expect(midiOfNote(name), name).toBe(midi);
    }
    expect(midiOfNote("A4+25")).toBeCloseTo(69.25, 12);
  });

  it("undoes noteName", () => {
    fc.assert(
      fc.property(fc.integer({ min: -20, max: 140 }), (midi) => {
        expect(midiOfNote(noteName(midi))).toBe(midi);
      }),
      {
        seed: 2,
      },
    );
  });

  it("refuses what is no note", () => {
    for (const name of ["", "H4", "4", "A4+", "A 4"]) {
      expect(() => midiOfNote(name), name).toThrow(expect.objectContaining({ code: "bad-note-name" }));
    }
  });
});
