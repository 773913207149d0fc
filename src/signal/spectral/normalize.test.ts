import { describe, expect, it } from "vitest";
import { normalize, normOf } from "./normalize.ts";

const table = { rows: 2, frames: 3, values: Float64Array.of(3, 0, -1, 4, 0, 1) };
const of = (options?: Parameters<typeof normalize>[1]) => Array.from(normalize(table, options).values);

describe("normalize", () => {
  it("scales each frame by its largest magnitude, and leaves a silent one alone", () => {
    expect(of()).toEqual([0.75, 0, -1, 1, 0, 1]);
  });

  it("scales by other norms, and each row or all at once", () => {
    expect(of({ norm: 2 }).slice(0, 1)).toEqual([0.6]);
    expect(of({ norm: 1 })[3]).toBeCloseTo(4 / 7, 12);
    expect(of({ norm: 0 })).toEqual([1.5, 0, -0.5, 2, 0, 0.5]);
    expect(of({ norm: 1, each: "row" })).toEqual([0.75, 0, -0.25, 0.8, 0, 0.2]);
    expect(of({ each: "all" })).toEqual([0.75, 0, -0.25, 1, 0, 0.25]);
  });

  it("makes a silent frame zeros or equal numbers of size 1 where asked", () => {
    const quiet = { rows: 4, frames: 1, values: Float64Array.of(1e-9, 0, 0, 0) };
    const silent = (option: "keep" | "zero" | "fill", norm: number) =>
      Array.from(normalize(quiet, { norm, threshold: 1e-6, silent: option }).values);
    expect(silent("keep", 2)).toEqual([1e-9, 0, 0, 0]);
    expect(silent("zero", 2)).toEqual([0, 0, 0, 0]);
    expect(silent("fill", 2)).toEqual([0.5, 0.5, 0.5, 0.5]);
    expect(silent("fill", Infinity)).toEqual([1, 1, 1, 1]);
  });

  it("refuses NaN, with its place, and options that contradict each other", () => {
    const broken = { rows: 2, frames: 2, values: Float64Array.of(1, 2, 3, Number.NaN) };
    expect(() => normalize(broken)).toThrow("row 1 of frame 1 is NaN");
    for (const options of [
      { norm: -1 },
      { norm: Number.NaN },
      { threshold: 0 },
      { norm: 0, silent: "fill" } as const,
    ]) {
      expect(() => normalize(table, options)).toThrow(expect.objectContaining({ code: "bad-option" }));
    }
  });
});

describe("normOf", () => {
  it("measures a list", () => {
    expect(normOf([3, -4], 2)).toBe(5);
    expect(normOf([3, -4], 1)).toBe(7);
    expect(normOf([3, -4], Infinity)).toBe(4);
    expect(normOf([3, -4], -Infinity)).toBe(3);
    expect(normOf([3, 0], 0)).toBe(1);
    expect(normOf([1, 8], 1 / 3)).toBeCloseTo(27, 12);
    expect(normOf([], 2)).toBe(0);
  });
});
