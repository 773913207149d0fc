import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalDistribution, normalQuantile } from "./normal-distribution.ts";

// Made by scipy: fixtures/metrics/confidence/make.py.
const golden = JSON.parse(
  readFileSync(new URL("../../../fixtures/metrics/confidence/golden.json", import.meta.url), "utf8"),
) as { distribution: [number, number][]; quantile: [number, number][] };

describe("the normal distribution", () => {
  it("is scipy's", () => {
    // Far out, the density is the exponential of a large number, whose rounding is that much larger.
    for (const [z, chance] of golden.distribution) {
      expect(Math.abs(normalDistribution(z) / chance - 1), `${z}`).toBeLessThan(1e-14 * Math.max(1, z * z));
    }
    for (const [chance, z] of golden.quantile) {
      expect(Math.abs(normalQuantile(chance) - z), `${chance}`).toBeLessThan(1e-13 * Math.max(1, Math.abs(z)));
    }
  });

  it("has quantiles that undo it, and infinite ends", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 0.5, noNaN: true }), (chance) => {
        expect(Math.abs(normalDistribution(normalQuantile(chance)) / chance - 1)).toBeLessThan(1e-12);
        expect(normalQuantile(1 - chance)).toBeCloseTo(-normalQuantile(chance), 3);
      }),
    );
    expect([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).toEqual([-Infinity, 0, Infinity]);
  });
});
