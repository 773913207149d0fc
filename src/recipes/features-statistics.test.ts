import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStatisticsFit, deviations, mergeStatistics, normalisationOf } from "./features-statistics.ts";

const statisticsOf = (frames: readonly number[][]) => {
  const fit = createStatisticsFit(2);
  for (const frame of frames) fit.add(Float64Array.from(frame));
  return fit.result();
};

describe("row statistics", () => {
  it("are mean, deviation, smallest and largest value of each row", () => {
    const found = statisticsOf([
      [1, 5],
      [3, 5],
      [8, 5],
    ]);
    expect(Array.from(found.mean)).toEqual([4, 5]);
    // (9 + 1 + 16) / 3
    expect(deviations(found)[0]).toBeCloseTo(Math.sqrt(26 / 3), 12);
    expect([Array.from(found.min), Array.from(found.max)]).toEqual([
      [1, 5],
      [8, 5],
    ]);
    // A row that never changes stays as it is.
    expect(normalisationOf(found)).toEqual({ mean: [4, 5], deviation: [Math.sqrt(26 / 3), 1], frames: 3 });
  });

  it("of two tables together are those of the joined table", () => {
    const frame = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 2, maxLength: 2 });
    const frames = fc.array(frame, { maxLength: 12 });
    fc.assert(
      fc.property(frames, frames, (a, b) => {
        fc.pre(a.length + b.length > 0);
        const merged = mergeStatistics(statisticsOf(a), statisticsOf(b));
        const whole = statisticsOf([...a, ...b]);
        expect(merged.frames).toBe(whole.frames);
        expect(merged.min).toEqual(whole.min);
        expect(merged.max).toEqual(whole.max);
        for (let k = 0; k < 2; k++) {
          // Sums of numbers up to 1e3 and of their squares, in another order.
          expect(Math.abs(merged.mean[k]! - whole.mean[k]!)).toBeLessThan(1e-9);
          expect(Math.abs(merged.squares[k]! - whole.squares[k]!)).toBeLessThan(1e-6);
        }
      }),
      { seed: 1 },
    );
  });

  it("of nothing normalise nothing", () => {
    expect(() => normalisationOf(statisticsOf([]))).toThrow("nothing to measure");
  });
});
