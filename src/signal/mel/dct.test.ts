import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../kernels/index.ts";
import { dct, dctTable, inverseDct } from "./dct.ts";

const column = (...values: number[]) => ({ rows: values.length, frames: 1, values: Float64Array.from(values) });

describe("dct", () => {
  it("of type 2 is twice the sum with half-sample cosines", () => {
    const { values } = dct(column(1, 2, 3), { norm: null });
    expect(values[0]).toBeCloseTo(12, 12);
    // 2 (cos 30° + 2 cos 90° + 3 cos 150°) and 2 (cos 60° + 2 cos 180° + 3 cos 300°)
    expect(values[1]).toBeCloseTo(-2 * Math.sqrt(3), 12);
    expect(values[2]).toBeCloseTo(0, 12);
  });

  it("of type 1 counts the ends once", () => {
    expect(Array.from(dct(column(1, 2, 3), { type: 1, norm: null }).values)).toEqual(
      [8, -2, 0].map((value) => expect.closeTo(value, 12)),
    );
  });

  it("is a rotation with the norm ortho: it keeps energy", () => {
    const x = { rows: 12, frames: 3, values: Float64Array.from({ length: 36 }, createRandom(5).normal) };
    for (const type of [2, 3] as const) {
      const energy = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0);
      expect(energy(dct(x, { type }).values)).toBeCloseTo(energy(x.values), 10);
    }
  });

  it("comes back, for every type and norm", () => {
    const types = fc.constantFrom<1 | 2 | 3>(1, 2, 3);
    const norms = fc.constantFrom<"ortho" | null>("ortho", null);
    fc.assert(
      fc.property(types, norms, fc.integer({ min: 2, max: 40 }), (type, norm, rows) => {
        const x = { rows, frames: 2, values: Float64Array.from({ length: 2 * rows }, createRandom(rows).normal) };
        const back = inverseDct(dct(x, { type, norm }), { type, norm });
        for (const [n, value] of x.values.entries()) expect(back.values[n]).toBeCloseTo(value, 11);
      }),
      { seed: 4 },
    );
  });

  it("gives the first coefficients where fewer are wanted, and smooths on the way back", () => {
    const x = column(1, 2, 4, 8);
    const whole = dct(x);
    const part = dct(x, { coefficients: 2 });
    expect(Array.from(part.values)).toEqual(Array.from(whole.values.subarray(0, 2)));
    expect(Array.from(inverseDct(dct(x, { coefficients: 1 }), { rows: 4 }).values)).toEqual(
      [3.75, 3.75, 3.75, 3.75].map((value) => expect.closeTo(value, 12)),
    );
  });

  it("refuses more coefficients than numbers, and type 1 of one number", () => {
    const refused = expect.objectContaining({ code: "bad-option" });
    expect(() => dct(column(1, 2), { coefficients: 3 })).toThrow(refused);
    expect(() => dctTable(1, { type: 1 })).toThrow(refused);
    expect(() => dctTable(4, { type: 4 as 3 })).toThrow(refused);
    expect(() => dctTable(0)).toThrow(refused);
    expect(() => inverseDct(column(1, 2, 3), { rows: 2 })).toThrow(refused);
  });
});
