import { describe, expect, it } from "vitest";
import { createRealFft, realFft } from "./fft.ts";
import { createRandom } from "../../kernels/index.ts";

/** The definition of the transform, one sum per bin. */
function directDft(x: Float64Array) {
  const bins = Math.floor(x.length / 2) + 1;
  const re = new Float64Array(bins);
  const im = new Float64Array(bins);
  for (let k = 0; k < bins; k++) {
    for (let n = 0; n < x.length; n++) {
      const angle = (-2 * Math.PI * ((k * n) % x.length)) / x.length;
      re[k]! += x[n]! * Math.cos(angle);
      im[k]! += x[n]! * Math.sin(angle);
    }
  }
  return { re, im };
}

const noise = (size: number) => Float64Array.from({ length: size }, createRandom(size).normal);
const largestDifference = (a: Float64Array, b: Float64Array) =>
  a.reduce((d, v, k) => Math.max(d, Math.abs(v - b[k]!)), 0);

describe("realFft", () => {
  // Powers of two, mixed radices, odd sizes, and sizes with a large prime factor.
  for (const size of [1, 2, 3, 4, 7, 8, 12, 16, 34, 45, 64, 143, 256, 400, 500, 882, 1009, 1024]) {
    it(`equals the definition for ${size} samples`, () => {
      const x = noise(size);
      const { re, im } = realFft(x);
      const expected = directDft(x);
      // Rounding of float64 sums over `size` normal numbers, with a hundredfold margin.
      const tolerance = 1e-15 * 100 * Math.sqrt(size) * Math.log2(size + 1);
      expect(re).toHaveLength(Math.floor(size / 2) + 1);
      expect(largestDifference(re, expected.re)).toBeLessThan(tolerance);
      expect(largestDifference(im, expected.im)).toBeLessThan(tolerance);
    });
  }

  it("puts a cosine in the middle of bin 3 there, with magnitude length / 2", () => {
    const { re, im } = realFft(Float64Array.from({ length: 16 }, (_, n) => Math.cos((2 * Math.PI * 3 * n) / 16)));
    for (let k = 0; k <= 8; k++) {
      expect(re[k]).toBeCloseTo(k === 3 ? 8 : 0, 12);
      expect(im[k]).toBeCloseTo(0, 12);
    }
  });

  it("comes back by the inverse, at a large size too", () => {
    for (const size of [1, 2, 3, 8, 15, 45, 500, 1009, 33075, 2 ** 17]) {
      const x = noise(size);
      const fft = createRealFft(size);
      const { re, im } = realFft(x);
      const back = new Float64Array(size);
      fft.inverse(re, im, back);
      expect(largestDifference(back, x)).toBeLessThan(1e-13);
    }
  });

  it("takes any other size for a bug", () => {
    for (const size of [0, -4, 2.5, Number.NaN]) expect(() => createRealFft(size)).toThrow("bug:");
    expect(() => createRealFft(8).forward(new Float64Array(4), new Float64Array(5), new Float64Array(5))).toThrow(
      "bug:",
    );
  });
});
