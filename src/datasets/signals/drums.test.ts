import { describe, expect, it } from "vitest";
import { createRandom, rms } from "../../signal/index.ts";
import { drumGroove } from "./drum-groove.ts";
import { addDrumStroke, chooseDrumKit, type DrumName } from "./drum-strokes.ts";
import { bandShareDb, windowedAmplitude } from "./measurements.ts";
import { addMode } from "./modes.ts";

const sampleRate = 44_100;

function stroke(drum: DrumName, seed = 1, velocity = 1): Float64Array {
  const random = createRandom(seed);
  const out = new Float64Array(2 * sampleRate);
  addDrumStroke(out, chooseDrumKit(random)[drum], { start: 0, sampleRate, random, velocity });
  return out;
}

const shareDb = (x: Float64Array, lowHz: number, highHz: number) => bandShareDb(x, [lowHz, highHz], sampleRate);

/** Time after which a sound stays 30 dB below its loudest 5 ms. */
function ringSeconds(x: Float64Array): number {
  const frame = Math.round(0.005 * sampleRate);
  const levels = Array.from({ length: Math.floor(x.length / frame) }, (_, k) =>
    rms(x.subarray(k * frame, (k + 1) * frame)),
  );
  const loudest = Math.max(...levels);
  return levels.findLastIndex((level) => level > loudest * 10 ** (-30 / 20)) * 0.005;
}

describe("addMode", () => {
  it("falls by 60 dB in its decay time, at its frequency", () => {
    const out = new Float64Array(sampleRate);
    addMode(out, { frequencyHz: 200, amplitude: 1, decaySeconds: 0.5 }, { start: 0, sampleRate });
    const [early, late] = [0.1, 0.4].map((seconds) => {
      return windowedAmplitude(
        out.subarray((seconds - 0.05) * sampleRate, (seconds + 0.05) * sampleRate),
        200,
        sampleRate,
      );
    }) as [number, number];
    expect(20 * Math.log10(early / late)).toBeCloseTo(36, 1);
  });

  it("starts as many times higher as asked for, and comes down", () => {
    const out = new Float64Array(sampleRate);
    const mode = { frequencyHz: 50, amplitude: 1, decaySeconds: 2, fallRatio: 4, fallSeconds: 0.02 };
    addMode(out, mode, { start: 0, sampleRate });
    const crossings = (from: number, to: number) => {
      let count = 0;
      for (let n = from * sampleRate; n < to * sampleRate; n++) if (out[n]! >= 0 !== out[n + 1]! >= 0) count++;
      return count / (to - from) / 2;
    };
    expect(crossings(0.5, 0.9)).toBeCloseTo(50, 0);
    // Phase in the first 40 ms: 50 * 0.04 + 150 * 0.02 * (1 - e^-2) = 4.6 turns.
    expect(crossings(0, 0.04)).toBeGreaterThan(100);
  });

  it("is left out above 0.45 of the sample rate", () => {
    const out = new Float64Array(100);
    addMode(out, { frequencyHz: 20_000, amplitude: 1, decaySeconds: 1 }, { start: 0, sampleRate });
    expect(out.every((v) => v === 0)).toBe(true);
  });
});

describe("drums", () => {
  it("sound where such drums do", () => {
    for (const seed of [1, 2, 3]) {
      expect(shareDb(stroke("kick", seed), 30, 250)).toBeGreaterThan(-1);
      expect(shareDb(stroke("hat", seed), 4500, 20_000)).toBeGreaterThan(-1);
      expect(shareDb(stroke("snare", seed), 140, 450)).toBeGreaterThan(-8);
      expect(shareDb(stroke("snare", seed), 1000, 12_000)).toBeGreaterThan(-12);
      expect(shareDb(stroke("rim", seed), 350, 3500)).toBeGreaterThan(-2);
    }
  });

  it("ring as long as such drums do", () => {
    for (const seed of [1, 2, 3]) {
      const ring = (drum: DrumName) => ringSeconds(stroke(drum, seed));
      expect(ring("rim")).toBeLessThan(0.06);
      expect(ring("hat")).toBeLessThan(0.07);
      expect(ring("open-hat")).toBeGreaterThan(2 * ring("hat"));
      expect(ring("tom-low")).toBeGreaterThan(ring("tom-high"));
      expect(ring("kick")).toBeGreaterThan(0.08);
    }
  });

  it("of the tom swing as a round skin does: 1 to 1.594 to 2.136", () => {
    const x = stroke("tom-low").subarray(0.1 * sampleRate);
    const lowest = Array.from({ length: 52 }, (_, k) => 69 + 0.5 * k).reduce((best, hertz) =>
      windowedAmplitude(x, hertz, sampleRate) > windowedAmplitude(x, best, sampleRate) ? hertz : best,
    );
    for (const ratio of [1.594, 2.136]) {
      const near = (hertz: number) =>
        Math.max(...[0.98, 0.99, 1, 1.01, 1.02].map((k) => windowedAmplitude(x, k * hertz, sampleRate)));
      expect(near(ratio * lowest)).toBeGreaterThan(2 * near((ratio - 0.22) * lowest));
    }
  });

  it("are quieter for a soft stroke", () => {
    for (const drum of ["kick", "snare", "hat", "tom-mid", "rim"] as const) {
      expect(rms(stroke(drum, 1, 0.3))).toBeLessThan(0.35 * rms(stroke(drum)));
    }
  });
});

describe("drumGroove", () => {
  it("keeps its beat: the level repeats after a bar more than after another time", () => {
    const x = drumGroove({ seed: 5, sampleRate, seconds: 12, beatsPerMinute: 120 });
    const frame = 441;
    const levels = Float64Array.from({ length: Math.floor(x.length / frame) }, (_, k) =>
      rms(x.subarray(k * frame, (k + 1) * frame)),
    );
    const mean = levels.reduce((sum, v) => sum + v, 0) / levels.length;
    const alike = (lagSeconds: number) => {
      const lag = Math.round(lagSeconds * 100);
      let sum = 0;
      for (let k = 0; k + lag < levels.length; k++) sum += (levels[k]! - mean) * (levels[k + lag]! - mean);
      return sum / (levels.length - lag);
    };
    // A beat is 0.5 s; 0.43 and 0.56 s belong to no grid of 120 beats a minute.
    expect(alike(0.5)).toBeGreaterThan(1.5 * Math.max(alike(0.43), alike(0.56)));
  });
});
