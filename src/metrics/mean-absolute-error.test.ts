import { expect, it } from "vitest";
import { meanAbsoluteError } from "./mean-absolute-error.ts";

it("meanAbsoluteError is the mean of the absolute differences", () => {
  expect(meanAbsoluteError(Float32Array.of(1, -1, 0, 0), Float32Array.of(0, 1, 0, -1))).toBe(1);
  expect(meanAbsoluteError(new Float32Array(0), new Float32Array(0))).toBe(0);
  expect(() => meanAbsoluteError(new Float32Array(1), new Float32Array(2))).toThrow(/1 predicted samples, 2 target/);
  expect(() => meanAbsoluteError(Float32Array.of(Number.NaN), new Float32Array(1))).toThrow(
    /predicted sample 0 is NaN/,
  );
});
