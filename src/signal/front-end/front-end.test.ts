import { describe, expect, it } from "vitest";
import { createRandom } from "../../kernels/index.ts";
import { frameRms } from "../level/root-mean-square.ts";
import { zeroCrossingRate } from "../level/zero-crossing.ts";
import { pcen } from "../level/pcen.ts";
import { logMel } from "../mel/log-mel.ts";
import { melSpectrogram } from "../mel/mel-spectrogram.ts";
import { mfcc } from "../mel/mfcc.ts";
import { chromaStft } from "../pitch/chroma.ts";
import { yin } from "../pitch/yin.ts";
import { onsetStrength } from "../rhythm/onset-strength.ts";
import { spectralBandwidth } from "../spectral/spectral-bandwidth.ts";
import { spectralCentroid } from "../spectral/spectral-centroid.ts";
import { spectralContrast } from "../spectral/spectral-contrast.ts";
import { spectralFlatness } from "../spectral/spectral-flatness.ts";
import { spectralFlux } from "../spectral/spectral-flux.ts";
import { spectralRolloff } from "../spectral/spectral-rolloff.ts";
import { spectrogram } from "../spectrum/stft.ts";
import { computeFrontEnd, createLiveFrontEnd } from "./front-end.ts";
import { type FeatureSpecInput, frontEnd, parseFrontEnd } from "./front-end-document.ts";
import { createNormalisationFit } from "./normalisation.ts";
import { reasonsNotLive } from "./reasons-not-live.ts";

const sampleRate = 16000;
const framing = { sampleRate, fftSize: 1024, hop: 256 };
const random = createRandom(7);
/** A gliding tone in noise, with a pause. */
const x = Float32Array.from({ length: 9000 }, (_, n) => {
  const t = n / sampleRate;
  const tone = 0.3 * Math.sin(2 * Math.PI * (200 * t + 900 * t * t));
  return n > 4000 && n < 4600 ? 0 : tone + 0.05 * random.normal();
});
const magnitude = () => spectrogram(x, framing);
const level = { kind: "db", topDb: null } as const;

/** Every feature that can be computed live, with the function of a whole signal that defines it. */
const live: Record<string, { spec: FeatureSpecInput; whole: () => Float64Array }> = {
  spectrogram: { spec: { kind: "spectrogram" }, whole: () => magnitude().values },
  mel: { spec: { kind: "mel", mels: 40 }, whole: () => melSpectrogram(x, { ...framing, mels: 40 }).values },
  "mel of amplitudes": {
    spec: { kind: "mel", mels: 40, power: 1, htk: true, norm: null },
    whole: () => melSpectrogram(x, { ...framing, mels: 40, power: 1, htk: true, norm: null }).values,
  },
  "log-mel": {
    spec: { kind: "log-mel", mels: 40, logarithm: level },
    whole: () => logMel(x, { ...framing, mels: 40, logarithm: level }).values,
  },
  "log-mel, natural": {
    spec: { kind: "log-mel", mels: 40, logarithm: { kind: "ln", floor: 1e-6 } },
    whole: () => logMel(x, { ...framing, mels: 40, logarithm: { kind: "ln", floor: 1e-6 } }).values,
  },
  mfcc: {
    spec: { kind: "mfcc", mels: 40, logarithm: level, coefficients: 13, lifter: 22 },
    whole: () => mfcc(x, { ...framing, mels: 40, logarithm: level, coefficients: 13, lifter: 22 }).values,
  },
  pcen: {
    spec: { kind: "pcen", mels: 40 },
    whole: () => {
      const mel = melSpectrogram(x, { ...framing, mels: 40, power: 1 });
      return pcen(
        { ...mel, values: mel.values.map((v) => v * 2 ** 31) },
        { sampleRate: framing.sampleRate, hop: framing.hop },
      ).values;
    },
  },
  "onset-strength": {
    spec: { kind: "onset-strength", mels: 40, logarithm: level },
    whole: () => onsetStrength(logMel(x, { ...framing, mels: 40, logarithm: level }), framing),
  },
  "onset-strength, lag 3": {
    spec: { kind: "onset-strength", mels: 40, logarithm: level, lag: 3 },
    whole: () => {
      // The table shifts by the lag as well, the live one only by half a frame and then looks back.
      return onsetStrength(logMel(x, { ...framing, mels: 40, logarithm: level }), { ...framing, lag: 3 });
    },
  },
  chroma: { spec: { kind: "chroma" }, whole: () => chromaStft(x, { ...framing, tuning: 0 }).values },
  rms: { spec: { kind: "rms" }, whole: () => frameRms(x, { frameLength: 1024, hop: 256 }).values },
  "zero-crossing-rate": {
    spec: { kind: "zero-crossing-rate" },
    whole: () => zeroCrossingRate(x, { frameLength: 1024, hop: 256 }).values,
  },
  "spectral-centroid": {
    spec: { kind: "spectral-centroid" },
    whole: () => spectralCentroid(magnitude(), framing).values,
  },
  "spectral-bandwidth": {
    spec: { kind: "spectral-bandwidth" },
    whole: () => spectralBandwidth(magnitude(), framing).values,
  },
  "spectral-rolloff": { spec: { kind: "spectral-rolloff" }, whole: () => spectralRolloff(magnitude(), framing).values },
  "spectral-flatness": { spec: { kind: "spectral-flatness" }, whole: () => spectralFlatness(magnitude()).values },
  "spectral-flux": { spec: { kind: "spectral-flux" }, whole: () => spectralFlux(magnitude()).values },
  "spectral-contrast": {
    spec: { kind: "spectral-contrast", bands: 5, topDb: null },
    whole: () => spectralContrast(magnitude(), { ...framing, bands: 5, topDb: null }).values,
  },
  yin: {
    spec: { kind: "yin", fminHz: 80, fmaxHz: 2000 },
    whole: () => yin(x, { sampleRate, fminHz: 80, fmaxHz: 2000, frameLength: 1024, hop: 256 }),
  },
};

