import { expect, it } from "vitest";
import { preEmphasis } from "./pre-emphasis.ts";

it("preEmphasis subtracts a share of the sample before, 0 before the first", () => {
  expect(Array.from(preEmphasis(Float32Array.of(1, 1, -2), { coefficient: 0.5 }))).toEqual([1, 0.5, -2.5]);
  // By default a constant keeps 0.15 of itself and the highest frequency gets 1.85.
  expect(preEmphasis(Float32Array.of(1, 1))[1]).toBeCloseTo(0.15, 12);
  expect(preEmphasis(Float32Array.of(1, -1))[1]).toBeCloseTo(-1.85, 12);
});
