import { describe, expect, it } from "vitest";
import { createRandom } from "../../kernels/index.ts";
import { mfcc, mfccOfLogMel, mfccToMel } from "./mfcc.ts";

const x = Float64Array.from({ length: 4000 }, createRandom(8).normal);
const options = { sampleRate: 16000, fftSize: 512, hop: 160, mels: 40, norm: null };

describe("mfcc", () => {
  it("puts the level into coefficient 0 alone", () => {
    const noLimit = { ...options, coefficients: 13, logarithm: { kind: "db", topDb: null } } as const;
    const quiet = mfcc(
      x.map((value) => value / 2),
      noLimit,
    );
    const loud = mfcc(x, noLimit);
    for (const [n, value] of loud.values.entries()) {
      // 20 log10(2) dB in each of 40 bands, times the root of 40.
      const expected = n < loud.frames ? 20 * Math.log10(2) * Math.sqrt(40) : 0;
      expect(value - quiet.values[n]!).toBeCloseTo(expected, 8);
    }
  });

  it("is a flat line for equal bands: coefficient 0 is the root of their number", () => {
    const flat = { rows: 16, frames: 1, values: new Float64Array(16).fill(3) };
    const cepstrum = mfccOfLogMel(flat, { coefficients: 4 });
    expect(Array.from(cepstrum.values)).toEqual([12, 0, 0, 0].map((value) => expect.closeTo(value, 12)));
  });

  it("lifts by half a sine over the coefficients", () => {
    const table = { rows: 16, frames: 1, values: Float64Array.from({ length: 16 }, (_, m) => m % 5) };
    const plain = mfccOfLogMel(table, { coefficients: 6 }).values;
    const lifted = mfccOfLogMel(table, { coefficients: 6, lifter: 4 }).values;
    // 1 + 2 sin(π n / 4) for n = 1 to 6.
    const factors = [1 + Math.SQRT2, 3, 1 + Math.SQRT2, 1, 1 - Math.SQRT2, -1];
    for (const [n, factor] of factors.entries()) expect(lifted[n]).toBeCloseTo(plain[n]! * factor, 12);
  });

  it("refuses more coefficients than mels, and a negative lifter", () => {
    const refused = expect.objectContaining({ code: "bad-option" });
    expect(() => mfcc(x, { ...options, coefficients: 41 })).toThrow(refused);
    expect(() => mfcc(x, { ...options, lifter: -1 })).toThrow(refused);
  });
});

describe("mfccToMel", () => {
  it("undoes all coefficients, lifted or not", () => {
    const db = { rows: 12, frames: 2, values: Float64Array.from({ length: 24 }, (_, n) => ((n * 7) % 11) - 20) };
    for (const lifter of [0, 22]) {
      const back = mfccToMel(mfccOfLogMel(db, { coefficients: 12, lifter }), { mels: 12, lifter, reference: 2 });
      for (const [n, value] of db.values.entries()) {
        expect(back.values[n]! / (2 * 10 ** (value / 10))).toBeCloseTo(1, 10);
      }
    }
  });
});
