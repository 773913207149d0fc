import { describe, expect, it } from "vitest";
import { frequencyWeightingDb, type WeightingCurve } from "./a-weighting.ts";

describe("frequencyWeightingDb", () => {
  // IEC 61672-1:2013, table 3 (A and C), IEC 60651 (B) and the D curve of IEC 537, rounded to 0.1 dB.
  const table = {
    A: [
      [31.623, -39.4],
      [100, -19.1],
      [1000, 0],
      [3162.28, 1.2],
      [10000, -2.5],
    ],
    B: [
      [31.623, -17.1],
      [100, -5.6],
      [1000, 0],
      [10000, -4.3],
    ],
    C: [
      [31.623, -3],
      [100, -0.3],
      [1000, 0],
      [10000, -4.4],
    ],
    D: [
      [100, -7.2],
      [1000, 0],
      [3150, 11.4],
      [10000, 3.4],
    ],
    Z: [
      [31.623, 0],
      [1000, 0],
      [10000, 0],
    ],
  } as const;
  for (const [curve, gains] of Object.entries(table)) {
    it(`has the gains of the standard: ${curve}`, () => {
      for (const [frequencyHz, expected] of gains) {
        const [gain] = frequencyWeightingDb(Float64Array.of(frequencyHz), { curve: curve as WeightingCurve });
        // Half of the last digit of the tables, and a tenth for the rounded constants of the formulas.
        expect(Math.abs(gain! - expected), `${frequencyHz} Hz`).toBeLessThan(0.15);
      }
    });
  }

  it("ends at -80 dB, or where asked, or nowhere", () => {
    const zero = Float64Array.of(0);
    expect(frequencyWeightingDb(zero)[0]).toBe(-80);
    expect(frequencyWeightingDb(zero, { minDb: -30 })[0]).toBe(-30);
    expect(frequencyWeightingDb(zero, { minDb: null })[0]).toBe(Number.NEGATIVE_INFINITY);
    expect(frequencyWeightingDb(zero, { curve: "Z" })[0]).toBe(0);
  });
});
