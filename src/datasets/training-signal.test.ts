import { describe, expect, it } from "vitest";
import { createRandom, dbFromAmplitude, peak, realFft, rms } from "../signal/index.ts";
import { trainingSignal } from "./training-signal.ts";
import { planTrainingSignal } from "./training-signal-plan.ts";

const sampleRate = 44_100;
const minute = trainingSignal({ sampleRate, seconds: 60, seed: 1 });

/** Energy per octave from 31 Hz upwards as parts of the whole. */
function octaveParts(x: Float32Array): number[] {
  const size = 4096;
  const octaves = new Float64Array(10);
  for (let start = 0; start + size <= x.length; start += size) {
    const frame = Float64Array.from(
      { length: size },
      (_, n) => (x[start + n] ?? 0) * Math.sin((Math.PI * n) / size) ** 2,
    );
    const { re, im } = realFft(frame);
    for (let k = 1; k < size / 2; k++) {
      const octave = Math.floor(Math.log2((k * sampleRate) / size / 31.25));
      if (octave >= 0 && octave < 10) octaves[octave] = (octaves[octave] ?? 0) + (re[k] ?? 0) ** 2 + (im[k] ?? 0) ** 2;
    }
  }
  const total = octaves.reduce((sum, v) => sum + v, 0);
  return [...octaves].map((v) => v / total);
}

describe("trainingSignal", () => {
  it("peaks at -1 dBFS and covers every level down to -60 dBFS", () => {
    expect(dbFromAmplitude(peak(minute))).toBeCloseTo(-1, 4);
    const levels = new Float64Array(10); // 6 dB each
    for (const v of minute) {
      const bin = Math.floor(-dbFromAmplitude(v) / 6);
      if (bin < 10) levels[bin] = (levels[bin] ?? 0) + 1 / minute.length;
    }
    // The top 6 dB are rare samples, as they are in music; every step below holds 2 % of the time or more.
    expect(levels[0]).toBeGreaterThan(0.005);
    for (const part of levels.subarray(1)) expect(part).toBeGreaterThan(0.02);
  });

  it("is loud somewhere in every 50 ms of much of its time, so that a device is driven", () => {
    let driven = 0;
    const frame = 2205;
    for (let start = 0; start + frame <= minute.length; start += frame) {
      if (peak(minute.subarray(start, start + frame)) > 0.125) driven++;
    }
    // At 5 V for full scale the diodes conduct above 0.125; half the time was measured.
    expect(driven / (minute.length / frame)).toBeGreaterThan(0.35);
  });

  it("has energy in every octave from 31 Hz up", () => {
    for (const part of octaveParts(minute)) expect(part).toBeGreaterThan(0.003);
  });

  it("is as loud in one tenth as in another, within 8 dB", () => {
    for (let seed = 1; seed <= 3; seed++) {
      const x = trainingSignal({ sampleRate, seconds: 30, seed });
      const levels = Array.from({ length: 10 }, (_, k) =>
        dbFromAmplitude(rms(x.subarray((k * x.length) / 10, ((k + 1) * x.length) / 10))),
      );
      expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(8); // a tenth is two rounds; 6.0 dB was measured
    }
  });

  it("holds true silence for 5 to 12 % of its time", () => {
    const silent = minute.reduce((count, v) => count + (v === 0 ? 1 : 0), 0) / minute.length;
    expect(silent).toBeGreaterThan(0.05);
    expect(silent).toBeLessThan(0.12);
  });

  it("has no constant part", () => {
    const mean = minute.reduce((sum, v) => sum + v, 0) / minute.length;
    expect(Math.abs(mean)).toBeLessThan(1e-3 * rms(minute));
  });

  it("does not click where two pieces meet", () => {
    const pieces = planTrainingSignal({ length: minute.length, sampleRate, random: createRandom(1) });
    for (const { start } of pieces) {
      // 8 samples into a 5 ms fade the raised cosine is 0.3 % of the level.
      for (const v of minute.subarray(Math.max(0, start - 8), start + 8)) expect(Math.abs(v)).toBeLessThan(0.004);
    }
  });

  it("is the same for the same seed and another for another", () => {
    const signal = (seed: number) => trainingSignal({ sampleRate, seconds: 5, seed });
    const seven = signal(7);
    const eight = signal(8);
    expect(signal(7).every((v, n) => v === seven[n])).toBe(true);
    expect(eight.every((v, n) => v === seven[n])).toBe(false);
  });

  it("can be of any length and rate", () => {
    for (const seconds of [0, 0.0001, 0.01, 0.3, 2.345]) {
      const x = trainingSignal({ sampleRate: 48_000, seconds, seed: 4 });
      expect(x.length).toBe(Math.round(seconds * 48_000));
      expect(x.every((v) => Math.abs(v) < 0.9)).toBe(true);
    }
    for (const rate of [8000, 22_050, 96_000, 192_000]) {
      const x = trainingSignal({ sampleRate: rate, seconds: 3, seed: 4 });
      expect(dbFromAmplitude(peak(x))).toBeCloseTo(-1, 4);
      expect(dbFromAmplitude(rms(x))).toBeGreaterThan(-28);
    }
  });

  it("refuses a rate or a length that cannot be, and names it", () => {
    for (const [rate, seconds] of [
      [100, 1],
      [Number.NaN, 1],
      [44_100, -1],
      [44_100, Number.POSITIVE_INFINITY],
    ] as const) {
      expect(() => trainingSignal({ sampleRate: rate, seconds, seed: 1 })).toThrow(`${seconds} s at ${rate} Hz`);
    }
  });
});
