import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FeatureMatrix } from "../matrix.ts";
import { normalize } from "./normalize.ts";
import { polyFeatures } from "./poly-features.ts";
import { spectralBandwidth } from "./spectral-bandwidth.ts";
import { spectralCentroid } from "./spectral-centroid.ts";
import { spectralContrast } from "./spectral-contrast.ts";
import { spectralFlatness } from "./spectral-flatness.ts";
import { spectralFlux } from "./spectral-flux.ts";
import { spectralRolloff } from "./spectral-rolloff.ts";

/** Frames side by side, each a list of bins. */
const frames = (...lists: number[][]): FeatureMatrix => ({
  rows: lists[0]!.length,
  frames: lists.length,
  values: Float64Array.from(lists[0]!.flatMap((_, k) => lists.map((list) => list[k]!))),
});
const of = ({ values }: FeatureMatrix) => Array.from(values);
/** Bins at 0, 1000, 2000, 3000 and 4000 Hz. */
const at = { sampleRate: 8000 };
const refused = expect.objectContaining({ code: "bad-option" });

describe("spectralCentroid", () => {
  it("is the mean frequency: of one tone its own, of two the middle, of silence 0", () => {
    const magnitude = frames([0, 0, 0, 5, 0], [0, 1, 0, 1, 0], [0, 3, 0, 1, 0], [0, 0, 0, 0, 0]);
    expect(of(spectralCentroid(magnitude, at))).toEqual([3000, 2000, 1500, 0]);
  });

  it("reads frequencies that change from frame to frame", () => {
    const frequenciesHz = frames([10, 20], [30, 50]);
    expect(of(spectralCentroid(frames([1, 1], [1, 3]), { frequenciesHz }))).toEqual([15, 45]);
  });
});

describe("spectralBandwidth", () => {
  it("is the standard deviation of the frequency, or the mean distance with p 1", () => {
    const magnitude = frames([0, 1, 0, 1, 0], [1, 0, 2, 0, 1], [0, 0, 0, 0, 0]);
    expect(of(spectralBandwidth(magnitude, at))).toEqual([1000, Math.sqrt(2e6), 0]);
    expect(of(spectralBandwidth(magnitude, { ...at, p: 1 }))).toEqual([1000, 1000, 0]);
    expect(of(spectralBandwidth(magnitude, { ...at, p: 1, normalized: false }))).toEqual([2000, 4000, 0]);
  });

  it("takes centroids that are given, and refuses the wrong number", () => {
    const magnitude = frames([0, 1, 0, 0, 0]);
    const centroid = { rows: 1, frames: 1, values: Float64Array.of(1500) };
    expect(of(spectralBandwidth(magnitude, { ...at, centroid }))).toEqual([500]);
    const two = { rows: 1, frames: 2, values: new Float64Array(2) };
    expect(() => spectralBandwidth(magnitude, { ...at, centroid: two })).toThrow(refused);
    expect(() => spectralBandwidth(magnitude, { ...at, p: 0 })).toThrow(refused);
  });
});

describe("spectralRolloff", () => {
  it("is the lowest bin by which the share is reached", () => {
    const magnitude = frames([1, 1, 1, 1, 0], [0, 0, 0, 0, 0], [0, 0, 0, 0, 2]);
    expect(of(spectralRolloff(magnitude, { ...at, share: 0.5 }))).toEqual([1000, 0, 4000]);
    expect(of(spectralRolloff(magnitude, { ...at, share: 0.51 }))).toEqual([2000, 0, 4000]);
    expect(of(spectralRolloff(magnitude, at))).toEqual([3000, 0, 4000]);
  });

  it("refuses shares of nothing and of all", () => {
    for (const share of [0, 1, Number.NaN]) expect(() => spectralRolloff(frames([1]), { share })).toThrow(refused);
  });
});

describe("spectralFlatness", () => {
  it("is 1 for equal bins and for silence, and the ratio of the two means else", () => {
    const [equal, silent, unequal] = of(spectralFlatness(frames([3, 3], [0, 0], [1, 2])));
    expect(equal).toBeCloseTo(1, 12);
    expect(silent).toBeCloseTo(1, 12);
    // Energies 1 and 4: geometric mean 2, arithmetic 2.5.
    expect(unequal).toBeCloseTo(0.8, 12);
    expect(of(spectralFlatness(frames([1, 4]), { power: 1 }))[0]).toBeCloseTo(0.8, 12);
    expect(() => spectralFlatness(frames([1]), { floor: 0 })).toThrow(refused);
  });
});

