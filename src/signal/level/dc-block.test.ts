import { describe, expect, it } from "vitest";
import { dcBlock } from "./dc-block.ts";

describe("dcBlock", () => {
  it("answers an impulse with 1, pole - 1, and then a geometric tail", () => {
    const y = dcBlock(Float32Array.of(1, 0, 0, 0), { pole: 0.5 });
    expect(Array.from(y)).toEqual([1, -0.5, -0.25, -0.125]);
  });

  it("starts from rest: a constant begins as a step and fades with the pole", () => {
    const y = dcBlock(new Float32Array(2001).fill(0.25));
    expect(y[0]).toBe(0.25);
    // 0.25 * 0.995^n exactly, but for rounding in 2000 multiplications.
    expect(y[2000]).toBeCloseTo(0.25 * 0.995 ** 2000, 12);
  });

  it("leaves the middle of the audio band as it is", () => {
    const x = Float32Array.from({ length: 4800 }, (_, n) => Math.sin((2 * Math.PI * 1000 * n) / 48000));
    const y = dcBlock(x).subarray(4320);
    const power = y.reduce((sum, v) => sum + v * v, 0) / y.length;
    // |H|^2 at 1 kHz is 2 (1 - cos w) / (1 + R^2 - 2 R cos w) = 1.0035.
    expect(power).toBeCloseTo(0.5 * 1.0035, 3);
  });
});
