import { expect, it } from "vitest";
import { fade } from "./fade.ts";

const ones = (length: number) => new Float64Array(length).fill(1);

it("fade begins and ends at 0 and leaves the middle alone", () => {
  const y = fade(ones(8), { sampleRate: 2, fadeInSeconds: 2, fadeOutSeconds: 1, shape: "linear" });
  expect(Array.from(y)).toEqual([0, 0.25, 0.5, 0.75, 1, 1, 0.5, 0]);
});

it("cosine fades have their half in the middle, equal-power ones sum to power 1 when crossed", () => {
  const cosine = fade(ones(9), { sampleRate: 1, fadeInSeconds: 8 });
  expect(cosine[4]).toBeCloseTo(0.5, 15);
  expect(cosine[2]).toBeCloseTo(0.5 - Math.SQRT1_2 / 2, 15);
  const rise = fade(ones(9), { sampleRate: 1, fadeInSeconds: 8, shape: "equal-power" });
  const fall = fade(ones(9), { sampleRate: 1, fadeOutSeconds: 8, shape: "equal-power" });
  for (let n = 1; n < 9; n++) expect(rise[n]! ** 2 + fall[n]! ** 2).toBeCloseTo(1, 14);
});

it("fade copies, and keeps the type", () => {
  const x = Float32Array.of(1, 1);
  expect(fade(x, { sampleRate: 1 })).toEqual(x);
  fade(x, { sampleRate: 1, fadeInSeconds: 2 });
  expect(Array.from(x)).toEqual([1, 1]);
});

it("fade refuses fades that do not fit", () => {
  for (const fadeInSeconds of [-1, Number.NaN, 3]) {
    expect(() => fade(ones(4), { sampleRate: 1, fadeInSeconds, fadeOutSeconds: 2 })).toThrow(
      `fades of ${fadeInSeconds} s`,
    );
  }
  expect(() => fade(ones(4), { sampleRate: 1, shape: "s" as "cosine" })).toThrow('"s"');
});
