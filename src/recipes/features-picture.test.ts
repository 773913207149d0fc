import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEnvelopeFit, createPictureFit } from "./features-picture.ts";

describe("a picture of a table", () => {
  it("is the table where it fits", () => {
    const fit = createPictureFit(2, { columns: 4 });
    for (let t = 0; t < 3; t++) fit.add(Float64Array.of(t, 10 * t));
    expect(fit.result()).toMatchObject({ rows: 2, columns: 3, framesPerColumn: 1, frames: 3 });
    expect(Array.from(fit.result().values)).toEqual([0, 0, 1, 10, 2, 20]);
  });

  it("is means of neighbours where it does not, and first frames where means make no sense", () => {
    const fit = createPictureFit(2, { columns: 4, single: [false, true] });
    for (let t = 0; t < 11; t++) fit.add(Float64Array.of(t, t));
    const { values, columns, framesPerColumn } = fit.result();
    expect([columns, framesPerColumn]).toEqual([3, 4]);
    // Frames 0 to 3, 4 to 7, and the rest: 8 to 10.
    expect(Array.from(values)).toEqual([1.5, 0, 5.5, 4, 9, 8]);
  });
});

describe("an envelope", () => {
  it("holds the lowest and the highest sample of each stretch, whatever the blocks", () => {
    const samples = fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 90 });
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 40 }), (values, block) => {
        const x = Float32Array.from(values);
        const fit = createEnvelopeFit({ columns: 8 });
        for (let n = 0; n < x.length; n += block) fit.add(x.subarray(n, n + block));
        const { low, high, samplesPerColumn } = fit.result();
        expect(low.length).toBe(Math.ceil(x.length / samplesPerColumn));
        for (let c = 0; c < low.length; c++) {
          const part = x.subarray(c * samplesPerColumn, (c + 1) * samplesPerColumn);
          expect([low[c]! + 0, high[c]! + 0]).toEqual([Math.min(...part) + 0, Math.max(...part) + 0]);
        }
      }),
      { seed: 1 },
    );
  });
});
