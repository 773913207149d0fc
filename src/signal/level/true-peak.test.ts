import { describe, expect, it } from "vitest";
import { truePeak } from "./true-peak.ts";

/** A sine with soft ends: a hard end is a step, and the wave of a step overshoots. */
function sine(part: number, degrees: number, amplitude: number, length = 4800): Float32Array {
  return Float32Array.from({ length }, (_, n) => {
    const edge = Math.min(1, n / 1000, (length - 1 - n) / 1000);
    const rise = 0.5 - 0.5 * Math.cos(Math.PI * edge);
    return rise * amplitude * Math.sin(2 * Math.PI * part * n + (degrees * Math.PI) / 180);
  });
}
const db = (amplitude: number) => 20 * Math.log10(amplitude);

describe("truePeak", () => {
  it.each([
    { name: "15: fs/4, 0 degrees, 0.50", part: 1 / 4, degrees: 0, amplitude: 0.5, expected: -6 },
    { name: "16: fs/4, 45 degrees, 0.50", part: 1 / 4, degrees: 45, amplitude: 0.5, expected: -6 },
    { name: "17: fs/6, 60 degrees, 0.50", part: 1 / 6, degrees: 60, amplitude: 0.5, expected: -6 },
    { name: "18: fs/8, 67.5 degrees, 0.50", part: 1 / 8, degrees: 67.5, amplitude: 0.5, expected: -6 },
    { name: "19: fs/4, 45 degrees, 1.41", part: 1 / 4, degrees: 45, amplitude: 1.41, expected: 3 },
  ])("EBU Tech 3341 case $name", ({ part, degrees, amplitude, expected }) => {
    // The recommendation allows +0.2 and -0.4 dB; case 16 reads 3 dB less on its samples.
    const level = db(truePeak(sine(part, degrees, amplitude), { sampleRate: 48000 }));
    expect(level).toBeLessThan(expected + 0.2);
    expect(level).toBeGreaterThan(expected - 0.4);
  });

  it("finds a crest half way between two samples at every rate that is oversampled", () => {
    for (const sampleRate of [8000, 44100, 96000, 176400]) {
      const x = sine(1 / 4, 45, 0.5);
      expect(Math.max(...x)).toBeCloseTo(0.5 * Math.SQRT1_2, 3);
      expect(truePeak(x, { sampleRate })).toBeCloseTo(0.5, 3);
    }
  });

  it("is at least the largest sample, also at rates that are not oversampled, and 0 for nothing", () => {
    expect(truePeak(Float64Array.of(0, 0, -0.75, 0), { sampleRate: 192000 })).toBe(0.75);
    expect(truePeak(Float32Array.of(0, 0, -0.75, 0), { sampleRate: 44100 })).toBe(0.75);
    expect(truePeak(new Float32Array(0), { sampleRate: 44100 })).toBe(0);
  });

  it("refuses bad rates and samples", () => {
    expect(() => truePeak(new Float32Array(4), { sampleRate: 0 })).toThrow("0 Hz");
    expect(() => truePeak(Float32Array.of(0, Number.NaN), { sampleRate: 44100 })).toThrow(
      "sample 1 (at 0.0000 s) is NaN",
    );
  });
});
