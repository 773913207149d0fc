import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deEmphasis, preEmphasis } from "./pre-emphasis.ts";

describe("preEmphasis", () => {
  it("subtracts a share of the sample before, 0 before the first", () => {
    expect(Array.from(preEmphasis(Float32Array.of(1, 1, -2), { coefficient: 0.5 }))).toEqual([1, 0.5, -2.5]);
    // By default a constant keeps 0.15 of itself and the highest frequency gets 1.85.
    expect(preEmphasis(Float32Array.of(1, 1))[1]).toBeCloseTo(0.15, 12);
    expect(preEmphasis(Float32Array.of(1, -1))[1]).toBeCloseTo(-1.85, 12);
    expect(preEmphasis(new Float32Array(0))).toHaveLength(0);
  });

  it("begins as librosa does where asked: the first result has 2 x[0] - x[1] added", () => {
    expect(Array.from(preEmphasis(Float32Array.of(2, 1, 0), { coefficient: 0.5, state: "librosa" }))).toEqual([
      5, 0, -0.5,
    ]);
    expect(() => preEmphasis(Float32Array.of(2), { state: "librosa" })).toThrow(
      expect.objectContaining({ code: "signal-too-short" }),
    );
  });

  it("goes on from block to block", () => {
    const x = Float64Array.of(1, 2, 4, 8, 16);
    const rest = preEmphasis(x.subarray(2), { coefficient: 0.5, state: -0.5 * x[1]! });
    expect(Array.from(rest)).toEqual(Array.from(preEmphasis(x, { coefficient: 0.5 }).subarray(2)));
  });
});

describe("deEmphasis", () => {
  it("undoes preEmphasis, whichever way it began", () => {
    const signals = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 2, maxLength: 50 });
    fc.assert(
      fc.property(signals, fc.constantFrom(0, 0.3, "librosa" as const), (samples, state) => {
        const x = Float64Array.from(samples);
        const options = { coefficient: 0.97, state };
        const back = deEmphasis(preEmphasis(x, options), options);
        for (const [n, value] of x.entries()) expect(back[n]).toBeCloseTo(value, 9);
      }),
      { seed: 5 },
    );
  });

  it("goes on from block to block", () => {
    const y = Float64Array.of(1, 2, 4, 8, 16);
    const whole = deEmphasis(y, { coefficient: 0.5 });
    const rest = deEmphasis(y.subarray(2), { coefficient: 0.5, state: -0.5 * whole[1]! });
    expect(Array.from(rest)).toEqual(Array.from(whole.subarray(2)));
    expect(deEmphasis(new Float64Array(0))).toHaveLength(0);
  });
});
