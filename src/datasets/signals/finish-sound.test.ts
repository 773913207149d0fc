import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom, dbFromAmplitude, peak } from "../../signal/index.ts";
import { applyLevel, fadeEnds, finishSound, finishTone, firstStroke, scaleToPeak } from "./finish-sound.ts";
import { constantShare } from "./measurements.ts";

const sampleRate = 8000; // a fade is 40 samples

describe("a finished sound", () => {
  it("peaks at 1, begins and ends at 0, and has no constant part, whatever it was", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 3000 }),
        fc.nat(),
        fc.double({ min: -5, max: 5, noNaN: true }),
        (length, seed, mean) => {
          const random = createRandom(seed);
          for (const finish of [finishSound, finishTone]) {
            const x = finish(
              Float64Array.from({ length }, () => mean + random.normal()),
              sampleRate,
            );
            expect(peak(x)).toBeCloseTo(1, 12);
            expect([Math.abs(x[0]!), Math.abs(x.at(-1)!)]).toEqual([0, 0]);
            expect(constantShare(x)).toBeLessThan(1e-12);
          }
        },
      ),
    );
  });

  it("leaves silence alone", () => {
    expect(finishSound(new Float64Array(100), sampleRate).every((v) => v === 0)).toBe(true);
    expect(scaleToPeak(new Float32Array(3), 1)).toEqual(new Float32Array(3));
  });

  it("gets a level that goes evenly in dB, and still no constant part", () => {
    const tone = Float64Array.from({ length: 8000 }, (_, n) => Math.sin((2 * Math.PI * 100 * n) / sampleRate + 0.3));
    const x = finishTone(tone, sampleRate);
    applyLevel(x, { fromDb: -40, toDb: 0, sampleRate });
    const levelAt = (n: number) => dbFromAmplitude(peak(x.subarray(n - 40, n + 40))); // a period
    expect(levelAt(2000)).toBeCloseTo(-30, 0);
    expect(levelAt(6000)).toBeCloseTo(-10, 0);
    expect(constantShare(x)).toBeLessThan(1e-12);
  });
});

describe("fadeEnds", () => {
  it("is half way in the middle of the fade, and meets in the middle of a short sound", () => {
    const x = new Float64Array(100).fill(1);
    fadeEnds(x, 20);
    expect([x[0], x[10], x[20], x[50], x[89], x[99]]).toEqual([
      0,
      expect.closeTo(0.5, 12),
      1,
      1,
      expect.closeTo(0.5, 12),
      0,
    ]);
    const short = new Float64Array(4).fill(1);
    fadeEnds(short, 20);
    expect([...short]).toEqual([0, expect.closeTo(0.5, 12), expect.closeTo(0.5, 12), 0]);
  });

  it("ends before the first stroke", () => {
    expect(firstStroke(sampleRate)).toBe(40);
  });
});
