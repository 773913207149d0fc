import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeNpy } from "../files/npy.ts";
import { rms } from "../level/level.ts";
import type { Samples } from "../matrix.ts";
import { resample, resampleRecording } from "./resample.ts";
import type { ResampleQuality } from "./resample-plan.ts";

interface Golden {
  readonly samples: number;
  readonly poly: readonly { readonly up: number; readonly down: number; readonly y: readonly number[] }[];
  readonly fft: readonly { readonly samples: number; readonly length: number; readonly y: readonly number[] }[];
}
const golden = JSON.parse(
  readFileSync(new URL("../../../fixtures/signal/resample/golden.json", import.meta.url), "utf8"),
) as Golden;

const vectors = new URL("../../../../shared/data/conformance/features/librosa-0.11.0/", import.meta.url);
const haveVectors = existsSync(vectors);
const vector = (name: string) =>
  decodeNpy(readFileSync(new URL(`${name}.npy`, vectors)), { name: `${name}.npy` }).values;

/** The signal of fixtures/signal/resample/make.py. */
function signal(samples: number): Float64Array {
  let state = 12345;
  return Float64Array.from({ length: samples }, () => {
    state = Number((1103515245n * BigInt(state) + 12345n) % 2147483648n);
    return ((Math.floor(state / 65536) % 32768) - 16384) / 32768;
  });
}

const sine64 = (length: number, frequency: number, rate: number) =>
  Float64Array.from({ length }, (_, n) => 0.8 * Math.sin((2 * Math.PI * frequency * n) / rate + 0.3));
const sine32 = (length: number, frequency: number, rate: number) => Float32Array.from(sine64(length, frequency, rate));

/** Energy of the difference over energy of `expected` in dB, away from the ends. */
function errorDb(actual: Samples, expected: Samples, margin = 0): number {
  expect(actual.length).toBe(expected.length);
  let error = 0;
  let energy = 0;
  for (let n = margin; n < expected.length - margin; n++) {
    error += (actual[n]! - expected[n]!) ** 2;
    energy += expected[n]! ** 2;
  }
  return 10 * Math.log10(error / energy);
}

function largestDifference(actual: Samples, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  let largest = 0;
  for (let n = 0; n < actual.length; n++) largest = Math.max(largest, Math.abs(actual[n]! - expected[n]!));
  return largest;
}

/** Level without the ends, 0 dB for a sine of amplitude 1. */
const levelDb = (x: Samples, margin: number) => 20 * Math.log10(Math.SQRT2 * rms(x.subarray(margin, -margin)));

describe("resample, scipy's numbers", () => {
  it("scipy is scipy.signal.resample_poly for any ratio", () => {
    // Scipy adds the same products in another order: 1e-13 of samples of size 1.
    for (const { up, down, y } of golden.poly) {
      const ours = resample(signal(golden.samples), { from: down, to: up, quality: "scipy" });
      expect(largestDifference(ours, y)).toBeLessThan(1e-13);
    }
  });

  it("fft is scipy.signal.resample, even and odd lengths, shorter and longer", () => {
    for (const { samples, length, y } of golden.fft) {
      const ours = resample(signal(samples), { from: samples, to: length, quality: "fft" });
      expect(largestDifference(ours, y)).toBeLessThan(1e-13);
    }
  });

  it.skipIf(!haveVectors)("librosa's polyphase and fft vectors within 1e-9", () => {
    const y = vector("input_y");
    for (const to of [16000, 44100, 8000]) {
      const ours = resample(y, { from: 22050, to, quality: "scipy" });
      expect(largestDifference(ours, vector(`resample_poly_${to}`))).toBeLessThan(1e-9);
    }
    const ours = resample(y, { from: 22050, to: 16000, quality: "fft" });
    expect(largestDifference(ours, vector("resample_fft_16000"))).toBeLessThan(1e-9);
  });

  it.skipIf(!haveVectors)("best and librosa's default, soxr_hq, differ by their transition bands only", () => {
    const y = vector("input_y");
    // The task's bound is -45 dB; music has little in the transition band.
    for (const to of [16000, 44100, 8000]) {
      const theirs = vector(`resample_soxr_${to}`);
      expect(errorDb(resample(y, { from: 22050, to }), theirs)).toBeLessThan(-60);
      expect(errorDb(resample(Float32Array.from(y), { from: 22050, to }), theirs)).toBeLessThan(-60);
    }
  });
});

