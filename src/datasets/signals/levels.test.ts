import { describe, expect, it } from "vitest";
import { dbFromAmplitude, peak } from "../../signal/index.ts";
import { levelRamp, levelSteps } from "./levels.ts";

const sampleRate = 48_000;
const request = { seed: 1, sampleRate, seconds: 4, frequencyHz: 1000, direction: "up" } as const;

/** Peak level of 5 ms from a time on: five periods of the tone. */
const levelAt = (x: Float64Array, seconds: number) =>
  dbFromAmplitude(peak(x.subarray(seconds * sampleRate, (seconds + 0.005) * sampleRate)));

describe("levelRamp", () => {
  it("goes evenly from -80 to 0 dBFS", () => {
    const x = levelRamp(request);
    for (const [seconds, level] of [
      [0.5, -70],
      [1, -60],
      [2, -40],
      [3, -20],
      [3.9, -2],
    ] as const) {
      expect(levelAt(x, seconds)).toBeCloseTo(level, 0); // it rises by 0.1 dB in 5 ms
    }
  });

  it("goes down as well, between other levels", () => {
    const x = levelRamp({ ...request, direction: "down", lowDb: -30, highDb: -10 });
    expect(levelAt(x, 1)).toBeCloseTo(-15, 0);
    expect(levelAt(x, 3)).toBeCloseTo(-25, 0);
  });

  it("refuses levels that are none", () => {
    expect(() => levelRamp({ ...request, highDb: 3 })).toThrow("from -80 to 3 dBFS");
    expect(() => levelRamp({ ...request, lowDb: Number.NaN })).toThrow("from NaN");
  });
});

describe("levelSteps", () => {
  it("stays at every stair, and each is a step above the last", () => {
    const x = levelSteps({ ...request, stepDb: 10 }); // nine stairs of 0.444 s
    for (let stair = 0; stair < 9; stair++) {
      for (const within of [0.1, 0.5, 0.95]) {
        expect(levelAt(x, ((stair + within) * 4) / 9)).toBeCloseTo(-80 + 10 * stair, 3);
      }
    }
  });

  it("has no more stairs than have 60 ms each", () => {
    const x = levelSteps({ ...request, seconds: 0.6 });
    const levels = Array.from({ length: 10 }, (_, k) => Math.round(levelAt(x, k * 0.06 + 0.03)));
    expect(new Set(levels).size).toBe(10);
    expect(levels[9]).toBe(0);
    for (let k = 1; k < 10; k++) expect(levels[k]! - levels[k - 1]!).toBeCloseTo(80 / 9, -0.5);
  });

  it("refuses a step that is none", () => {
    expect(() => levelSteps({ ...request, stepDb: 0 })).toThrow("stairs of 0 dB");
  });
});
