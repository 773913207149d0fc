import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSpiceNumber, scanSpiceNumber } from "./spice-number.ts";

describe("numbers of SPICE", () => {
  it.each([
    ["10", 10],
    ["-2.5", -2.5],
    [".5", 0.5],
    ["1.", 1],
    ["1e3", 1000],
    ["1E-3k", 1],
    ["4.7n", 4.7e-9],
    ["100nF", 100e-9],
    ["10kOhm", 10_000],
    ["1meg", 1e6],
    ["1MEGohm", 1e6],
    ["2.2Meg", 2.2e6],
    ["1M", 1e-3],
    ["1F", 1e-15],
    ["1T", 1e12],
    ["1g", 1e9],
    ["10mil", 254e-6],
    ["1u", 1e-6],
    ["1µ", 1e-6],
    ["1μF", 1e-6],
    ["22pF", 22e-12],
    ["9V", 9],
    ["100Hz", 100],
    ["4k7", 4700],
    ["4u7", 4.7e-6],
    ["2R2", 2.2],
    ["1meg5", 1.5e6],
    ["0n1F", 1e-10],
    ["+47k", 47_000],
  ])("%s is %d", (text, value) => {
    // One rounding: the suffix becomes part of the decimal text, except for mil.
    expect(readSpiceNumber(text)).toBeCloseTo(value, 30);
    expect(readSpiceNumber(text)! / value).toBeCloseTo(1, 15);
  });

  it.each(["", "k", "abc", "1k%", "5%", "--1", "1 k", "1e3e3x1", "_1", "."])("%j is none", (text) => {
    expect(readSpiceNumber(text)).toBeUndefined();
  });

  it("ends behind the unit", () => {
    expect(scanSpiceNumber("3*4k7+1", 2)).toEqual({ value: 4700, end: 5, unit: "" });
    expect(scanSpiceNumber("10kOhm", 0)).toEqual({ value: 10_000, end: 6, unit: "Ohm" });
    expect(scanSpiceNumber("abc", 0)).toBeUndefined();
  });

  it("reads what JavaScript prints", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(readSpiceNumber(String(x))).toBe(x === 0 ? (Object.is(x, -0) ? 0 : x) : x);
      }),
    );
  });
});
