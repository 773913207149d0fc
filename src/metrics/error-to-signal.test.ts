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
    expect(errorToSignalRatio(target.map((v) => -v), target)).toBe(4);
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
  it("forgives an offset, except for the step it starts with", () => {
    const target = sine(44100);
    const predicted = sine(44100, 0.01);
    // The step's energy is 0.01^2 / (1 - 0.995^2) = 0.010025 over 44100 * 0.125 = 5512 of the signal (times 1.004).
    const found = errorToSignalRatioDcBlocked(predicted, target);
    expect(found).toBeCloseTo(0.010025 / 5512.5, 7);
    expect(errorToSignalRatio(predicted, target)).toBeGreaterThan(7e-4);
  });

  it("starts anew in every segment", () => {
    const target = sine(2000);
    const predicted = Float32Array.from(target, (v, n) => v + (n < 1000 ? 0.1 : -0.1));
    const joined = errorToSignalRatioDcBlocked(predicted, target);
    const apart = errorToSignalRatioDcBlocked(predicted, target, { segments: [1000, 1000] });
    // Joined, the second step is 0.2 high: energies 1 + 4 against 1 + 1 (the target differs by the blocker's start only).
    expect(joined / apart).toBeGreaterThan(2.4);
    expect(joined / apart).toBeLessThan(2.6);
  });

  it("refuses segments that do not add up", () => {
    expect(() => errorToSignalRatioDcBlocked(sine(10), sine(10), { segments: [4, 5] })).toThrow(/add up to 9 samples/);
  });
});
