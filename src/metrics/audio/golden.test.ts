import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  errorToSignalRatioOfSegments,
  errorToSignalRatioPreEmphasised,
  errorToSignalRatioWithEpsilon,
} from "./error-to-signal-variants.ts";
import { scaleInvariantSdrDb } from "./scale-invariant-sdr.ts";
import { segmentalSnrDb } from "./segmental-snr.ts";
import { signalToDistortionRatioDb } from "./signal-to-distortion.ts";
import { signalToNoiseRatioDb } from "./signal-to-noise.ts";
import { logSpectralDistanceDb, spectralConvergence } from "./spectral-distances.ts";

// Made by numpy and scipy: fixtures/metrics/audio/make.py.
const { samples, rate, checksum, parts, ...golden } = JSON.parse(
  readFileSync(new URL("../../../fixtures/metrics/audio/golden.json", import.meta.url), "utf8"),
) as Record<string, number> & { samples: number; rate: number; checksum: number[]; parts: number[] };

function noise(count: number, seed: number): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(1103515245, state) + 12345) & 0x7fffffff;
    return ((state >>> 16) % 2048) - 1024;
  });
}

/** Halves go to the even neighbour, as in numpy. */
function round(value: number): number {
  const low = Math.floor(value);
  if (value - low !== 0.5) return Math.round(value);
  return low % 2 === 0 ? low : low + 1;
}

/** The generator's signals: whole numbers / 32768, so they are the same in Python and here. */
function makeSignals() {
  const whole = noise(samples, 1).map((value, n) => value * (1 + Math.floor(n / 1500)) + 4 * (((n * 37) % 501) - 250));
  const error = noise(samples, 2);
  const target = Float32Array.from(whole, (value) => value / 32768);
  const predicted = Float32Array.from(whole, (value, n) => {
    const filtered = round(0.5 * value - 0.25 * (whole[n - 1] ?? 0) + 0.125 * (whole[n - 2] ?? 0));
    return (filtered + Math.floor(error[n]! / 8) + 100) / 32768;
  });
  return { target, predicted };
}

const { target, predicted } = makeSignals();
const close = (found: number, name: string, tolerance = 1e-12) =>
  expect(Math.abs(found / golden[name]! - 1), name).toBeLessThan(tolerance);

// Both sides compute in float64 on the same exact samples: only the order of sums differs.
describe("audio metrics against numpy in float64", () => {
  it("start from the same signals", () => {
    const sum = (values: Float32Array) => values.reduce((total, value) => total + value * 32768, 0);
    expect([sum(target), sum(predicted)]).toEqual(checksum.slice(0, 2));
  });

  it("signalToNoiseRatioDb, scaleInvariantSdrDb, segmentalSnrDb", () => {
    close(signalToNoiseRatioDb(predicted, target), "snr");
    close(scaleInvariantSdrDb(predicted, target), "siSdr");
    close(scaleInvariantSdrDb(predicted, target, { zeroMean: true }), "siSnr");
    close(segmentalSnrDb(predicted, target, { sampleRate: rate }), "segmental");
  });

  it("signalToDistortionRatioDb, whose ridge of 1e-10 costs some digits", () => {
    close(signalToDistortionRatioDb(predicted, target, { taps: 1 }), "sdr1", 1e-9);
    close(signalToDistortionRatioDb(predicted, target, { taps: 16 }), "sdr16", 1e-9);
    close(signalToDistortionRatioDb(predicted, target, { taps: 100 }), "sdr100", 1e-9);
  });

  it("logSpectralDistanceDb and spectralConvergence", () => {
    const small = { fftSize: 256, hop: 100 };
    close(logSpectralDistanceDb(predicted, target), "lsd");
    close(logSpectralDistanceDb(predicted, target, { ...small, powerFloor: 1e-2 }), "lsdSmall");
    close(spectralConvergence(predicted, target), "convergence");
    close(spectralConvergence(predicted, target, small), "convergenceSmall");
  });

  it("the variants of the error-to-signal ratio", () => {
    close(errorToSignalRatioPreEmphasised(predicted, target), "esrPreEmphasised");
    close(errorToSignalRatioPreEmphasised(predicted, target, { segments: parts }), "esrPreEmphasisedParts");
    close(errorToSignalRatioOfSegments(predicted, target, { segments: parts }), "esrOfSegments");
    close(errorToSignalRatioOfSegments(predicted, target, { segments: parts, epsilon: 0.5 }), "esrOfSegmentsEpsilon");
    close(errorToSignalRatioWithEpsilon(predicted, target, { epsilon: 1e-3 }), "esrMean");
    close(errorToSignalRatioWithEpsilon(predicted, target, { epsilon: 1e-3, addedTo: "sum" }), "esrSum");
    close(errorToSignalRatioWithEpsilon(predicted, target, { epsilon: 1e-3, addedTo: "sample" }), "esrSample");
  });
});
