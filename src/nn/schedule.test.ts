import { expect, it } from "vitest";
import { cosineRate } from "./schedule.ts";

const shape = { peak: 0.01, final: 0.1, rise: 0.2 };

it("rises in a line from a tenth to the peak", () => {
  expect(cosineRate(0, shape)).toBeCloseTo(0.001, 12);
  expect(cosineRate(0.1, shape)).toBeCloseTo(0.0055, 12);
  expect(cosineRate(0.2, shape)).toBeCloseTo(0.01, 12);
});

it("falls along half a cosine: half way between peak and final in the middle, final at the end", () => {
  expect(cosineRate(0.6, shape)).toBeCloseTo((0.01 + 0.001) / 2, 12);
  expect(cosineRate(1, shape)).toBeCloseTo(0.001, 12);
  expect(cosineRate(1.5, shape)).toBeCloseTo(0.001, 12);
});
