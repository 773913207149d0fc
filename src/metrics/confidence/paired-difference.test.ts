import { expect, it } from "vitest";
import { createRandom } from "../../kernels/index.ts";
import { bootstrapInterval } from "./bootstrap-interval.ts";
import { pairedDifference } from "./paired-difference.ts";
import type { PickSamples } from "./resampling.ts";

const random = createRandom(11);
// Samples differ a lot in difficulty, the two models by 0.05 throughout.
const difficulty = Array.from({ length: 200 }, () => random.normal());
const first = difficulty.map((value) => value + 0.05 + 0.1 * random.normal());
const second = difficulty.map((value) => value + 0.1 * random.normal());
const meanOf = (values: readonly number[]) => (pick: PickSamples) => {
  const drawn = pick(values);
  return drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
};
const options = { resamples: 500 };

it("pairedDifference sees what two intervals cannot", () => {
  const found = pairedDifference(200, [meanOf(first), meanOf(second)], options);
  expect(found.estimate).toBeCloseTo(0.05, 1);
  expect(found.low).toBeGreaterThan(0);
  expect(found.firstAbove).toBeGreaterThan(0.99);
  expect(found.metrics[0] - found.metrics[1]).toBeCloseTo(found.estimate, 12);
  const [a, b] = [bootstrapInterval(200, meanOf(first), options), bootstrapInterval(200, meanOf(second), options)];
  expect(a.low).toBeLessThan(b.high); // they overlap
});

it("pairedDifference changes its sign with the order, and is exactly 0 for one model", () => {
  const forth = pairedDifference(200, [meanOf(first), meanOf(second)], { ...options, method: "percentile" });
  const back = pairedDifference(200, [meanOf(second), meanOf(first)], { ...options, method: "percentile" });
  expect(back.estimate).toBeCloseTo(-forth.estimate, 12);
  expect(back.low).toBeCloseTo(-forth.high, 12);
  expect(back.firstAbove).toBeCloseTo(1 - forth.firstAbove, 12);
  expect(pairedDifference(200, [meanOf(first), meanOf(first)], options)).toMatchObject({
    estimate: 0,
    low: 0,
    high: 0,
    firstAbove: 0.5,
  });
});
