import { describe, expect, it } from "vitest";
import { beatTrack } from "./beat-track.ts";
import { onsetDetect } from "./onset-detect.ts";
import { onsetStrength } from "./onset-strength.ts";
import { peakPick } from "./peak-pick.ts";
import { tempo } from "./tempo.ts";
import { tempogram } from "./tempogram.ts";

const rate = { sampleRate: 22050, hop: 512 };
const framesPerSecond = 22050 / 512;

/** An onset curve with a peak on every beat. */
function pulses(bpm: number, seconds: number): Float64Array {
  const curve = new Float64Array(Math.round(seconds * framesPerSecond));
  for (let beat = 0; ; beat++) {
    const t = Math.round((beat * 60 * framesPerSecond) / bpm) + 10;
    if (t >= curve.length - 1) return curve;
    curve[t] = 1;
    curve[t + 1] = 0.4;
  }
}

describe("onsetStrength", () => {
  it("is the mean rise, shifted by the lag and half a frame", () => {
    // Two bands, one of which rises by 10 dB in frame 2 and falls again.
    const levels = { rows: 2, frames: 6, values: Float64Array.of(0, 0, 10, 10, 0, 0, 5, 5, 5, 5, 5, 5) };
    expect(Array.from(onsetStrength(levels))).toEqual([0, 0, 0, 0, 5, 0]);
    expect(Array.from(onsetStrength(levels, { center: false }))).toEqual([0, 0, 5, 0, 0, 0]);
    expect(Array.from(onsetStrength(levels, { center: false, lag: 2 }))).toEqual([0, 0, 5, 5, 0, 0]);
    expect(Array.from(onsetStrength(levels, { center: false, aggregate: "median" }))).toEqual([0, 0, 5, 0, 0, 0]);
  });

  it("measures from the largest neighbouring band with maxSize 3, so that a glide is no onset", () => {
    const glide = { rows: 3, frames: 3, values: Float64Array.of(10, 0, 0, 0, 10, 0, 0, 0, 10) };
    expect(Math.max(...onsetStrength(glide, { center: false, maxSize: 3 }))).toBe(0);
    expect(Math.max(...onsetStrength(glide, { center: false }))).toBeCloseTo(10 / 3, 12);
  });
});

describe("peakPick", () => {
  const options = { preMax: 1, postMax: 2, preMean: 2, postMean: 3, delta: 0.1, wait: 0 };
  it("finds local maxima above the mean around them", () => {
    expect(peakPick(Float64Array.of(0, 1, 0, 0, 0.05, 0, 2, 0), options)).toEqual([1, 6]);
    expect(peakPick(Float64Array.of(1, 0, 1, 0), { ...options, wait: 2 })).toEqual([0]);
    expect(peakPick(new Float64Array(0), options)).toEqual([]);
  });
  it("refuses an empty stretch", () => {
    expect(() => peakPick(Float64Array.of(1), { ...options, postMax: 0 })).toThrow("peakPick");
  });
});

describe("onsetDetect", () => {
  it("finds the beats of a pulse train, and nothing in silence", () => {
    const curve = pulses(120, 4);
    const expected = Array.from(curve.keys()).filter((t) => curve[t] === 1);
    expect(onsetDetect(curve, rate)).toEqual(expected);
    expect(onsetDetect(new Float64Array(50))).toEqual([]);
  });
});

describe("tempo", () => {
  // Periods are whole frames: at 120 bpm the next ones are 117.5 and 123.
  for (const bpm of [70, 92, 120, 150, 176]) {
    it(`hears ${bpm} beats per minute, or half or double where that is likelier`, () => {
      const found = tempo(pulses(bpm, 30), rate);
      const ratios = [0.5, 1, 2].map((factor) => Math.abs(found / (bpm * factor) - 1));
      expect(Math.min(...ratios)).toBeLessThan(0.04);
    });
  }

  it("takes strong or all beats, as it is told where to start", () => {
    // 160 pulses a minute, every second one weaker.
    const curve = pulses(160, 30).map(
      (value, t) => (Math.round(((t - 10) * 160) / 60 / framesPerSecond) % 2 ? 0.7 : 1) * value,
    );
    expect(Math.abs(tempo(curve, { ...rate, startBpm: 60 }) - 80)).toBeLessThan(3);
    expect(Math.abs(tempo(curve, { ...rate, startBpm: 200 }) - 160)).toBeLessThan(5);
  });

  it("refuses a sound in place of its onset curve", () => {
    expect(() => tempo(Float64Array.of(0.1, -0.2))).toThrow("frame 1 of the onset curve is -0.2");
  });

  it("is 0 in silence", () => {
    expect(tempo(new Float64Array(500), rate)).toBe(0);
  });
});

describe("beatTrack", () => {
  it("finds the beats of a pulse train", () => {
    const curve = pulses(110, 20);
    const { bpm, beats } = beatTrack(curve, rate);
    expect(Math.abs(bpm - 110)).toBeLessThan(4);
    const truth = Array.from(curve.keys()).filter((t) => curve[t] === 1);
    const hits = beats.filter((beat) => truth.some((t) => Math.abs(t - beat) <= 1));
    expect(hits.length).toBe(beats.length);
    expect(beats.length).toBeGreaterThanOrEqual(truth.length - 2);
  });

  it("keeps going where a beat is missing", () => {
    const curve = pulses(120, 20);
    const truth = Array.from(curve.keys()).filter((t) => curve[t] === 1);
    const missing = truth[15] as number;
    curve.fill(0, missing - 1, missing + 3);
    expect(beatTrack(curve, rate).beats.some((beat) => Math.abs(beat - missing) <= 1)).toBe(true);
  });

  it("has nothing to say about silence", () => {
    expect(beatTrack(new Float64Array(100))).toEqual({ bpm: 0, beats: [] });
  });
});

describe("tempogram", () => {
  it("peaks at the period of a pulse train", () => {
    const curve = new Float64Array(300);
    for (let t = 0; t < 300; t += 20) curve[t] = 1;
    const { rows, frames, values } = tempogram(curve, { windowLength: 100 });
    expect([rows, frames]).toEqual([100, 300]);
    const column = Array.from({ length: rows }, (_, k) => values[k * frames + 150]!);
    expect(column[0]).toBe(1);
    const rest = column.slice(5);
    expect(rest.indexOf(Math.max(...rest)) + 5).toBe(20);
  });
});
