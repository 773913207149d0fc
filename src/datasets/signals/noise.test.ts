import { describe, expect, it } from "vitest";
import { bandShareDb, constantShare } from "./measurements.ts";
import { clicks } from "./clicks.ts";
import { noise, noiseBursts } from "./noise.ts";
import { silence } from "./silence.ts";

const sampleRate = 48_000;
const request = { seed: 1, sampleRate, seconds: 20 };

/** Power per octave from 63 Hz to 16 kHz, dB. */
const octaves = (x: Float64Array, rate = sampleRate) =>
  Array.from({ length: 8 }, (_, k) => bandShareDb(x, [88.4 * 2 ** k, 176.8 * 2 ** k], rate));

describe("noise", () => {
  it("is white: twice the power in twice the band", () => {
    const levels = octaves(noise(request));
    for (let k = 2; k < 7; k++) expect(levels[k]! - levels[k - 1]!).toBeCloseTo(3.01, -0.3);
  });

  it("is pink: the same power in every octave, within 0.6 dB, at any rate", () => {
    for (const rate of [44_100, 96_000]) {
      const levels = octaves(noise({ ...request, sampleRate: rate, colour: "pink" }), rate).slice(1, 7);
      const mean = levels.reduce((sum, v) => sum + v, 0) / levels.length;
      for (const level of levels) expect(Math.abs(level - mean)).toBeLessThan(0.6);
    }
  });
});

describe("noiseBursts", () => {
  it("have different colours and levels, and rests between them", () => {
    const x = noiseBursts({ ...request, seconds: 4, burstSeconds: [0.1, 0.1] });
    const bursts = Array.from({ length: 40 }, (_, k) => x.subarray(k * 4800, (k + 1) * 4800));
    const treble = bursts.map((burst) => bandShareDb(burst, [4000, 24_000], sampleRate));
    expect(Math.max(...treble) - Math.min(...treble)).toBeGreaterThan(20);
    for (const burst of bursts) expect(Math.abs(burst[0]!)).toBeLessThan(0.2); // the filter against DC swings on
  });
});

describe("clicks", () => {
  it("have power in every octave and no constant part", () => {
    const x = clicks({ ...request, seconds: 5 });
    expect(constantShare(x)).toBeLessThan(1e-12);
    for (const level of octaves(x)) expect(level).toBeGreaterThan(-35);
  });

  it("come one after another with silence between", () => {
    const x = clicks({ ...request, seconds: 5, gapSeconds: [0.1, 0.1] });
    let groups = 0;
    let last = -sampleRate;
    for (const [n, v] of x.entries()) {
      if (v === 0) continue;
      if (n - last > 0.05 * sampleRate) groups++;
      last = n;
    }
    expect(groups).toBeGreaterThan(40);
    expect(groups).toBeLessThanOrEqual(50);
  });
});

describe("silence", () => {
  it("is nothing at all", () => {
    const x = silence({ sampleRate, seconds: 0.5 });
    expect([x.length, x.every((v) => v === 0)]).toEqual([24_000, true]);
  });
});
