import { describe, expect, it } from "vitest";
import { delta } from "./delta.ts";

const row = (...values: number[]) => ({ rows: 1, frames: values.length, values: Float64Array.from(values) });
const of = (...args: Parameters<typeof delta>) => Array.from(delta(...args).values);
const closeTo = (...values: number[]) => values.map((value) => expect.closeTo(value, 10));

describe("delta", () => {
  it("of a line is its slope everywhere, also at the ends", () => {
    expect(of(row(1, 3, 5, 7, 9, 11, 13, 15, 17, 19))).toEqual(closeTo(2, 2, 2, 2, 2, 2, 2, 2, 2, 2));
  });

  it("is the weighted sum of the distances: (-1, 0, 1) / 2 for width 3", () => {
    expect(of(row(0, 0, 4, 0, 0), { width: 3, mode: "constant" })).toEqual(closeTo(0, 2, 0, -2, 0));
    // At the ends the line through the first and last three frames goes on.
    expect(of(row(0, 0, 4, 0, 0), { width: 3 })).toEqual(closeTo(2, 2, 0, -2, -2));
  });

  it("of order 2 is the bend of a parabola", () => {
    const parabola = row(...Array.from({ length: 12 }, (_, t) => 3 * t * t - t));
    expect(of(parabola, { order: 2 })).toEqual(closeTo(...Array(12).fill(6)));
    // A parabola fitted for its slope.
    const slopes = Array.from({ length: 12 }, (_, t) => 6 * t - 1);
    expect(of(parabola, { order: 1, degree: 2, width: 5 })).toEqual(closeTo(...slopes));
  });

  it("makes up the outside as asked", () => {
    const x = row(1, 2, 4);
    expect(of(x, { width: 3, mode: "nearest" })).toEqual(closeTo(0.5, 1.5, 1));
    expect(of(x, { width: 3, mode: "mirror" })).toEqual(closeTo(0, 1.5, 0));
    expect(of(x, { width: 3, mode: "wrap" })).toEqual(closeTo(-1, 1.5, -0.5));
  });

  it("works on each row alone", () => {
    const two = { rows: 2, frames: 3, values: Float64Array.of(0, 1, 2, 5, 5, 5) };
    expect(of(two, { width: 3 })).toEqual(closeTo(1, 1, 1, 0, 0, 0));
  });

  it("refuses widths and orders that cannot be, and more width than frames", () => {
    for (const options of [{ width: 4 }, { width: 1 }, { order: 0 }, { width: 5, order: 5 }, { order: 2, degree: 1 }]) {
      expect(() => delta(row(...Array(20).fill(0)), options)).toThrow(expect.objectContaining({ code: "bad-option" }));
    }
    expect(() => delta(row(1, 2, 3))).toThrow(expect.objectContaining({ code: "signal-too-short" }));
  });
});