describe("spectralContrast", () => {
  it("takes the largest and smallest bin of each band, and shares the bin below with the band before", () => {
    // Bands 0 to 1000 (bins 0, 1 less its top one), 1000 to 2000 and from 2000 up; each but the first begins one bin
    // lower.
    const found = spectralContrast(frames([7, 1, 3, 9, 2]), { ...at, fminHz: 1000, bands: 2, linear: true });
    expect([found.rows, found.frames]).toEqual([3, 1]);
    expect(of(found)).toEqual([0, 6, 8]);
  });

  it("is in decibels by default, with peaks and valleys limited each", () => {
    const magnitude = frames([1, 1, 1, 1, 1e-12]);
    const options = { ...at, fminHz: 1000, bands: 2 };
    expect(of(spectralContrast(magnitude, options))).toEqual([0, 0, 80]);
    expect(of(spectralContrast(magnitude, { ...options, topDb: null }))).toEqual([0, 0, 100]);
  });

  it("refuses bands that begin too high or hold too little, as it does other nonsense", () => {
    const magnitude = frames([1, 1, 1, 1, 1]);
    for (const options of [
      { fminHz: 1000, bands: 3 },
      { fminHz: 100, bands: 2 },
      { fminHz: 0 },
      { bands: 0 },
      { quantile: 1 },
      { fminHz: 1000, bands: 2, fftSize: 16 },
    ]) {
      expect(() => spectralContrast(magnitude, { ...at, ...options }), JSON.stringify(options)).toThrow(refused);
    }
  });
});

describe("polyFeatures", () => {
  it("finds the line and the parabola that bins lie on, highest power first", () => {
    const [slope, level] = of(polyFeatures(frames([1, 3, 5, 7, 9]), at));
    expect(slope).toBeCloseTo(0.002, 14);
    expect(level).toBeCloseTo(1, 12);
    const parabola = of(polyFeatures(frames([0, 1, 4, 9, 16]), { ...at, order: 2 }));
    expect(parabola[0]! * 1e6).toBeCloseTo(1, 12);
    expect(of(polyFeatures(frames([1, 2, 3, 4, 5]), { ...at, order: 0 }))[0]).toBeCloseTo(3, 12);
  });

  it("refuses more powers than bins", () => {
    expect(() => polyFeatures(frames([1, 2]), { order: 2 })).toThrow(refused);
    expect(() => polyFeatures(frames([1, 2]), { order: 0.5 })).toThrow(refused);
  });
});

describe("spectralFlux", () => {
  const magnitude = frames([0, 0], [3, 4], [0, 6]);

  it("adds up what grew, or its squares, or every change", () => {
    expect(of(spectralFlux(magnitude))).toEqual([0, 7, 2]);
    expect(of(spectralFlux(magnitude, { norm: 2 }))).toEqual([0, 5, 2]);
    expect(of(spectralFlux(magnitude, { rectified: false }))).toEqual([0, 7, 5]);
    expect(of(spectralFlux(magnitude, { lag: 2 }))).toEqual([0, 0, 6]);
    expect(() => spectralFlux(magnitude, { lag: 0 })).toThrow(refused);
  });
});

describe("the shapes of spectra", () => {
  const spectrum = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 9, maxLength: 9 });

  it("do not depend on the level, apart from the flux", () => {
    fc.assert(
      fc.property(fc.array(spectrum, { minLength: 1, maxLength: 4 }), (lists) => {
        const magnitude = frames(...lists);
        const louder = { ...magnitude, values: magnitude.values.map((value) => value * 8) };
        for (const feature of [spectralCentroid, spectralBandwidth, spectralRolloff]) {
          // A factor of 8 changes no digit.
          expect(feature(louder, at)).toEqual(feature(magnitude, at));
        }
        expect(normalize(louder)).toEqual({
          ...magnitude,
          values: normalize(magnitude).values.map((v) => v),
        });
      }),
      { seed: 9 },
    );
  });

  it("refuse NaN and negative numbers", () => {
    for (const feature of [spectralCentroid, spectralBandwidth, spectralRolloff, spectralFlatness, spectralContrast]) {
      expect(() => feature(frames([0, Number.NaN, 1]))).toThrow(expect.objectContaining({ code: "non-finite-values" }));
      expect(() => feature(frames([0, -1, 1]))).toThrow(expect.objectContaining({ code: "negative-magnitude" }));
    }
    for (const feature of [polyFeatures, spectralFlux]) {
      expect(() => feature(frames([0, 1, Number.NaN]))).toThrow("row 2 of frame 0 is NaN");
    }
  });
});
