import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../index.ts";
import { dot } from "../table.ts";
import { singularValues } from "./singular-values.ts";

function check(rows: Float64Array[]) {
  const { values, left, right } = singularValues(rows);
  const largest = Math.max(values[0]!, Number.MIN_VALUE);
  const size = Math.min(rows.length, rows[0]!.length);
  expect(values.length).toBe(size);
  for (let k = 1; k < size; k++) expect(values[k]!).toBeLessThanOrEqual(values[k - 1]!);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      expect(Math.abs(dot(right[a]!, right[b]!) - (a === b ? 1 : 0))).toBeLessThan(1e-13);
      if (values[a]! > 1e-10 * largest) {
        expect(Math.abs(dot(left[a]!, left[b]!) - (a === b ? 1 : 0))).toBeLessThan(1e-13);
      }
    }
  }
  for (const [n, row] of rows.entries()) {
    for (const [j, value] of row.entries()) {
      const sum = values.reduce((total, single, k) => total + single * left[k]![n]! * right[k]![j]!, 0);
      expect(Math.abs(sum - value) / largest).toBeLessThan(1e-13);
    }
  }
}

describe("singularValues", () => {
  it("takes a table apart into orthonormal parts, whatever its shape and rank", () => {
    const shapes = fc.record({
      samples: fc.integer({ min: 1, max: 9 }),
      features: fc.integer({ min: 1, max: 9 }),
      rank: fc.integer({ min: 1, max: 9 }),
      decades: fc.integer({ min: 0, max: 12 }),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(shapes, ({ samples, features, rank, decades, seed }) => {
        const random = createRandom(seed);
        const scales = Array.from({ length: rank }, (_, k) => 10 ** ((-decades * k) / rank));
        const loads = scales.map((scale) => Float64Array.from({ length: features }, () => scale * random.normal()));
        const rows = Array.from({ length: samples }, () => {
          const row = new Float64Array(features);
          for (const load of loads) {
            const share = random.normal();
            for (let j = 0; j < features; j++) row[j]! += share * load[j]!;
          }
          return row;
        });
        check(rows);
      }),
      { numRuns: 100 },
    );
  });

  it("gives 3 and 1 for the stretch of 2 and 1 across each other", () => {
    const { values } = singularValues([Float64Array.of(2, 1), Float64Array.of(1, 2)]);
    expect(Math.abs(values[0]! - 3)).toBeLessThan(1e-15);
    expect(Math.abs(values[1]! - 1)).toBeLessThan(1e-15);
  });

  it("copes with zeros, with equal columns and with numbers whose squares leave float64", () => {
    check([new Float64Array(3), new Float64Array(3)]);
    check([Float64Array.of(3e200, 1e200), Float64Array.of(1e200, 2e200)]);
    check([Float64Array.of(3e-200, 1e-200), Float64Array.of(1e-200, 2e-200)]);
    check([Float64Array.of(1, 1, 0), Float64Array.of(2, 2, 0), Float64Array.of(3, 3, 0)]);
  });
});
