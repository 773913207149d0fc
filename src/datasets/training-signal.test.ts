import { describe, expect, it } from "vitest";
import { dbFromAmplitude, peak, powerSpectrum, rms } from "../signal/index.ts";
import { constantShare } from "./signals/measurements.ts";
import { signalPresetNames } from "./signals/presets.ts";
import { trainingSignal } from "./training-signal.ts";

const sampleRate = 44_100;
const minute = trainingSignal({ sampleRate, seconds: 60, seed: 1 });

/** Energy per octave from 31 Hz upwards as parts of the whole. */
function octaveParts(x: Float32Array): number[] {
  const { frequencyHz, powerPerHz } = powerSpectrum(x, { sampleRate });
  const octaves = new Float64Array(10);
  for (const [k, power] of powerPerHz.entries()) {
    const octave = Math.floor(Math.log2(frequencyHz[k]! / 31.25));
    if (octave >= 0 && octave < 10) octaves[octave] = octaves[octave]! + power;
  }
  const total = octaves.reduce((sum, v) => sum + v, 0);
  return [...octaves].map((v) => v / total);
}

const levelsOf = (x: Float32Array, count: number) =>
  Array.from({ length: count }, (_, k) =>
    dbFromAmplitude(rms(x.subarray((k * x.length) / count, ((k + 1) * x.length) / count))),
  );

