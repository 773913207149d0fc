import { describe, expect, it } from "vitest";
import { amplitudeFromDb, dbFromAmplitude, peak, rms } from "./level.ts";

describe("levels", () => {
  it("rms is the root of the mean square", () => {
    expect(rms(Float32Array.of(3, -4, 0, 0))).toBe(2.5);
    expect(rms(Float32Array.of(-0.5, -0.5))).toBe(0.5);
    expect(rms(new Float32Array(0))).toBe(0);
  });

  it("rms sums in float64: a million small samples after a large one still count", () => {
    const x = new Float32Array(1_000_001).fill(2 ** -13);
    x[0] = 1;
    // 1 + 1e6 * 2^-26, where a float32 sum would stay at 1.
    expect(rms(x)).toBeCloseTo(Math.sqrt((1 + 1e6 * 2 ** -26) / 1_000_001), 12);
  });

  it("peak is the largest sample of either sign", () => {
    expect(peak(Float32Array.of(0.25, -0.75, 0.5))).toBe(0.75);
    expect(peak(new Float32Array(0))).toBe(0);
  });

  it("dB and amplitude are each other's inverse", () => {
    expect(dbFromAmplitude(10)).toBe(20);
    expect(dbFromAmplitude(-0.1)).toBeCloseTo(-20, 12);
    expect(dbFromAmplitude(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(amplitudeFromDb(-6)).toBeCloseTo(0.501187, 6);
    expect(amplitudeFromDb(dbFromAmplitude(0.3))).toBeCloseTo(0.3, 12);
    expect(amplitudeFromDb(Number.NEGATIVE_INFINITY)).toBe(0);
  });
});
