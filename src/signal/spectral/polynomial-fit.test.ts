import { describe, expect, it } from "vitest";
import { polynomialFit } from "./polynomial-fit.ts";

describe("polynomialFit", () => {
  it("gives back the coefficients of a polynomial, also at frequencies in Hz and of high degree", () => {
    for (const [places, degree] of [
      [Float64Array.from({ length: 1025 }, (_, k) => (k * 22050) / 2048), 4],
      [Float64Array.from({ length: 21 }, (_, n) => n - 10), 8],
    ] as const) {
      const largest = Math.max(...places);
      const coefficients = Array.from({ length: degree + 1 }, (_, k) => (k - 1.5) / largest ** k);
      const y = places.map((x) => coefficients.reduce((sum, c, k) => sum + c * x ** k, 0));
      const weights = polynomialFit(places, degree);
      for (const [k, coefficient] of coefficients.entries()) {
        let found = 0;
        for (let n = 0; n < places.length; n++) found += weights[k * places.length + n]! * y[n]!;
        expect(found * largest ** k).toBeCloseTo(coefficient * largest ** k, 9);
      }
    }
  });

  it("of degree 0 is the mean", () => {
    expect(Array.from(polynomialFit([3, 5, 9, 1], 0))).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(Array.from(polynomialFit([0], 0))).toEqual([1]);
  });
});
