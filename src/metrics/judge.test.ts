import { describe, expect, it } from "vitest";
import { createRandom } from "../signal/index.ts";
import { judge } from "./judge.ts";
import { multiResolutionStft } from "./multi-resolution-stft.ts";

const noise = (samples: number, seed: number) => Float32Array.from({ length: samples }, createRandom(seed).normal);

describe("judge", () => {
  it("gives a perfect model zeros", () => {
    const x = noise(3000, 1);
    expect(judge(x, x)).toEqual({ esr: 0, esrDcBlocked: 0, mae: 0, mrstft: 0 });
  });

  it("weights the spectral distance of segments by their length, without short or silent ones", () => {
    const target = noise(6000, 2);
    target.fill(0, 2000, 4000);
    const predicted = noise(6000, 3);
    const first = multiResolutionStft(predicted.subarray(0, 2000), target.subarray(0, 2000));
    const last = multiResolutionStft(predicted.subarray(4000, 5500), target.subarray(4000, 5500));
    const { mrstft } = judge(predicted, target, { segments: [2000, 2000, 1500, 500] });
    expect(mrstft).toBeCloseTo((2000 * first + 1500 * last) / 3500, 12);
  });

  it("takes the spectra over everything if all segments are short", () => {
    const [predicted, target] = [noise(1600, 4), noise(1600, 5)];
    expect(judge(predicted, target, { segments: [800, 800] }).mrstft).toBe(multiResolutionStft(predicted, target));
  });

  it("refuses segments that do not add up", () => {
    expect(() => judge(noise(3000, 1), noise(3000, 2), { segments: [3000, 1] })).toThrow(/3001 samples/);
  });
});
