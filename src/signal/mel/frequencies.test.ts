import { describe, expect, it } from "vitest";
import { fftFrequencies, hzToMidi, hzToOctaves, midiToHz, octavesToHz } from "./frequencies.ts";

describe("frequencies", () => {
  it("of bins reach half the sample rate, or stop short of it for odd sizes", () => {
    expect(Array.from(fftFrequencies({ sampleRate: 8000, fftSize: 8 }))).toEqual([0, 1000, 2000, 3000, 4000]);
    expect(Array.from(fftFrequencies({ sampleRate: 5000, fftSize: 5 }))).toEqual([0, 1000, 2000]);
    expect(fftFrequencies()).toHaveLength(1025);
  });

  it("as MIDI notes: A4 is 69, middle C 60", () => {
    expect(hzToMidi(440)).toBe(69);
    expect(hzToMidi(220)).toBe(57);
    expect(midiToHz(69)).toBe(440);
    expect(midiToHz(60)).toBeCloseTo(261.6256, 4);
    expect(hzToMidi(midiToHz(61.37))).toBeCloseTo(61.37, 12);
    expect(hzToMidi(0)).toBe(Number.NEGATIVE_INFINITY);
  });

  it("as octaves above A0, with the tuning of the instrument", () => {
    expect(hzToOctaves(27.5)).toBe(0);
    expect(hzToOctaves(440)).toBe(4);
    // A fifth of a semitone high: 440 Hz is that much below its A4.
    expect(hzToOctaves(440, { tuning: 0.2 })).toBeCloseTo(4 - 0.2 / 12, 12);
    expect(
      octavesToHz(hzToOctaves(123, { tuning: -0.3, binsPerOctave: 24 }), { tuning: -0.3, binsPerOctave: 24 }),
    ).toBeCloseTo(123, 10);
  });
});
