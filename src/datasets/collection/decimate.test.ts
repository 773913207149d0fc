import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDecimator } from "./decimate.ts";

const sine = (frequencyHz: number, sampleRate: number, samples: number) =>
  Float32Array.from({ length: samples }, (_, n) => Math.sin((2 * Math.PI * frequencyHz * n) / sampleRate));

function decimate(x: Float32Array, sampleRate: number, pieces: readonly number[] = [x.length]): number[] {
  const decimator = createDecimator({ sampleRate, lowestRate: 5000 });
  const found: number[] = [];
  let at = 0;
  for (const length of pieces) {
    found.push(...decimator.push(x.subarray(at, at + length)));
    at += length;
  }
  found.push(...decimator.push(x.subarray(at)), ...decimator.end());
  return found;
}

const largest = (values: readonly number[]) => Math.max(...values.map(Math.abs));

describe("createDecimator", () => {
  it("takes the largest whole factor that leaves the lowest rate", () => {
    const rateOf = (sampleRate: number) => createDecimator({ sampleRate, lowestRate: 5000 }).rate;
    expect([44100, 48000, 8000, 10000, 4000].map(rateOf)).toEqual([5512.5, 48000 / 9, 8000, 5000, 4000]);
  });

  it("leaves a signal alone that is slow enough", () => {
    const x = sine(700, 8000, 100);
    expect(decimate(x, 8000)).toEqual([...x]);
  });

  it("keeps what lies below 0.4 of the lowest rate at its time, and takes out what would fold back there", () => {
    const middle = (frequencyHz: number) => decimate(sine(frequencyHz, 44100, 44100), 44100).slice(100, -100);
    const kept = middle(1000);
    const error = kept.map((value, n) => value - Math.sin((2 * Math.PI * 1000 * 8 * (n + 100)) / 44100));
    expect(largest(error)).toBeLessThan(0.005);
    // 5512.5 - 2000: the lowest frequency that folds into the pass band. 40 dB down.
    for (const frequencyHz of [3520, 4500, 5512, 9000, 20000]) expect(largest(middle(frequencyHz))).toBeLessThan(0.01);
  });

  it("gives the same whatever the sizes of the pieces", () => {
    const x = sine(440, 22050, 3000);
    const whole = decimate(x, 22050);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 8 }), (pieces) => {
        expect(decimate(x, 22050, pieces)).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });
});
