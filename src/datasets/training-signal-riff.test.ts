import { describe, expect, it } from "vitest";
import { dbFromAmplitude, peak, rms } from "../signal/index.ts";
import { riff } from "./training-signal-riff.ts";

const sampleRate = 44_100;
const fourBars = riff({ sampleRate, seconds: 8, seed: 1 });

describe("riff", () => {
  it("lasts as long as asked for and peaks at -3 dBFS, for any length and rate", () => {
    for (const [rate, seconds] of [
      [44_100, 8],
      [48_000, 0.7],
      [8000, 17],
    ] as const) {
      const x = riff({ sampleRate: rate, seconds, seed: 2 });
      expect(x.length).toBe(Math.round(seconds * rate));
      expect(dbFromAmplitude(peak(x))).toBeCloseTo(-3, 4);
    }
    expect(riff({ sampleRate, seconds: 0, seed: 1 }).length).toBe(0);
  });

  it("strikes on the eighths: there is more treble just after a stroke than just before", () => {
    const treble = fourBars.map((v, n) => v - 2 * (fourBars[n - 1] ?? 0) + (fourBars[n - 2] ?? 0));
    const strokes = "EX=xG-A-X=xXB-AGEX=xG-A-12345--6";
    for (const [k, sign] of [...strokes].entries()) {
      if (sign === "-" || k === 0) continue;
      const at = Math.round(k * 0.25 * sampleRate);
      const before = rms(treble.subarray(at - 1000, at));
      const after = rms(treble.subarray(at, at + 1000));
      expect(after, `stroke ${k} (${sign})`).toBeGreaterThan(before);
    }
  });

  it("repeats after four bars with a player's small differences", () => {
    const eightBars = riff({ sampleRate, seconds: 16, seed: 1 });
    const first = eightBars.subarray(0, 8 * sampleRate);
    const second = eightBars.subarray(8 * sampleRate);
    expect(dbFromAmplitude(rms(second) / rms(first))).toBeCloseTo(0, -0.5);
    expect(second.every((v, n) => v === first[n])).toBe(false);
  });

  it("starts and ends at rest, so it can be looped without a click", () => {
    for (const v of [...fourBars.subarray(0, 8), ...fourBars.subarray(-8)]) expect(Math.abs(v)).toBeLessThan(0.004);
  });

  it("is the same for the same seed and another for another", () => {
    const again = riff({ sampleRate, seconds: 8, seed: 1 });
    const other = riff({ sampleRate, seconds: 8, seed: 2 });
    expect(again.every((v, n) => v === fourBars[n])).toBe(true);
    expect(other.every((v, n) => v === fourBars[n])).toBe(false);
  });
});