describe("trainingSignal", () => {
  it("peaks at -1 dBFS and covers every level down to -60 dBFS", () => {
    expect(dbFromAmplitude(peak(minute.samples))).toBeCloseTo(-1, 4);
    const levels = new Float64Array(10); // 6 dB each
    for (const v of minute.samples) {
      const bin = Math.floor(-dbFromAmplitude(v) / 6);
      if (bin < 10) levels[bin] = levels[bin]! + 1 / minute.samples.length;
    }
    // The top 6 dB are rare samples, as they are in music; every step below holds 2 % of the time or more.
    expect(levels[0]).toBeGreaterThan(0.004);
    for (const part of levels.subarray(1)) expect(part).toBeGreaterThan(0.02);
  });

  it("is loud somewhere in every 50 ms of much of its time, so that a device is driven", () => {
    let driven = 0;
    const frame = 2205;
    for (let start = 0; start + frame <= minute.samples.length; start += frame) {
      if (peak(minute.samples.subarray(start, start + frame)) > 0.125) driven++;
    }
    // At 5 V for full scale the diodes conduct above 0.125.
    expect(driven / (minute.samples.length / frame)).toBeGreaterThan(0.35);
  });

  it("has energy in every octave from 31 Hz up", () => {
    for (const part of octaveParts(minute.samples)) expect(part).toBeGreaterThan(0.003);
  });

  it("is as loud in the middle as at the ends, and in validation and test as in training, within 6 dB", () => {
    for (let seed = 1; seed <= 3; seed++) {
      const { samples, parts } = trainingSignal({ sampleRate, seconds: 60, seed });
      const fifths = levelsOf(samples, 5);
      expect(Math.max(...fifths) - Math.min(...fifths)).toBeLessThan(6);
      const power = (role: string) => {
        const own = parts.filter((part) => part.role === role);
        const energy = own.reduce(
          (sum, { start, end }) => sum + rms(samples.subarray(start, end)) ** 2 * (end - start),
          0,
        );
        return energy / own.reduce((sum, { start, end }) => sum + end - start, 0);
      };
      for (const role of ["validation", "test"]) {
        expect(Math.abs(10 * Math.log10(power(role) / power("train")))).toBeLessThan(6);
      }
    }
  });

  it("holds true silence for 5 to 13 % of its time, clicks and all", () => {
    const silent = minute.samples.reduce((count, v) => count + (v === 0 ? 1 : 0), 0) / minute.samples.length;
    expect(silent).toBeGreaterThan(0.05);
    expect(silent).toBeLessThan(0.13);
  });

  it("has no constant part", () => {
    for (const preset of signalPresetNames) {
      const { samples } = trainingSignal({ sampleRate: 16_000, seconds: 20, seed: 1, preset });
      expect(constantShare(samples), preset).toBeLessThan(1e-3);
    }
  });

  it("does not click where two parts meet", () => {
    for (const preset of signalPresetNames) {
      const { samples, parts } = trainingSignal({ sampleRate, seconds: 20, seed: 1, preset });
      for (const { start } of parts) {
        // 8 samples into a 5 ms fade the raised cosine is 0.3 % of the level.
        for (const v of samples.subarray(Math.max(0, start - 8), start + 8)) expect(Math.abs(v)).toBeLessThan(0.004);
      }
    }
  });

  it("has the levels that the plan says", () => {
    let compared = 0;
    for (const { start, end, level, generator } of minute.parts) {
      if (level === null || level.startDb !== level.endDb || generator.startsWith("level")) continue;
      // The whole was scaled to its peak after the parts were laid: by less than 0.5 dB.
      expect(Math.abs(dbFromAmplitude(peak(minute.samples.subarray(start, end))) - level.startDb)).toBeLessThan(0.5);
      compared++;
    }
    expect(compared).toBeGreaterThan(50);
  });

  it("has other material for validation and test: no part sounds like one of training", () => {
    const take = (role: string, generator: string) =>
      minute.parts
        .filter((part) => part.role === role && part.generator === generator)
        .map(({ start, end }) => minute.samples.subarray(start, Math.min(end, start + 0.3 * sampleRate)));
    for (const generator of ["guitar-line", "guitar-chords", "guitar-mutes", "sweep", "two-tone", "level-ramp"]) {
      for (const heard of take("train", generator)) {
        for (const unheard of [...take("validation", generator), ...take("test", generator)]) {
          const length = Math.min(heard.length, unheard.length);
          let [product, a, b] = [0, 0, 0];
          for (let n = 0; n < length; n++) {
            product += heard[n]! * unheard[n]!;
            a += heard[n]! ** 2;
            b += unheard[n]! ** 2;
          }
          expect(Math.abs(product) / Math.sqrt(a * b), generator).toBeLessThan(0.8);
        }
      }
    }
  });

  it("is the same for the same seed and another for another", () => {
    const signal = (seed: number) => trainingSignal({ sampleRate, seconds: 5, seed }).samples;
    const seven = signal(7);
    const eight = signal(8);
    expect(signal(7).every((v, n) => v === seven[n])).toBe(true);
    expect(eight.every((v, n) => v === seven[n])).toBe(false);
  });

  it("can be of any length from its shortest part on, and of any rate", () => {
    for (const seconds of [0.2, 0.3, 2.345]) {
      const { samples } = trainingSignal({ sampleRate: 48_000, seconds, seed: 4 });
      expect(samples.length).toBe(Math.round(seconds * 48_000));
      expect(dbFromAmplitude(peak(samples))).toBeCloseTo(-1, 4);
    }
    for (const rate of [8000, 22_050, 96_000, 192_000, 768_000]) {
      const { samples } = trainingSignal({ sampleRate: rate, seconds: 3, seed: 4 });
      expect(dbFromAmplitude(peak(samples))).toBeCloseTo(-1, 4);
      expect(dbFromAmplitude(rms(samples))).toBeGreaterThan(-30);
      expect(samples.every(Number.isFinite)).toBe(true);
    }
  });

  it("lies between the levels asked for", () => {
    const levels = { highestDb: -6, lowestDb: -20 };
    const { samples, parts } = trainingSignal({ sampleRate: 16_000, seconds: 12, seed: 2, levels });
    expect(dbFromAmplitude(peak(samples))).toBeCloseTo(-6, 4);
    for (const { level } of parts)
      if (level !== null) expect(Math.min(level.startDb, level.endDb)).toBeGreaterThanOrEqual(-20);
  });
});
