import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meanOver, sumOver } from "./sum.ts";
import { weightedPercentile } from "./weighted-percentile.ts";

describe("sumOver", () => {
  it("keeps what a plain sum loses", () => {
    const values = [1, 1e100, 1, -1e100];
    expect(sumOver(4, (n) => values[n]!)).toBe(2);
    expect(sumOver(10, () => 0.1)).toBe(1);
    expect(sumOver(0, () => 1)).toBe(0);
    expect(sumOver(2, () => Number.MAX_VALUE)).toBe(Infinity);
    expect(sumOver(1, () => Number.NaN)).toBeNaN();
  });

  it("does not depend on the order", () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 30 });
    fc.assert(
      fc.property(values, (list) => {
        const forth = sumOver(list.length, (n) => list[n]!);
        const back = sumOver(list.length, (n) => list[list.length - 1 - n]!);
        expect(Math.abs(forth - back)).toBeLessThanOrEqual(2 ** -52 * Math.abs(forth) + 1e-20);
      }),
    );
  });
});

describe("meanOver", () => {
  it("divides by the count, or by the weights", () => {
    expect(meanOver(3, (n) => n)).toBe(1);
    expect(meanOver(3, (n) => n, [0, 1, 3])).toBe(7 / 4);
  });
});

describe("weightedPercentile", () => {
  it("is the median, between two values if there are as many on either side", () => {
    const values = Float64Array.of(5, 1, 3, 9);
    expect(weightedPercentile(values, { weights: undefined, fraction: 0.5 })).toBe(4);
    expect(weightedPercentile(values, { weights: Float64Array.of(1, 1, 1, 0), fraction: 0.5 })).toBe(3);
    expect(weightedPercentile(values, { weights: Float64Array.of(9, 1, 1, 1), fraction: 0.5 })).toBe(5);
    expect(weightedPercentile(values, { weights: undefined, fraction: 0 })).toBe(1);
    expect(weightedPercentile(values, { weights: undefined, fraction: 1 })).toBe(9);
  });
});
