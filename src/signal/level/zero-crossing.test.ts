import { describe, expect, it } from "vitest";
import { zeroCrossingRate, zeroCrossings } from "./zero-crossing.ts";

const of = (...args: Parameters<typeof zeroCrossings>) => Array.from(zeroCrossings(...args));

describe("zeroCrossings", () => {
  it("marks the first sample with the new sign, and the first of all unless told otherwise", () => {
    expect(of(Float32Array.of(1, -1, -1, 2))).toEqual([1, 1, 0, 1]);
    expect(of(Float32Array.of(1, -1, -1, 2), { first: false })).toEqual([0, 1, 0, 1]);
  });

  it("counts 0 as positive, or as a sign of its own", () => {
    const x = Float32Array.of(1, 0, -1, -0, 0, -1);
    expect(of(x, { first: false })).toEqual([0, 0, 1, 1, 0, 1]);
    expect(of(x, { first: false, zeroIsPositive: false })).toEqual([0, 1, 1, 1, 0, 1]);
  });

  it("takes small samples for 0", () => {
    expect(of(Float64Array.of(1, -1e-11, 1), { first: false })).toEqual([0, 0, 0]);
    expect(of(Float32Array.of(1, -0.1, 1), { first: false, threshold: 0.2 })).toEqual([0, 0, 0]);
    expect(of(Float32Array.of(1, -0.1, 1), { first: false })).toEqual([0, 1, 1]);
  });
});

describe("zeroCrossingRate", () => {
  it("of a sine is twice its frequency over the sample rate", () => {
    const x = Float64Array.from({ length: 4000 }, (_, n) => Math.sin((2 * Math.PI * 100 * (n + 0.5)) / 4000));
    const { values, frames } = zeroCrossingRate(x, { frameLength: 400, hop: 200 });
    expect(frames).toBe(21);
    // 20 crossings, one of which falls on the first sample of the frame.
    for (let t = 1; t < 20; t++) expect(values[t]).toBe(19 / 400);
  });

  it("of silence and of a constant is 0", () => {
    for (const level of [0, 0.5, -0.5]) {
      expect(zeroCrossingRate(new Float32Array(1000).fill(level)).values.every((value) => value === 0)).toBe(true);
    }
  });

  it("refuses no signal and NaN", () => {
    expect(() => zeroCrossingRate(new Float64Array(0))).toThrow(expect.objectContaining({ code: "signal-too-short" }));
    expect(() => zeroCrossingRate(Float64Array.of(Number.NaN))).toThrow(
      expect.objectContaining({ code: "non-finite-samples" }),
    );
  });
});
