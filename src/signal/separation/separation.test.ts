import { describe, expect, it } from "vitest";
import { createRandom } from "../../kernels/index.ts";
import { spectrogram, stft } from "../spectrum/stft.ts";
import { griffinLim } from "./griffin-lim.ts";
import { harmonicPercussiveMasks, separateHarmonicPercussive } from "./harmonic-percussive.ts";
import { phaseVocoder } from "./phase-vocoder.ts";
import { softMask } from "./soft-mask.ts";
import { timeStretch } from "./time-stretch.ts";

const sine = (hz: number, samples: number, rate = 8000) =>
  Float64Array.from({ length: samples }, (_, n) => 0.5 * Math.sin((2 * Math.PI * hz * n) / rate));
const energy = (x: Float64Array) => x.reduce((sum, v) => sum + v * v, 0);
/** Bin of the largest magnitude in the middle of a signal. */
const loudestHz = (x: Float64Array) => {
  const { rows, frames, values } = spectrogram(x, { fftSize: 1024 });
  const t = Math.floor(frames / 2);
  const column = Array.from({ length: rows }, (_, k) => values[k * frames + t]!);
  return (column.indexOf(Math.max(...column)) * 8000) / 1024;
};

describe("softMask", () => {
  it("shares by powers", () => {
    const [x, y] = [Float64Array.of(3, 0, 0), Float64Array.of(1, 2, 0)];
    expect(Array.from(softMask(x, y, { power: 2, splitZeros: true }))).toEqual([expect.closeTo(0.9, 12), 0, 0.5]);
    expect(Array.from(softMask(x, y, { power: 1, splitZeros: false }))).toEqual([0.75, 0, 0]);
    expect(Array.from(softMask(x, y, { power: Number.POSITIVE_INFINITY, splitZeros: true }))).toEqual([1, 0, 0]);
  });
});

describe("separateHarmonicPercussive", () => {
  const tone = sine(500, 8000);
  const clicks = new Float64Array(8000);
  for (const n of [1000, 3000, 5000, 7000]) clicks[n] = 5;
  const both = tone.map((v, n) => v + clicks[n]!);

  it("gives a steady tone to one part, clicks to the other, and loses nothing", () => {
    const { harmonic, percussive } = separateHarmonicPercussive(both, { fftSize: 512 });
    const error = (found: Float64Array, wanted: Float64Array) =>
      energy(found.map((v, n) => v - wanted[n]!)) / energy(wanted);
    expect(error(harmonic, tone)).toBeLessThan(0.02);
    expect(error(percussive, clicks)).toBeLessThan(0.25);
    for (const [n, value] of both.entries()) expect(harmonic[n]! + percussive[n]!).toBeCloseTo(value, 10);
  });

  it("leaves a rest with margins above 1", () => {
    const { harmonic, percussive } = harmonicPercussiveMasks(spectrogram(both, { fftSize: 512 }), { margin: [3, 3] });
    const sums = harmonic.values.map((v, n) => v + percussive.values[n]!);
    expect(Math.max(...sums)).toBeLessThanOrEqual(1 + 1e-12);
    expect(Math.min(...sums)).toBeLessThan(0.5);
  });

  it("refuses even kernels", () => {
    expect(() => harmonicPercussiveMasks(spectrogram(tone), { kernel: [30, 31] })).toThrow("kernel 30 x 31");
  });
});

describe("timeStretch", () => {
  it("changes the length and keeps the pitch", () => {
    for (const rate of [0.5, 1.25, 2]) {
      const y = timeStretch(sine(500, 16000), { rate, fftSize: 1024 });
      expect(y).toHaveLength(Math.round(16000 / rate));
      expect(loudestHz(y)).toBe(500);
      const middle = y.subarray(y.length / 4, (3 * y.length) / 4);
      // Neighbouring bins of the sine drift apart a little: the level falls by up to 1.2 dB.
      const levelDb = 10 * Math.log10(energy(middle) / middle.length / 0.125);
      expect(Math.abs(levelDb)).toBeLessThan(1.5);
    }
  });

  it("gives the signal back at rate 1", () => {
    const x = sine(500, 4000);
    const y = timeStretch(x, { rate: 1, fftSize: 512 });
    for (let n = 0; n < 3500; n++) expect(y[n]).toBeCloseTo(x[n]!, 9);
  });

  it("refuses a rate of 0", () => {
    expect(() => timeStretch(sine(500, 4000), { rate: 0 })).toThrow("rate of 0");
    expect(() => phaseVocoder(stft(sine(500, 4000)), { rate: Number.NaN })).toThrow("rate of NaN");
  });
});

describe("griffinLim", () => {
  const x = Float64Array.from({ length: 4000 }, createRandom(3).normal);
  const magnitude = spectrogram(x, { fftSize: 256, hop: 64 });
  const distance = (y: Float64Array) => {
    const found = spectrogram(y, { fftSize: 256, hop: 64 }).values;
    return Math.sqrt(energy(found.map((v, n) => v - magnitude.values[n]!)) / energy(magnitude.values));
  };
  const search = (iterations: number) =>
    griffinLim(magnitude, { hop: 64, iterations, random: createRandom(1), length: 4000 });

  it("comes closer to the magnitudes the longer it searches", () => {
    const [short, long] = [distance(search(2)), distance(search(32))];
    expect(long).toBeLessThan(0.2);
    expect(long).toBeLessThan(0.5 * short);
  });

  it("gives the same signal for the same seed", () => {
    expect(search(3)).toEqual(search(3));
  });
});
