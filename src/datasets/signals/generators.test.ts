import { describe, expect, it } from "vitest";
import { peak, rms } from "../../signal/index.ts";
import { signalGenerators, signalPartNames } from "./generators.ts";
import { bandShareDb, constantShare } from "./measurements.ts";

const sounding = signalPartNames.filter((name) => name !== "silence");

/** The contract of all generators: what an arrangement relies on. */
describe.each(sounding)("%s", (name) => {
  const { generate, family, leastSeconds, keepsLevels } = signalGenerators[name];
  const request = { seed: 12, sampleRate: 44_100, seconds: 2 };
  const x = generate(request);

  it("has the length asked for, at any rate, down to its least length and below", () => {
    for (const [sampleRate, seconds] of [
      [8000, 1],
      [48_000, leastSeconds],
      [96_000, 0.31],
      [192_000, 0.25],
      [44_100, 0.02],
    ] as const) {
      const short = generate({ seed: 3, sampleRate, seconds });
      expect(short.length).toBe(Math.round(seconds * sampleRate));
      expect(short.every(Number.isFinite)).toBe(true);
      if (seconds >= leastSeconds) expect(peak(short)).toBeCloseTo(1, keepsLevels ? 0.3 : 9);
    }
  });

  it("peaks at 1 and has something to hear", () => {
    expect(peak(x)).toBeCloseTo(1, keepsLevels ? 0.3 : 12); // of two tones that add up the peaks may not meet
    expect(rms(x)).toBeGreaterThan(0.015);
  });

  it("begins and ends at rest", () => {
    for (const v of [...x.subarray(0, 8), ...x.subarray(-8)]) expect(Math.abs(v)).toBeLessThan(0.004);
  });

  it("has no constant part", () => {
    expect(constantShare(x)).toBeLessThan(5e-3); // the skin of a drum pushes one way for a moment
  });

  it("is the same for the same seed and another for another", () => {
    const again = generate(request);
    expect(again.every((v, n) => v === x[n])).toBe(true);
    const others = [13, 500].map((seed) => generate({ ...request, seed }));
    expect(others.some((other) => other.some((v, n) => v !== x[n]))).toBe(true);
  });

  it.runIf(["guitar", "bass", "voice", "tones"].includes(family))("keeps clear of half the sample rate", () => {
    expect(bandShareDb(x, [0.46 * 44_100, 22_050], 44_100)).toBeLessThan(-60);
  });
});

describe("all generators", () => {
  it("refuse rates and lengths that cannot be, with the values", () => {
    for (const { generate } of Object.values(signalGenerators)) {
      for (const [sampleRate, seconds, message] of [
        [1, 1, "at 1 Hz"],
        [1_000_000, 1, "at 1000000 Hz"],
        [Number.NaN, 1, "at NaN Hz"],
        [48_000, -1, "of -1 s"],
        [48_000, Number.NaN, "of NaN s"],
        [48_000, 1e9, "48000000000000 samples"],
      ] as const) {
        expect(() => generate({ seed: 1, sampleRate, seconds })).toThrow(message);
      }
    }
  });
});
