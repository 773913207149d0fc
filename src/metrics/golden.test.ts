import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  applyFir,
  errorToSignalRatio,
  errorToSignalRatioDcBlocked,
  fitBestGain,
  fitLinearFir,
  judge,
  meanAbsoluteError,
  multiResolutionStft,
} from "./index.ts";

// Made by PyTorch in float64: fixtures/metrics/make.py.
const golden = JSON.parse(readFileSync(new URL("../../fixtures/metrics/golden.json", import.meta.url), "utf8")) as {
  samples: number;
  checksum: number[];
  esr: number;
  esrDcBlocked: number;
  mae: number;
  resolutions: [number, number, number][];
  distances: number[];
  mrstft: number;
  segments: { lengths: number[]; esrDcBlocked: number; mrstft: number };
  gain: number;
  fir: { taps: number; spans: [number, number][]; coefficients: number[] };
};

const triangle = (n: number, period: number) => {
  const position = n % (4 * period);
  if (position < period) return position;
  return position < 3 * period ? 2 * period - position : position - 4 * period;
};

/** The generator's signals: whole numbers / 32768, so they are the same in Python and here. */
function makeSignals(samples: number) {
  const [dry, target, predicted] = [new Float32Array(samples), new Float32Array(samples), new Float32Array(samples)];
  let state = 12345;
  for (let n = 0; n < samples; n++) {
    state = (Math.imul(1103515245, state) + 12345) & 0x7fffffff;
    const noise = ((state >>> 16) % 512) - 256;
    const level = 1 + (Math.floor(n / 1500) % 4);
    const value = level * (20 * triangle(n, 53) + 35 * triangle(n, 17) + 60 * triangle(n, 7)) + noise;
    const clipped = Math.max(-4000, Math.min(3500, value));
    dry[n] = value / 32768;
    target[n] = (clipped + 300) / 32768;
    predicted[n] = (clipped - Math.floor(clipped / 16) + Math.floor(noise / 4)) / 32768;
  }
  return { dry, target, predicted };
}

const { dry, target, predicted } = makeSignals(golden.samples);
// Both sides compute in float64 on the same exact samples: only the order of sums differs.
const relative = (found: number, expected: number) => Math.abs(found / expected - 1);
const TOLERANCE = 1e-11;

describe("metrics against PyTorch in float64", () => {
  it("starts from the same signals", () => {
    const sum = (x: Float32Array) => x.reduce((total, value) => total + value * 32768, 0);
    expect([dry, target, predicted].map(sum)).toEqual(golden.checksum);
  });

  it("errorToSignalRatio, raw and DC-blocked, and meanAbsoluteError", () => {
    expect(relative(errorToSignalRatio(predicted, target), golden.esr)).toBeLessThan(TOLERANCE);
    expect(relative(errorToSignalRatioDcBlocked(predicted, target), golden.esrDcBlocked)).toBeLessThan(TOLERANCE);
    expect(relative(meanAbsoluteError(predicted, target), golden.mae)).toBeLessThan(TOLERANCE);
  });

  it("multiResolutionStft, each resolution and their mean", () => {
    for (const [r, [fftSize, hop, window]] of golden.resolutions.entries()) {
      const found = multiResolutionStft(predicted, target, { resolutions: [{ fftSize, hop, window }] });
      expect(relative(found, golden.distances[r]!)).toBeLessThan(TOLERANCE);
    }
    expect(relative(multiResolutionStft(predicted, target), golden.mrstft)).toBeLessThan(TOLERANCE);
  });

  it("judge, over segments of which one is too short for the spectra", () => {
    const scores = judge(predicted, target, { segments: golden.segments.lengths });
    expect(relative(scores.esrDcBlocked, golden.segments.esrDcBlocked)).toBeLessThan(TOLERANCE);
    expect(relative(scores.mrstft, golden.segments.mrstft)).toBeLessThan(TOLERANCE);
    expect(scores.esr).toBe(errorToSignalRatio(predicted, target));
    expect(scores.mae).toBe(meanAbsoluteError(predicted, target));
  });

  it("fitBestGain and fitLinearFir over three spans", () => {
    expect(relative(fitBestGain(dry, target), golden.gain)).toBeLessThan(TOLERANCE);
    const spans = golden.fir.spans.map(([start, end]) => ({ start, end }));
    const found = fitLinearFir(dry, target, { taps: golden.fir.taps, spans });
    // The ridge of 1e-10 and the squared condition of normal equations cost some digits against a QR solution.
    for (const [k, value] of golden.fir.coefficients.entries()) expect(Math.abs(found[k]! - value)).toBeLessThan(1e-6);
    expect(applyFir(dry, found)).toHaveLength(dry.length);
  });
});
