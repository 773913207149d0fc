import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../kernels/index.ts";
import { logSpectralDistanceDb, spectralConvergence } from "./spectral-distances.ts";

const noise = (samples: number, seed: number) => {
  const random = createRandom(seed);
  return Float64Array.from({ length: samples }, () => 0.1 * random.normal());
};
const small = { fftSize: 128, hop: 32 };

describe("spectral distances", () => {
  it("are 0 for equal and for inverted signals", () => {
    const x = noise(1000, 1);
    const inverted = x.map((value) => -value);
    expect([logSpectralDistanceDb(x, x), logSpectralDistanceDb(inverted, x)]).toEqual([0, 0]);
    expect([spectralConvergence(x, x), spectralConvergence(inverted, x)]).toEqual([0, 0]);
  });

  it("know a change of level: 20 log10 of the gain, and its distance from 1", () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0.1, max: 10, noNaN: true }), (seed, gain) => {
        const x = noise(400, seed);
        const louder = x.map((value) => gain * value);
        const found = logSpectralDistanceDb(louder, x, { ...small, powerFloor: 1e-30 });
        expect(found).toBeCloseTo(Math.abs(20 * Math.log10(gain)), 9);
        expect(spectralConvergence(louder, x, small)).toBeCloseTo(Math.abs(gain - 1), 9);
      }),
      { numRuns: 30 },
    );
  });

  it("give 1 for silence, or what the floor allows", () => {
    const x = noise(400, 2);
    const silence = new Float64Array(400);
    expect(spectralConvergence(silence, x, small)).toBe(1);
    expect(logSpectralDistanceDb(silence, x, { ...small, powerFloor: 1e9 })).toBe(0);
  });

  it("refuse what they cannot judge", () => {
    const code = (code: string) => expect.objectContaining({ code });
    for (const metric of [logSpectralDistanceDb, spectralConvergence]) {
      expect(() => metric(noise(4, 1), noise(5, 1))).toThrow(code("length-mismatch"));
      expect(() => metric(noise(4, 1), new Float64Array(4))).toThrow(code("silent-target"));
      expect(() => metric(noise(4, 1).fill(Number.NaN, 2), noise(4, 1))).toThrow(/predicted sample 2 is NaN/);
      expect(() => metric(noise(4, 1), noise(4, 2), { fftSize: 0 })).toThrow(code("bad-option"));
    }
    expect(() => logSpectralDistanceDb(noise(4, 1), noise(4, 2), { powerFloor: 0 })).toThrow(code("bad-option"));
  });
});
