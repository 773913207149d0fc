import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crossCorrelation } from "./correlation.ts";
import { createRandom } from "../../kernels/index.ts";

describe("crossCorrelation", () => {
  it("peaks at the lag by which y comes after x", () => {
    const x = Float32Array.of(0, 1, 2, 0, 0, 0);
    const y = Float32Array.of(0, 0, 0, 1, 2, 0);
    const r = crossCorrelation(x, y, { firstLag: -1, lastLag: 3 });
    const expected = [0, 0, 2, 5, 2]; // lags -1 to 3, by hand
    expect(Array.from(r)).toEqual(expected.map((value) => expect.closeTo(value, 12)));
  });

  it("is 0 where the lags reach past signals that are shorter than they", () => {
    const r = crossCorrelation(Float32Array.of(1, 2), Float32Array.of(3), { firstLag: -20_000, lastLag: 20_000 });
    expect(r[20_000]).toBeCloseTo(3, 9);
    expect(r[19_999]).toBeCloseTo(6, 9);
    expect(r.reduce((sum, value) => sum + Math.abs(value), 0)).toBeCloseTo(9, 6);
  });

  it("equals its definition for any lags and spans, across many blocks", () => {
    const random = createRandom(1);
    const x = Float32Array.from({ length: 9000 }, random.normal);
    const y = Float32Array.from({ length: 8800 }, random.normal);
    const start = fc.nat(8799);
    const spans = fc.array(
      start.chain((s) => fc.record({ start: fc.constant(s), end: fc.integer({ min: s, max: 8800 }) })),
      { minLength: 1, maxLength: 3 },
    );
    const lags = fc.tuple(fc.integer({ min: -300, max: 300 }), fc.nat(20));
    fc.assert(
      fc.property(spans, lags, (spans, [firstLag, more]) => {
        const r = crossCorrelation(x, y, { firstLag, lastLag: firstLag + more, spans });
        expect(r).toHaveLength(more + 1);
        for (let k = 0; k <= more; k++) {
          let sum = 0;
          for (const span of spans) {
            for (let n = span.start; n < span.end; n++) sum += y[n]! * (x[n - firstLag - k] ?? 0);
          }
          // Sums of up to 26400 products near 1 in float64, through transforms.
          expect(Math.abs(r[k]! - sum)).toBeLessThan(1e-9);
        }
      }),
      { seed: 3, numRuns: 30 },
    );
  });
});
