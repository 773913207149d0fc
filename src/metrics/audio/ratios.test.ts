import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../kernels/index.ts";
import { errorToSignalRatio } from "../error-to-signal.ts";
import { scaleInvariantSdrDb } from "./scale-invariant-sdr.ts";
import { segmentalSnrDb } from "./segmental-snr.ts";
import { signalToDistortionRatioDb } from "./signal-to-distortion.ts";
import { signalToNoiseRatioDb } from "./signal-to-noise.ts";

const noise = (samples: number, seed: number) => {
  const random = createRandom(seed);
  return Float64Array.from({ length: samples }, () => 0.1 * random.normal());
};
const scaled = (x: Float64Array, gain: number) => x.map((value) => gain * value);
const code = (code: string) => expect.objectContaining({ code });

describe("signalToNoiseRatioDb", () => {
  it("is 10 log10 of target over error energy", () => {
    // Target energy 9, error energy 5 (as in the test of errorToSignalRatio).
    const [predicted, target] = [Float32Array.of(1, 1, 0), Float32Array.of(1, 2, 2)];
    expect(signalToNoiseRatioDb(predicted, target)).toBeCloseTo(10 * Math.log10(9 / 5), 12);
    expect(signalToNoiseRatioDb(predicted, target)).toBeCloseTo(
      -10 * Math.log10(errorToSignalRatio(predicted, target)),
      12,
    );
  });

  it("is infinite for a match, 0 dB for silence and -6 dB for the inverted signal", () => {
    const target = noise(100, 1);
    expect(signalToNoiseRatioDb(target, target)).toBe(Infinity);
    expect(signalToNoiseRatioDb(new Float64Array(100), target)).toBe(0);
    expect(signalToNoiseRatioDb(scaled(target, -1), target)).toBeCloseTo(-6.0206, 4);
  });
});

describe("scaleInvariantSdrDb", () => {
  it("does not hear level or polarity", () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0.01, max: 100, noNaN: true }), (seed, gain) => {
        const target = noise(50, seed);
        const error = noise(50, seed + 1);
        const predicted = target.map((value, n) => value + 0.3 * error[n]!);
        const found = scaleInvariantSdrDb(predicted, target);
        expect(scaleInvariantSdrDb(scaled(predicted, gain), target)).toBeCloseTo(found, 8);
        expect(scaleInvariantSdrDb(predicted, scaled(target, -gain))).toBeCloseTo(found, 8);
      }),
      { numRuns: 50 },
    );
  });

  it("is the angle between the signals: 0 dB at 45 degrees, nothing at 90", () => {
    expect(scaleInvariantSdrDb(Float64Array.of(1, 1), Float64Array.of(1, 0))).toBeCloseTo(0, 12);
    expect(scaleInvariantSdrDb(Float64Array.of(0, 1), Float64Array.of(1, 0))).toBe(-Infinity);
    expect(scaleInvariantSdrDb(Float64Array.of(3, 0), Float64Array.of(1, 0))).toBe(Infinity);
  });

  it("forgets offsets with zeroMean only", () => {
    const target = noise(1000, 1);
    const predicted = target.map((value) => value + 0.5);
    expect(scaleInvariantSdrDb(predicted, target)).toBeLessThan(0);
    expect(scaleInvariantSdrDb(predicted, target, { zeroMean: true })).toBeGreaterThan(200);
  });
});

describe("signalToDistortionRatioDb", () => {
  it("forgives what its filter can do", () => {
    const target = noise(3000, 4);
    const delayed = Float64Array.from(target, (_, n) => 0.7 * (target[n - 20] ?? 0));
    expect(scaleInvariantSdrDb(delayed, target)).toBeLessThan(-20);
    // All but the 20 samples that the delay has pushed out at the end: 20 of 3000 or 22 dB.
    expect(signalToDistortionRatioDb(delayed, target, { taps: 64 })).toBeGreaterThan(18);
    expect(signalToDistortionRatioDb(delayed, target, { taps: 16 })).toBeLessThan(0);
  });

  it("does not fall with more taps, and stays finite for a sine, whose filter is undecided", () => {
    const sine = Float64Array.from({ length: 2000 }, (_, n) => Math.sin(0.1 * n));
    const hiss = noise(2000, 3);
    const predicted = sine.map((value, n) => Math.tanh(2 * value) + 0.1 * hiss[n]!);
    const found = [1, 2, 8, 64].map((taps) => signalToDistortionRatioDb(predicted, sine, { taps }));
    for (let k = 1; k < found.length; k++) expect(found[k]).toBeGreaterThan(found[k - 1]! - 1e-6);
    expect(found[0]).toBeCloseTo(scaleInvariantSdrDb(predicted, sine), 6);
  });
});

describe("segmentalSnrDb", () => {
  const options = { sampleRate: 1000, frameSeconds: 0.1, overlap: 0 };

  it("limits every frame and leaves silent ones out", () => {
    const target = noise(300, 5).fill(0, 100, 200);
    const predicted = target.map((value, n) => (n < 100 ? value : -9 * value));
    // First frame perfect: 35 dB. Second silent: left out. Third: error ten times the signal, -20 dB, limited to -10.
    expect(segmentalSnrDb(predicted, target, options)).toBe((35 - 10) / 2);
    expect(segmentalSnrDb(predicted, target, { ...options, lowestDb: -40, highestDb: 0 })).toBeCloseTo(-10, 10);
  });

  it("refuses what has no frame", () => {
    expect(() => segmentalSnrDb(noise(99, 1), noise(99, 2), options)).toThrow(code("too-short"));
    expect(() => segmentalSnrDb(noise(300, 1), new Float64Array(300), options)).toThrow(code("silent-target"));
    expect(() => segmentalSnrDb(noise(300, 1), noise(300, 2), { ...options, overlap: 1 })).toThrow(code("bad-option"));
    expect(() => segmentalSnrDb(noise(300, 1).fill(Number.NaN), noise(300, 2), options)).toThrow(/sample 0 is NaN/);
  });
});

describe("ratios in dB", () => {
  it.each([
    ["signalToNoiseRatioDb", signalToNoiseRatioDb],
    ["scaleInvariantSdrDb", scaleInvariantSdrDb],
    ["signalToDistortionRatioDb", signalToDistortionRatioDb],
  ])("%s refuses other lengths, silence and what is no number", (_, metric) => {
    expect(() => metric(noise(4, 1), noise(5, 1))).toThrow(code("length-mismatch"));
    expect(() => metric(noise(4, 1), new Float64Array(4))).toThrow(code("silent-target"));
    expect(() => metric(new Float64Array(0), new Float64Array(0))).toThrow(code("silent-target"));
    expect(() => metric(Float64Array.of(1, Number.NaN), noise(2, 1))).toThrow(code("non-finite-samples"));
    expect(() => metric(noise(2, 1), Float64Array.of(Infinity, 1))).toThrow(code("non-finite-samples"));
  });

  it("refuse a silent prediction where they would have to scale it", () => {
    expect(() => scaleInvariantSdrDb(new Float64Array(4), noise(4, 1))).toThrow(code("silent-prediction"));
    expect(() => signalToDistortionRatioDb(new Float64Array(4), noise(4, 1))).toThrow(code("silent-prediction"));
    expect(() => signalToDistortionRatioDb(noise(4, 1), noise(4, 2), { taps: 0 })).toThrow(code("bad-option"));
  });
});