/** The frames of a live front end as a table, shape `[rows, frames]`. */
function liveTable(document: ReturnType<typeof frontEnd>, blocks: readonly number[]): Float64Array {
  const engine = createLiveFrontEnd(document);
  const columns: number[][] = [];
  const take = (features: Float64Array, t: number) => {
    columns[t] = Array.from(features);
  };
  for (let n = 0, b = 0; n < x.length; b++) {
    const size = blocks[b % blocks.length]!;
    engine.push(x.subarray(n, n + size), take);
    n += size;
  }
  engine.flush(take);
  return Float64Array.from({ length: engine.rows * columns.length }, (_, i) => {
    return columns[i % columns.length]![Math.floor(i / columns.length)]!;
  });
}

const largestDifference = (a: Float64Array, b: Float64Array) =>
  a.reduce((most, value, n) => Math.max(most, Math.abs(value - b[n]!)), a.length === b.length ? 0 : Infinity);

describe("a front end", () => {
  for (const [name, { spec, whole }] of Object.entries(live)) {
    it(`computes ${name} as its function of whole signals does`, () => {
      const found = computeFrontEnd(x, frontEnd({ ...framing, features: [spec] }));
      const expected = whole();
      const largest = expected.reduce((a, b) => Math.max(a, Math.abs(b)), 1);
      // The same sums in another order.
      expect(largestDifference(found.values, expected)).toBeLessThan(1e-9 * largest);
    });

    it(`computes ${name} live, bit for bit, whatever the blocks`, () => {
      for (const precision of ["float64", "float32"] as const) {
        const document = frontEnd({ ...framing, precision, features: [spec] });
        const expected = computeFrontEnd(x, document).values;
        for (const blocks of [[128], [1, 700, 33], [9000]]) expect(liveTable(document, blocks)).toEqual(expected);
      }
    });
  }

  it("is as exact in float32 as its rounding allows", () => {
    const features: FeatureSpecInput[] = [{ kind: "log-mel", mels: 40, logarithm: level }];
    const exact = computeFrontEnd(x, frontEnd({ ...framing, features }));
    const fast = computeFrontEnd(x, frontEnd({ ...framing, features, precision: "float32" }));
    // Decibels; the pause holds only the rounding of the frames around it and stays at its floor.
    expect(largestDifference(fast.values, exact.values)).toBeLessThan(1e-3);
    expect(fast.values).not.toEqual(exact.values);
  });

  it("stacks features, and works on mirrored and uncentred frames, odd windows and sizes", () => {
    const features: FeatureSpecInput[] = [{ kind: "rms" }, { kind: "mel", mels: 20 }, { kind: "zero-crossing-rate" }];
    for (const shape of [
      { ...framing, padMode: "reflect" },
      { ...framing, center: false },
      { ...framing, fftSize: 500, hop: 125, windowLength: 401 },
    ] as const) {
      const document = frontEnd({ ...shape, features });
      const table = computeFrontEnd(x, document);
      expect(table.rows).toBe(22);
      const mel = melSpectrogram(x, { ...shape, mels: 20 });
      expect(table.frames).toBe(mel.frames);
      expect(largestDifference(table.values.slice(table.frames, -table.frames), mel.values)).toBeLessThan(1e-10);
      expect(liveTable(document, [77])).toEqual(table.values);
    }
  });

  it("limits to the loudest moment where it is told to, and then refuses to run live", () => {
    const features: FeatureSpecInput[] = [
      { kind: "mfcc", mels: 40, coefficients: 13 },
      { kind: "spectral-contrast", bands: 5 },
      { kind: "onset-strength" },
    ];
    const document = frontEnd({ ...framing, features });
    const { rows, frames, values } = computeFrontEnd(x, document);
    expect(rows).toBe(13 + 6 + 1);
    expect(
      largestDifference(values.slice(0, 13 * frames), mfcc(x, { ...framing, mels: 40, coefficients: 13 }).values),
    ).toBeLessThan(1e-9);
    const contrast = spectralContrast(magnitude(), { ...framing, bands: 5 }).values;
    expect(largestDifference(values.slice(13 * frames, 19 * frames), contrast)).toBeLessThan(1e-9);
    expect(largestDifference(values.slice(19 * frames), onsetStrength(logMel(x, framing), framing))).toBeLessThan(1e-9);
    expect(reasonsNotLive(document)).toHaveLength(3);
    expect(() => createLiveFrontEnd(document)).toThrow("mfcc: it is limited to 80 dB below the loudest moment");
  });

  it("normalises rows by what was measured", () => {
    const features: FeatureSpecInput[] = [{ kind: "log-mel", mels: 8, logarithm: level }, { kind: "rms" }];
    const plain = frontEnd({ ...framing, features });
    const fit = createNormalisationFit();
    fit.add(computeFrontEnd(x.subarray(0, 5000), plain));
    fit.add(computeFrontEnd(x.subarray(5000), plain));
    const document = frontEnd({ ...framing, features, normalisation: fit.result() });
    const parts = [computeFrontEnd(x.subarray(0, 5000), document), computeFrontEnd(x.subarray(5000), document)];
    for (let row = 0; row < 9; row++) {
      const all = parts.flatMap(({ frames, values }) => Array.from(values.subarray(row * frames, (row + 1) * frames)));
      const mean = all.reduce((a, b) => a + b, 0) / all.length;
      expect(mean).toBeCloseTo(0, 10);
      expect(all.reduce((a, b) => a + b * b, 0) / all.length).toBeCloseTo(1, 10);
    }
    expect(liveTable(document, [128])).toEqual(computeFrontEnd(x, document).values);
    expect(() => computeFrontEnd(x, frontEnd({ ...document, features: [{ kind: "rms" }] }))).toThrow("9 rows");
  });

  it("is plain JSON and comes back from it", () => {
    const document = frontEnd({ ...framing, features: [{ kind: "mfcc" }, { kind: "yin" }] });
    expect(parseFrontEnd(JSON.parse(JSON.stringify(document)))).toEqual(document);
  });

  it("says what does not fit", () => {
    expect(() => frontEnd({ sampleRate: 0, features: [{ kind: "rms" }] })).toThrow("sampleRate");
    expect(() => frontEnd({ sampleRate, features: [] })).toThrow("features");
    expect(() => frontEnd({ sampleRate, features: [{ kind: "mfc" } as unknown as FeatureSpecInput] })).toThrow(
      "features.0",
    );
    expect(() => frontEnd({ sampleRate, fftSize: 512, windowLength: 600, features: [{ kind: "rms" }] })).toThrow(
      "window of 600",
    );
    expect(() => parseFrontEnd({ format: "tonewright-front-end", version: 2 })).toThrow("version 2");
    const document = frontEnd({ ...framing, features: [{ kind: "rms" }] });
    expect(() => computeFrontEnd(new Float32Array(0), document)).toThrow("0 samples");
    expect(() => computeFrontEnd(Float32Array.of(0, Number.NaN), document)).toThrow("sample 1");
  });
});
