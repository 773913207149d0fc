import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isTonewrightError } from "../../errors/index.ts";
import type { FeatureMatrix } from "../matrix.ts";
import { type KaldiFbankOptions, kaldiFbank, kaldiMfcc } from "./kaldi.ts";
import { type MelPresetName, melPresets, presetLogMel, presetMfcc } from "./presets.ts";

interface Golden {
  readonly samples: number;
  readonly cases: Readonly<
    Record<string, { readonly shape: number[]; readonly frames: number[]; readonly values: number[][] }>
  >;
}

const golden = JSON.parse(
  readFileSync(new URL("../../../fixtures/signal/mel/presets.json", import.meta.url), "utf8"),
) as Golden;

/** The signal of make-presets.py: a chirp of triangles, a little noise, silence in between; exact in both languages. */
const x = Float64Array.from({ length: golden.samples }, (_, n) => {
  if (n >= 4800 && n < 6400) return 0;
  const phase = (3 * n * n + 257 * n) % 8192;
  return 0.5 * (2 * Math.abs((2 * phase) / 8192 - 1) - 1) + 0.125 * (((7919 * n) % 1024) / 1024 - 0.5);
});

function expectGolden(found: FeatureMatrix, name: string): void {
  const { shape, frames, values } = golden.cases[name]!;
  expect([found.rows, found.frames]).toEqual(shape);
  for (const [i, t] of frames.entries()) {
    for (const [row, expected] of values[i]!.entries()) {
      // Ten digits in the file; coefficients near 0 are sums of numbers near 100.
      const error = Math.abs(found.values[row * found.frames + t]! - expected);
      expect(error, `row ${row}, frame ${t}`).toBeLessThan(1e-8 * (1 + Math.abs(expected)));
    }
  }
}

const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return isTonewrightError(error) ? error.code : String(error);
  }
  return "no error";
};

describe("the named front ends give what their published definitions give", () => {
  const rates: Readonly<Record<MelPresetName, number>> = {
    librosa: 22050,
    torchaudio: 16000,
    htk: 16000,
    kaldi: 16000,
    panns: 32000,
    whisper: 16000,
  };
  for (const [name, sampleRate] of Object.entries(rates)) {
    const preset = name as MelPresetName;
    it(`${name}: mel bands`, () => {
      expectGolden(presetLogMel(x, { preset, sampleRate }), `${name}.mel`);
      expect(melPresets[preset].sampleRate).toBe(sampleRate);
      expect(melPresets[preset].name).toBe(name);
    });
    if (golden.cases[`${name}.mfcc`] === undefined) continue;
    it(`${name}: coefficients`, () => expectGolden(presetMfcc(x, { preset, sampleRate }), `${name}.mfcc`));
  }

  it("takes single precision samples", () => {
    const single = presetLogMel(Float32Array.from(x), { preset: "panns", sampleRate: 32000 });
    const double = presetLogMel(x, { preset: "panns", sampleRate: 32000 });
    // The samples are rounded by 6e-8 of themselves; no band of this signal lies 60 dB below another but in silence.
    for (const [n, value] of double.values.entries()) if (value > -60) expect(single.values[n]).toBeCloseTo(value, 2);
  });

  it("refuses another sample rate, an unknown name, and coefficients where there are none", () => {
    expect(codeOf(() => presetLogMel(x, { preset: "panns", sampleRate: 44100 }))).toBe("wrong-sample-rate");
    expect(codeOf(() => presetLogMel(x, { preset: "toString" as "panns", sampleRate: 1 }))).toBe("unknown-preset");
    expect(codeOf(() => presetMfcc(x, { preset: "whisper", sampleRate: 16000 }))).toBe("no-coefficients");
  });
});

describe("kaldiFbank and kaldiMfcc", () => {
  const fbanks: Readonly<Record<string, KaldiFbankOptions>> = {
    "fbank, energy first": { useEnergy: true },
    "fbank, energy last, mean subtracted": { useEnergy: true, htkCompat: true, subtractMean: true },
    "fbank, mirrored ends": { snipEdges: false },
    "fbank, blackman, 400 samples": { window: "blackman", powerOfTwo: false, preEmphasis: 0 },
  };
  for (const [name, options] of Object.entries(fbanks)) {
    it(name, () => expectGolden(kaldiFbank(x, options), name));
  }
  it("mfcc with energies", () => {
    expectGolden(kaldiMfcc(x, { useEnergy: true, rawEnergy: false, energyFloor: 0 }), "mfcc, windowed energy");
    const last = kaldiMfcc(x, { useEnergy: true, htkCompat: true, coefficients: 8, lifter: 0 });
    expectGolden(last, "mfcc, energy last");
  });

  it("gives silence the logarithm of the floor, and linear outputs where asked", () => {
    const silence = new Float64Array(800);
    expect(kaldiFbank(silence).values[0]).toBe(Math.log(2 ** -23));
    expect(kaldiFbank(silence, { useLog: false }).values.every((value) => value === 0)).toBe(true);
    expect(kaldiFbank(silence, { useEnergy: true }).values[0]).toBe(0); // the energy floor is 1
  });

  it("refuses what cannot be, by code", () => {
    expect(codeOf(() => kaldiFbank(new Float64Array(399)))).toBe("signal-too-short");
    expect(codeOf(() => kaldiFbank(Float64Array.from({ length: 400 }, () => Number.NaN)))).toBe("non-finite-samples");
    expect(codeOf(() => kaldiFbank(x, { hopMs: 0 }))).toBe("bad-option");
    expect(codeOf(() => kaldiFbank(x, { preEmphasis: 2 }))).toBe("bad-option");
    expect(codeOf(() => kaldiFbank(x, { melFloor: 0 }))).toBe("bad-option");
    expect(codeOf(() => kaldiFbank(x, { fmaxHz: 9000 }))).toBe("bad-option");
    expect(codeOf(() => kaldiMfcc(x, { coefficients: 24 }))).toBe("bad-option");
  });
});
