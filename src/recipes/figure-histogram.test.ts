import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { histogramBins } from "./figure-histogram.ts";

describe("histogramBins", () => {
  it("counts every value once, in bins that follow on each other", () => {
    const values = fc.array(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(values, fc.constantFrom("linear" as const, "log" as const), (x, scale) => {
        const bins = histogramBins(x, scale);
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(x.length);
        for (const [k, bin] of bins.entries()) {
          expect(bin.high).toBeGreaterThan(bin.low);
          if (k > 0) expect(bin.low).toBeCloseTo(bins[k - 1]!.high, 6);
        }
        expect(bins[0]!.low).toBeLessThanOrEqual(Math.min(...x) * (1 + 1e-9));
        expect(bins.at(-1)!.high).toBeGreaterThanOrEqual(Math.max(...x) * (1 - 1e-9));
      }),
    );
  });

  it("shows values that are all alike in the middle, and leaves out what has no place", () => {
    expect(histogramBins([5, 5, 5], "linear").map(({ count }) => count)).toEqual([0, 0, 3, 0, 0]);
    expect(histogramBins([0, 10, 10], "log").reduce((sum, { count }) => sum + count, 0)).toBe(2);
    expect(histogramBins([], "log")).toEqual([]);
  });
});
