import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rateRatio, resampledLength } from "./rate-ratio.ts";

describe("rateRatio", () => {
  it("is the fraction in lowest terms for whole rates", () => {
    expect(rateRatio({ from: 44100, to: 48000 })).toEqual({ up: 160, down: 147 });
    expect(rateRatio({ from: 44100, to: 44101 })).toEqual({ up: 44101, down: 44100 });
    expect(rateRatio({ from: 1e6, to: 1 })).toEqual({ up: 1, down: 1e6 });
  });

  it("finds the fraction behind rates with decimals", () => {
    expect(rateRatio({ from: 22050.5, to: 44101 })).toEqual({ up: 2, down: 1 });
    expect(rateRatio({ from: 0.1, to: 0.3 })).toEqual({ up: 3, down: 1 });
  });

  it("differs from the quotient by no more than float64 does, terms below 2^30", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.002, max: 500, noNaN: true }), (ratio) => {
        const { up, down } = rateRatio({ from: 1000, to: 1000 * ratio });
        expect(Math.max(up, down)).toBeLessThan(2 ** 30);
        // 1000 * ratio is itself rounded.
        expect(Math.abs(up / down / ratio - 1)).toBeLessThan(1e-14);
      }),
      { seed: 1 },
    );
  });
});

describe("resampledLength", () => {
  it("rounds up exactly, where float64 has lost the last digits too", () => {
    expect(resampledLength(33075, { from: 22050, to: 16000 })).toBe(24000);
    expect(resampledLength(33076, { from: 22050, to: 16000 })).toBe(24001);
    expect(resampledLength(0, { from: 1, to: 7 })).toBe(0);
    // 2^31 * 999999937 / 999999936 = 2^31 + 2.147…
    expect(resampledLength(2 ** 31, { from: 999_999_936, to: 999_999_937 })).toBe(2 ** 31 + 3);
  });
});
