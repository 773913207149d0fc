import { expect, it } from "vitest";
import { fitLength } from "./fit-length.ts";

const x = Float32Array.of(1, 2, 3, 4, 5);
const fitted = (length: number, align?: "start" | "center" | "end") =>
  Array.from(fitLength(x, align === undefined ? { length } : { length, align }));

it("fitLength cuts or fills at the end, at the beginning or at both", () => {
  expect(fitted(7)).toEqual([1, 2, 3, 4, 5, 0, 0]);
  expect(fitted(3)).toEqual([1, 2, 3]);
  expect(fitted(7, "end")).toEqual([0, 0, 1, 2, 3, 4, 5]);
  expect(fitted(3, "end")).toEqual([3, 4, 5]);
  // librosa.util.pad_center(x, size=8) begins with one zero and ends with two.
  expect(fitted(8, "center")).toEqual([0, 1, 2, 3, 4, 5, 0, 0]);
  expect(fitted(2, "center")).toEqual([2, 3]);
  expect(fitted(0)).toEqual([]);
  expect(fitLength(new Float64Array(0), { length: 2 })).toEqual(new Float64Array(2));
});

it("fitLength copies and refuses lengths that are none", () => {
  const same = fitLength(x, { length: 5 });
  expect(same).toEqual(x);
  expect(same.buffer).not.toBe(x.buffer);
  for (const length of [-1, 1.5, Number.NaN]) expect(() => fitLength(x, { length })).toThrow(`${length} samples`);
  expect(() => fitLength(x, { length: 5, align: "middle" as "center" })).toThrow('"middle"');
});
