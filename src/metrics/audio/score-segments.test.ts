import { describe, expect, it } from "vitest";
import { errorToSignalRatio } from "../error-to-signal.ts";
import { scoreSegments } from "./score-segments.ts";
import { signalToNoiseRatioDb } from "./signal-to-noise.ts";

describe("scoreSegments", () => {
  const target = Float32Array.of(1, 1, 2, 2, 0, 0, 1, 1, 1);
  const predicted = Float32Array.of(1, 0, 0, 0, 1, 1, 1, 1, 9);

  it("judges segment by segment, silent ones as NaN, and leaves the rest at the end out", () => {
    const found = scoreSegments(errorToSignalRatio, { predicted, target }, { length: 2 });
    expect([...found.starts]).toEqual([0, 2, 4, 6]);
    expect([...found.scores]).toEqual([0.5, 1, Number.NaN, 0]);
    expect(found).toMatchObject({ mean: 0.5, median: 0.5 });
  });

  it("takes the infinite score of a perfect segment into the median and not into the mean", () => {
    const found = scoreSegments(signalToNoiseRatioDb, { predicted, target }, { length: 2, hop: 3 });
    // Samples 0, 1: 3.01 dB; 3, 4: energy 4 over 5; 6, 7: perfect.
    expect([...found.starts]).toEqual([0, 3, 6]);
    expect(found.scores[2]).toBe(Infinity);
    expect(found.median).toBeCloseTo(10 * Math.log10(2), 12);
    expect(found.mean).toBeCloseTo(5 * Math.log10((2 * 4) / 5), 12);
  });

  it("passes other errors on and refuses what has no segment", () => {
    const signals = { predicted, target };
    const bad = { predicted: predicted.map(() => Number.NaN), target };
    expect(() => scoreSegments(errorToSignalRatio, bad, { length: 2 })).toThrow(/predicted sample 0 is NaN/);
    const code = (code: string) => expect.objectContaining({ code });
    expect(() => scoreSegments(errorToSignalRatio, signals, { length: 10 })).toThrow(code("too-short"));
    expect(() => scoreSegments(errorToSignalRatio, signals, { length: 2, hop: 0 })).toThrow(code("bad-option"));
  });
});
