import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../kernels/index.ts";
import { rocAuc } from "../ranking/roc-auc.ts";
import { bcaLevels, bootstrapInterval } from "./bootstrap-interval.ts";
import { type PickSamples, quantileOfSorted } from "./resampling.ts";

// Made by scipy.stats.bootstrap: fixtures/metrics/confidence/make.py.
const golden = JSON.parse(
  readFileSync(new URL("../../../fixtures/metrics/confidence/golden.json", import.meta.url), "utf8"),
) as {
  cases: {
    statistic: "mean" | "deviation" | "median";
    method: "bca" | "percentile";
    level: number;
    data: number[];
    resamples: number[] | null;
    low: number;
    high: number;
  }[];
};

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const statistics = {
  mean,
  deviation: (values: readonly number[]) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2))),
  median: (values: readonly number[]) => {
    const sorted = values.toSorted((a, b) => a - b);
    return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.floor(sorted.length / 2)]!) / 2;
  },
};
const code = (code: string) => expect.objectContaining({ code });

/** Values of a few sources, each with a level of its own. */
function sourced(sources: number, each: number) {
  const random = createRandom(3);
  const values: number[] = [];
  const groups: number[] = [];
  for (let source = 0; source < sources; source++) {
    const level = random.normal();
    for (let n = 0; n < each; n++) {
      values.push(level + 0.1 * random.normal());
      groups.push(source);
    }
  }
  return { values, groups };
}

describe("bootstrapInterval", () => {
  it("ends where scipy's does, given its resamples", () => {
    for (const { statistic, method, level, data, low, high } of golden.cases) {
      const { resamples } = golden.cases.find((one) => one.statistic === statistic && one.resamples !== null)!;
      const sorted = Float64Array.from(resamples!).sort();
      const left = Float64Array.from(data, (_, n) => statistics[statistic](data.filter((_, k) => k !== n)));
      const levels =
        method === "bca"
          ? bcaLevels(level, { estimate: statistics[statistic](data), sorted, left })
          : { low: (1 - level) / 2, high: (1 + level) / 2 };
      // The resamples are stored with 15 digits.
      expect(quantileOfSorted(sorted, levels.low)).toBeCloseTo(low, 12);
      expect(quantileOfSorted(sorted, levels.high)).toBeCloseTo(high, 12);
    }
  });

  it("has about the width of the textbook for a mean", () => {
    const random = createRandom(1);
    const values = Array.from({ length: 400 }, () => 5 + 2 * random.normal());
    for (const method of ["bca", "percentile"] as const) {
      const found = bootstrapInterval(400, (pick) => mean(pick(values)), { method, resamples: 1000 });
      expect(found.estimate).toBe(mean(values));
      // 2 / sqrt(400) is 0.1; 1000 resamples know it to about 2 %, the sample itself to 4 %.
      expect(found.standardError).toBeCloseTo(0.1, 1);
      expect(found.high - found.low).toBeCloseTo(2 * 1.96 * found.standardError, 1);
      expect([found.low < found.estimate, found.estimate < found.high]).toEqual([true, true]);
      expect(found.resamples).toHaveLength(1000);
    }
  });

  it("is wider by source, where the samples of a source are alike", () => {
    const { values, groups } = sourced(12, 30);
    const of = (pick: PickSamples) => mean(pick(values));
    const blind = bootstrapInterval(values.length, of, { resamples: 400 });
    const bySource = bootstrapInterval(values.length, of, { resamples: 400, groups });
    // 12 independent levels in place of 360 independent samples: about sqrt(30) times as wide.
    expect(bySource.standardError / blind.standardError).toBeGreaterThan(4);
  });

  it("covers the true mean about as often as it says", () => {
    const random = createRandom(9);
    let covered = 0;
    for (let trial = 0; trial < 120; trial++) {
      const values = Array.from({ length: 30 }, () => random.normal());
      const { low, high } = bootstrapInterval(30, (pick) => mean(pick(values)), {
        level: 0.9,
        resamples: 150,
        seed: trial,
      });
      if (low <= 0 && 0 <= high) covered++;
    }
    // 90 % of 120, give or take three deviations of sqrt(120 * 0.9 * 0.1) = 3.3, and a little less for 30 samples.
    expect(covered).toBeGreaterThan(94);
    expect(covered).toBeLessThan(119);
  });

  it("depends on the seed alone and lies within the resamples", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 3, maxLength: 12 }),
        (values) => {
          const of = () => bootstrapInterval(values.length, (pick) => mean(pick(values)), { resamples: 50, seed: 4 });
          const found = of();
          expect(of()).toEqual(found);
          expect(found.low).toBeGreaterThanOrEqual(found.resamples[0]!);
          expect(found.high).toBeLessThanOrEqual(found.resamples.at(-1)!);
          expect(found.low).toBeLessThanOrEqual(found.high);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("leaves undefined resamples out and counts them", () => {
    const truth = [0, 0, 0, 0, 0, 1, 1];
    const scores = [0.1, 0.4, 0.2, 0.3, 0.7, 0.9, 0.6];
    const found = bootstrapInterval(7, (pick) => rocAuc(pick(truth), pick(scores)), { resamples: 500 });
    expect(found.estimate).toBe(0.9);
    // Without a positive: (5/7)^7 = 9.5 % of 500; deviation 6.6.
    expect(found.undefinedResamples).toBeGreaterThan(25);
    expect(found.undefinedResamples).toBeLessThan(70);
    expect(found.resamples.length + found.undefinedResamples).toBe(500);
    expect(found.high).toBe(1);
  });

  it("leaves blocks out in place of single samples when there are many", () => {
    let calls = 0;
    const values = Array.from({ length: 2500 }, (_, n) => Math.sin(n));
    bootstrapInterval(
      2500,
      (pick) => {
        calls++;
        return mean(pick(values));
      },
      { resamples: 10 },
    );
    expect(calls).toBe(1 + 10 + 1000);
  });

  it("refuses what gives no interval", () => {
    const one = () => 1;
    expect(() => bootstrapInterval(5, () => Number.NaN)).toThrow(code("undefined-metric"));
    let call = 0;
    expect(() => bootstrapInterval(5, () => (call++ === 0 ? 1 : Number.NaN))).toThrow(/undefined for 2000 of 2000/);
    expect(() => bootstrapInterval(1, one)).toThrow(code("too-few-samples"));
    expect(() => bootstrapInterval(3, one, { groups: [7, 7, 7] })).toThrow(/1 groups to draw from/);
    expect(() => bootstrapInterval(3, one, { groups: [7, 7] })).toThrow(code("length-mismatch"));
    expect(() => bootstrapInterval(3, one, { level: 95 })).toThrow(code("bad-option"));
    expect(() => bootstrapInterval(3, one, { resamples: 1 })).toThrow(code("bad-option"));
    expect(() => bootstrapInterval(3, one, { method: "normal" as "bca" })).toThrow(code("bad-option"));
    expect(bootstrapInterval(3, one, { resamples: 20 })).toMatchObject({ low: 1, high: 1, standardError: 0 });
  });
});
