import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { muCompress, muExpand, muLawDecode, muLawEncode } from "./mu-law.ts";

const amplitude = fc.double({ min: -1, max: 1, noNaN: true });

describe("muCompress and muExpand", () => {
  it("lift quiet samples: ln(1 + 255 x) / ln(256)", () => {
    const [half, end, zero] = muCompress(Float64Array.of(15 / 255, -1, 0), { quantized: false });
    expect(half).toBeCloseTo(0.5, 12);
    expect(end).toBe(-1);
    expect(Math.abs(zero!)).toBe(0);
  });

  it("have steps from -128 to 127", () => {
    expect(Array.from(muCompress(Float32Array.of(-1, 0, 1)))).toEqual([-128, 0, 127]);
  });

  it("come back exactly without steps, and within one step with them", () => {
    fc.assert(
      fc.property(amplitude, (x) => {
        const one = Float64Array.of(x);
        expect(muExpand(muCompress(one, { quantized: false }), { quantized: false })[0]).toBeCloseTo(x, 12);
        // The curve is steepest at the ends, where one of 256 steps is ln(256) (1 + 1 / 255) 2 / 255 = 0.044 wide.
        expect(Math.abs(muExpand(muCompress(one))[0]! - x)).toBeLessThan(0.044);
      }),
      { seed: 3 },
    );
  });

  it("refuse samples beyond 1, NaN and a μ of 0", () => {
    for (const x of [1.0001, -2, Number.NaN]) {
      expect(() => muCompress(Float64Array.of(x))).toThrow(expect.objectContaining({ code: "out-of-range" }));
    }
    expect(() => muExpand(Float64Array.of(129))).toThrow(expect.objectContaining({ code: "out-of-range" }));
    expect(() => muCompress(Float64Array.of(0), { mu: 0 })).toThrow(expect.objectContaining({ code: "bad-option" }));
  });
});

describe("muLawEncode and muLawDecode", () => {
  it("number the steps from 0", () => {
    expect(Array.from(muLawEncode(Float32Array.of(-1, 0, 1)))).toEqual([0, 128, 255]);
    expect(Array.from(muLawDecode([0, 255]))).toEqual([-1, 1].map((value) => expect.closeTo(value, 12)));
  });

  it("come back to the same class, for any number of classes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 1024 }), fc.nat(), (classes, n) => {
        const one = n % classes;
        expect(muLawEncode(muLawDecode([one], { classes }), { classes })[0]).toBe(one);
      }),
      { seed: 4 },
    );
  });

  it("refuse classes that are not there", () => {
    expect(() => muLawDecode([256])).toThrow(expect.objectContaining({ code: "out-of-range" }));
    expect(() => muLawEncode(Float32Array.of(0), { classes: 1 })).toThrow(
      expect.objectContaining({ code: "bad-option" }),
    );
  });
});
