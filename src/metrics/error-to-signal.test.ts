import { describe, expect, it } from "vitest";
import { errorToSignalRatio, errorToSignalRatioDcBlocked } from "./error-to-signal.ts";

const sine = (samples: number, offset = 0) =>
  Float32Array.from({ length: samples }, (_, n) => offset + 0.5 * Math.sin(0.2 * n));

describe("errorToSignalRatio", () => {
  it("is error energy over target energy", () => {
    // Errors 0, 1 and 2; target 1, 2 and 2: 5 / 9.
    expect(errorToSignalRatio(Float32Array.of(1, 1, 0), Float32Array.of(1, 2, 2))).toBe(5 / 9);
  });

  it("is 0 for a match, 1 for silence and 4 for the inverted signal", () => {
    const target = sine(100);
    expect(errorToSignalRatio(target, target)).toBe(0);
    expect(errorToSignalRatio(new Float32Array(100), target)).toBe(1);
    expect(
      errorToSignalRatio(
        target.map((v) => -v),
        target,
      ),
    ).toBe(4);
  });

  it("refuses different lengths, a silent target, and samples that are no numbers", () => {
    const code = (code: string) => expect.objectContaining({ code });
    expect(() => errorToSignalRatio(sine(3), sine(4))).toThrow(code("length-mismatch"));
    expect(() => errorToSignalRatio(sine(4), new Float32Array(4))).toThrow(code("silent-target"));
    expect(() => errorToSignalRatio(new Float32Array(0), new Float32Array(0))).toThrow(code("silent-target"));
    expect(() => errorToSignalRatio(Float32Array.of(0, Number.NaN), sine(2))).toThrow(/predicted sample 1 is NaN/);
    expect(() => errorToSignalRatio(sine(2), Float32Array.of(Number.POSITIVE_INFINITY, 0))).toThrow(/target sample 0/);
  });
});

describe("errorToSignalRatioDcBlocked", () => {
  it("forgives a constant offset altogether", () => {
    const target = sine(44100);
    // Only the float32 rounding of the offset samples is left.
    expect(errorToSignalRatioDcBlocked(sine(44100, 0.01), target)).toBeLessThan(1e-12);
    expect(errorToSignalRatio(sine(44100, 0.01), target)).toBeGreaterThan(7e-4);
  });

  it("starts anew in every segment", () => {
    const target = sine(2000);
    const predicted = Float32Array.from(target, (v, n) => v + (n < 1000 ? 0.1 : -0.1));
    // Joined, the offset makes one step of 0.2: energy 0.2^2 / (1 - 0.995^2) = 4.01 over 2000 * 0.125 = 250 of the signal.
    expect(errorToSignalRatioDcBlocked(predicted, target)).toBeCloseTo(4.01 / 250, 3);
    expect(errorToSignalRatioDcBlocked(predicted, target, { segments: [1000, 1000] })).toBeLessThan(1e-12);
  });

  it("refuses segments that do not add up", () => {
    expect(() => errorToSignalRatioDcBlocked(sine(10), sine(10), { segments: [4, 5] })).toThrow(/add up to 9 samples/);
  });
});