describe("resample", () => {
  const rates = [
    { from: 44100, to: 48000 },
    { from: 48000, to: 44100 },
    { from: 44100, to: 22050 },
    { from: 44100, to: 44101 },
    { from: 22050 * 2 ** (1 / 12), to: 22050 },
    { from: 8000, to: 192000 },
    { from: 192000, to: 11025 },
  ];

  it("puts a sine at every new instant where the sine itself is", () => {
    for (const { from, to } of rates) {
      for (const part of [0.01, 0.25, 0.4566]) {
        const frequency = part * Math.min(from, to);
        const length = Math.round(0.15 * from);
        const expected = sine64(Math.ceil((length * to) / from), frequency, to);
        const margin = Math.ceil(112 * Math.max(1, to / from));
        // 143 dB by design; float32 adds about 450 roundings of 2^-25.
        const best = resample(sine64(length, frequency, from), { from, to });
        expect(errorDb(best.subarray(0, expected.length), expected, margin)).toBeLessThan(-140);
        const single = resample(sine32(length, frequency, from), { from, to });
        expect(errorDb(single.subarray(0, expected.length), expected, margin)).toBeLessThan(-130);
        const fast = resample(sine32(length, 0.9 * frequency, from), { from, to, quality: "fast" });
        expect(errorDb(fast, sine64(fast.length, 0.9 * frequency, to), margin)).toBeLessThan(-95);
      }
    }
  });

  it("removes what the lower rate cannot hold instead of folding it back", () => {
    for (const { from, to } of rates.filter((change) => change.from > change.to)) {
      for (let frequency = to / 2; frequency < from / 2; frequency += (from - to) / 7) {
        const length = Math.round(0.15 * from);
        const level = (quality: ResampleQuality, x: Samples) => levelDb(resample(x, { from, to, quality }), 112);
        expect(level("best", sine64(length, frequency, from))).toBeLessThan(-140);
        expect(level("best", sine32(length, frequency, from))).toBeLessThan(-130);
        expect(level("fast", sine32(length, frequency, from))).toBeLessThan(-100);
      }
    }
  });

  it("passes a constant unchanged away from the ends", () => {
    for (const { from, to } of rates) {
      const length = Math.round(0.1 * from);
      const margin = Math.ceil(112 * Math.max(1, to / from));
      const y = resample(new Float64Array(length).fill(0.75), { from, to });
      // Four-point interpolation between rows that sum to 1 is exact for a constant, but for rounding.
      for (const v of y.subarray(margin, y.length - margin)) expect(Math.abs(v - 0.75)).toBeLessThan(1e-14);
    }
  });

  it("keeps an impulse at its instant and answers it symmetrically", () => {
    for (const [from, to] of [
      [3, 7],
      [1, 2],
      [2, 1],
    ] as const) {
      const x = new Float64Array(1201);
      x[600] = 1;
      const y = resample(x, { from, to });
      const centre = (600 * to) / from;
      expect(y.indexOf(Math.max(...y))).toBe(centre);
      // Each row is divided by its own sum, which moves mirrored taps apart by rounding.
      for (let k = 1; k < centre; k++) expect(y[centre - k]).toBeCloseTo(y[centre + k] ?? 0, 14);
    }
  });

  it("has ceil(samples * to / from) samples, none included, and equal rates give a copy", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 300 }),
        fc.constantFrom<ResampleQuality>("best", "fast", "scipy", "fft"),
        (samples, from, to, quality) => {
          const y = resample(signal(samples), { from, to, quality });
          expect(y.length).toBe(Math.ceil((samples * to) / from));
          expect(y.every(Number.isFinite)).toBe(true);
        },
      ),
      { seed: 1, numRuns: 60 },
    );
    const x = signal(50);
    const copy = resample(x, { from: 44100, to: 44100 });
    expect(copy).toEqual(x);
    expect(copy.buffer).not.toBe(x.buffer);
  });

  it("goes from 1 Hz to 1 MHz and back with small filters", () => {
    const high = resample(Float32Array.of(0.5, 0.5), { from: 1, to: 1e6 });
    expect(high.length).toBe(2e6);
    // Two equal samples: symmetric about the middle between them, where their sines add up most.
    for (let k = 0; k <= 500_000; k += 1000) expect(high[500_000 - k]).toBeCloseTo(high[500_000 + k] ?? 0, 6);
    // sinc(0.9566 / 2), weighted by next to no window, twice half.
    expect(high[500_000]).toBeCloseTo(Math.sin(Math.PI * 0.4783) / (Math.PI * 0.5), 3);
    const low = resample(new Float32Array(3e6).fill(0.5), { from: 1e6, to: 1 });
    expect(low.length).toBe(3);
    // From 0 to 3 s: 1 s and 2 s lie alike, but for a part in a million.
    expect(low[1]).toBeCloseTo(low[2] ?? 0, 5);
  });

  it("holds its accuracy at ratios of thousands", () => {
    const up = resample(sine32(300, 0.05, 1), { from: 1, to: 2000.5 });
    expect(errorDb(up, sine64(600_150, 0.05, 2000.5), 112 * 2001)).toBeLessThan(-130);
    const down = resample(sine32(900_225, 0.05, 2000.5), { from: 2000.5, to: 1 });
    expect(errorDb(down, sine64(450, 0.05, 1), 112)).toBeLessThan(-130);
  });

  it("lowers a rate in steps with the result of its parts", () => {
    const x = Float64Array.from({ length: 600_000 }, (_, n) => Math.sin(n * n * 1e-9) + (n > 250_000 ? 0.5 : 0));
    const ours = resample(x, { from: 1920, to: 1 });
    const first = resample(x, { from: 1920, to: 60 });
    const parts = resample(first, { from: 60, to: 1 });
    // The parts cut the ringing off at the ends of the middle rate; the steps inside one call do not.
    expect(errorDb(ours, parts, 112)).toBeLessThan(-140);
  });

  it("resamples every channel of a recording", () => {
    const channels = [sine32(500, 300, 8000), sine32(500, 900, 8000)];
    const { channels: out, sampleRate } = resampleRecording({ channels, sampleRate: 8000 }, 16000);
    expect(sampleRate).toBe(16000);
    expect(out[1]).toEqual(resample(channels[1]!, { from: 8000, to: 16000 }));
    expect(out[0]).toEqual(resample(channels[0]!, { from: 8000, to: 16000 }));
  });

  it("refuses impossible rates and samples, and names them", () => {
    const x = new Float32Array(10);
    for (const rate of [0, -8000, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => resample(x, { from: rate, to: 8000 })).toThrow(`${rate} Hz`);
      expect(() => resample(x, { from: 8000, to: rate })).toThrow(`${rate} Hz`);
    }
    expect(() => resample(x, { from: 1, to: 2e6 })).toThrow("more than 1048576");
    expect(() => resample(x, { from: 1_000_003, to: 1, quality: "scipy" })).toThrow("20000061 coefficients");
    expect(() => resample(new Float32Array(9000), { from: 1, to: 1e6 })).toThrow("9000000000 at 1000000 Hz");
    expect(() => resample(x, { from: 1, to: 2, quality: "soxr" as "best" })).toThrow('"soxr"');
    for (const quality of ["best", "fft"] as const) {
      const channels = [new Float32Array(4000), new Float32Array(4000)];
      channels[1]![2000] = Number.NaN;
      expect(() => resampleRecording({ channels, sampleRate: 8000 }, 44100, { quality })).toThrow(
        "channel 2: sample 2000 (at 0.2500 s) is NaN",
      );
    }
  });
});
