import { expect, it } from "vitest";
import { testVectorInput } from "./test-vector.ts";

it("is a click, a growing sine and five steps, within -1 to 1", () => {
  const signal = testVectorInput({ sampleRate: 48_000 });
  expect(signal.length).toBe(2048);
  expect(Array.from(signal.subarray(0, 256)).filter((x) => x !== 0)).toEqual([Math.fround(0.8)]);
  expect(signal[8]).toBe(Math.fround(0.8));
  expect([1280, 1440, 1600, 1800, 2047].map((n) => signal[n])).toEqual([0.1, -0.2, 0.4, -0.8, 0].map(Math.fround));
  expect(Math.max(...signal.map(Math.abs))).toBeLessThanOrEqual(0.9);
  const sweepPeak = Math.max(...signal.subarray(256, 1280).map(Math.abs));
  expect(sweepPeak).toBeGreaterThan(0.85); // the sine has reached almost its whole level
});

it("is the same every time, and follows the sample rate", () => {
  expect(testVectorInput({ sampleRate: 44_100 })).toEqual(testVectorInput({ sampleRate: 44_100 }));
  expect(testVectorInput({ sampleRate: 44_100 })).not.toEqual(testVectorInput({ sampleRate: 48_000 }));
  expect(testVectorInput({ sampleRate: 44_100, samples: 64 }).length).toBe(64);
});
