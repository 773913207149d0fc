import { describe, expect, it } from "vitest";
import { bend, fretSteps, together, vibrato } from "./pitch-curve.ts";

describe("pitch curves", () => {
  it("bend from one pitch to another and stay there", () => {
    const up = bend({ toSemitones: 2, fromSeconds: 0.1, seconds: 0.2 });
    expect([0, 0.1, 0.2, 0.3, 5].map(up)).toEqual([0, 0, expect.closeTo(1, 12), 2, 2]);
    const released = bend({ fromSemitones: 1, toSemitones: 0, seconds: 0.1 });
    expect([released(0), released(0.1)]).toEqual([1, 0]);
  });

  it("swing in vibrato between the note and its highest point, at the rate", () => {
    const swing = vibrato({ cents: 40, rateHz: 5, fromSeconds: 0.3 });
    expect(swing(0.3)).toBe(0);
    expect(swing(0.3 + 0.5)).toBeCloseTo(0.4, 9); // 2.5 swings later
    expect(swing(0.3 + 0.6)).toBeCloseTo(0, 9);
  });

  it("jump at frets within 3 ms", () => {
    const steps = fretSteps([
      { atSeconds: 0.1, semitones: 2 },
      { atSeconds: 0.2, semitones: -1 },
    ]);
    expect([0.05, 0.15, 0.2015, 0.3].map(steps)).toEqual([0, 2, expect.closeTo(0.5, 9), -1]);
  });

  it("add up", () => {
    const both = together(bend({ toSemitones: 1, seconds: 0.1 }), fretSteps([{ atSeconds: 0.5, semitones: 3 }]));
    expect(both(1)).toBe(4);
  });
});
