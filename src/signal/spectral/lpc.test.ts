import { describe, expect, it } from "vitest";
import { createRandom } from "../../kernels/index.ts";
import { lpc } from "./lpc.ts";

describe("lpc", () => {
  it("finds the filter a signal was made with", () => {
    const noise = createRandom(3).normal;
    const x = new Float64Array(20_000);
    for (let n = 0; n < x.length; n++) x[n] = noise() + 1.2 * (x[n - 1] ?? 0) - 0.7 * (x[n - 2] ?? 0);
    const a = lpc(x, { order: 4 });
    // The deviation of an estimate from 20000 samples is about 1 / 141 = 0.007; four of them.
    for (const [k, expected] of [1, -1.2, 0.7, 0, 0].entries()) expect(Math.abs(a[k]! - expected)).toBeLessThan(0.03);
  });

  it("predicts a sine from two samples: x[n] = 2 cos(w) x[n-1] - x[n-2]", () => {
    const w = 0.3;
    const [, a1, a2] = lpc(
      Float64Array.from({ length: 2000 }, (_, n) => Math.sin(w * n)),
      { order: 2 },
    );
    // Burg's estimate of a sine is known to be off by about 1 / samples.
    expect(a1).toBeCloseTo(-2 * Math.cos(w), 3);
    expect(a2).toBeCloseTo(1, 3);
  });

  it("predicts nothing from silence", () => {
    expect(Array.from(lpc(new Float32Array(50), { order: 3 }))).toEqual([1, 0, 0, 0].map((v) => expect.closeTo(v, 12)));
  });

  it("refuses orders that cannot be, too few samples, and NaN", () => {
    const x = new Float64Array(10).fill(1);
    for (const order of [0, -1, 1.5]) {
      expect(() => lpc(x, { order })).toThrow(expect.objectContaining({ code: "bad-option" }));
    }
    expect(() => lpc(x, { order: 10 })).toThrow(expect.objectContaining({ code: "signal-too-short" }));
    expect(lpc(x, { order: 9 })).toHaveLength(10);
    x[2] = Number.NaN;
    expect(() => lpc(x, { order: 2 })).toThrow(expect.objectContaining({ code: "non-finite-samples" }));
  });
});
