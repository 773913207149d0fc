import { describe, expect, it } from "vitest";
import { medianOf, robustOutliers } from "./robust-outliers.ts";

describe("medianOf", () => {
  it("is the middle value, or the mean of two", () => {
    expect(medianOf([3, 1, 2])).toBe(2);
    expect(medianOf([4, 1, 3, 2])).toBe(2.5);
    expect(medianOf([7])).toBe(7);
    expect(medianOf([])).toBeNaN();
  });
});

describe("robustOutliers", () => {
  it("names what is more than five deviations away, farthest first", () => {
    // Median 10, distances 0 0 0 1 1 1 2 2 90 20: their median is 1.
    const values = [10, 10, 10, 9, 9, 11, 8, 12, 100, 30];
    const found = robustOutliers(values, { smallestDeviation: 0 });
    expect(found.map(({ index }) => index)).toEqual([8, 9]);
    expect(found[0]).toMatchObject({ median: 10 });
    expect(found[0]?.deviations).toBeCloseTo(90 / 1.4826, 10);
  });

  it("does not call every other value an outlier where most are equal", () => {
    const values = [5, 5, 5, 5, 5, 5, 5, 5, 5.1, 9];
    expect(robustOutliers(values, { smallestDeviation: 0.1 }).map(({ index }) => index)).toEqual([9]);
  });

  it("passes over what is not known, and says nothing of a handful", () => {
    expect(robustOutliers([1, 1, 1, 1, 1, 1, 99], { smallestDeviation: 1 })).toEqual([]);
    const values = [Number.NaN, 1, 1, 1, 1, 1, 1, 1, 99];
    expect(robustOutliers(values, { smallestDeviation: 1 }).map(({ index }) => index)).toEqual([8]);
  });
});
