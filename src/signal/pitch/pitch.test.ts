import { describe, expect, it } from "vitest";
import { isTonewrightError } from "../../errors/index.ts";
import { createRandom } from "../../kernels/index.ts";
import { spectrogram } from "../spectrum/stft.ts";
import { chromaCens, chromaCqt, chromaStft, tonnetz } from "./chroma.ts";
import { pyin } from "./pyin.ts";
import { spectralPeaks } from "./spectral-peaks.ts";
import { estimateTuning, tuningOf } from "./tuning.ts";
import { yin } from "./yin.ts";

const sampleRate = 16000;
const tone = (hz: number, samples: number) =>
  Float64Array.from({ length: samples }, (_, n) =>
    [1, 0.5, 0.25].reduce((sum, a, k) => sum + 0.3 * a * Math.sin((2 * Math.PI * hz * (k + 1) * n) / sampleRate), 0),
  );
const range = { sampleRate, fminHz: 60, fmaxHz: 1000 };
const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return isTonewrightError(error) ? error.code : String(error);
  }
  return "no error";
};

describe("yin", () => {
  for (const hz of [82.41, 220, 440, 880]) {
    it(`hears ${hz} Hz within 5 cents`, () => {
      const found = yin(tone(hz, 16000), range);
      for (const value of found.subarray(4, -4)) expect(Math.abs(1200 * Math.log2(value / hz))).toBeLessThan(5);
    });
  }

  it("stays within its range on noise and silence", () => {
    const noise = Float64Array.from({ length: 8000 }, createRandom(1).normal);
    for (const value of [...yin(noise, range), ...yin(new Float64Array(8000), range)]) {
      expect(value).toBeGreaterThan(59);
      expect(value).toBeLessThan(1100);
    }
  });

  it("refuses what it cannot look for", () => {
    expect(codeOf(() => yin(tone(100, 4000), { ...range, fmaxHz: 9000 }))).toBe("bad-option");
    expect(codeOf(() => yin(tone(100, 4000), { ...range, fminHz: 0 }))).toBe("bad-option");
    expect(codeOf(() => yin(new Float64Array(0), range))).toBe("signal-too-short");
    expect(codeOf(() => yin(new Float64Array(500), { ...range, center: false }))).toBe("signal-too-short");
    expect(codeOf(() => yin(Float64Array.of(1, Number.NaN, 2), range))).toBe("non-finite-samples");
  });
});

describe("pyin", () => {
  it("follows a tone, and says where there is none", () => {
    const noise = createRandom(2);
    const x = new Float64Array(24000).map(() => 0.01 * noise.normal());
    x.set(tone(220, 12000), 6000);
    const { f0Hz, voiced, voicedProbability } = pyin(x, range);
    const frame = (sample: number) => Math.round(sample / 512);
    for (let t = frame(8000); t < frame(16000); t++) {
      expect(voiced[t]).toBe(1);
      expect(voicedProbability[t]).toBeGreaterThan(0.5);
      // Bins are 10 cents wide.
      expect(Math.abs(1200 * Math.log2(f0Hz[t]! / 220))).toBeLessThanOrEqual(10);
    }
    const noisy = [...voicedProbability.subarray(0, frame(5000)), ...voicedProbability.subarray(frame(19500))];
    expect(noisy.reduce((sum, value) => sum + value, 0) / noisy.length).toBeLessThan(0.1);

    const silent = new Float64Array(24000);
    silent.set(tone(220, 12000), 6000);
    const line = pyin(silent, range);
    for (const t of [0, 3, 8, frame(21000), frame(23500)]) expect(line.voiced[t]).toBe(0);
    for (const t of [frame(8000), frame(12000), frame(16000)]) expect(line.voiced[t]).toBe(1);
  });
});

describe("spectralPeaks", () => {
  it("finds a tone between bins", () => {
    const magnitude = spectrogram(tone(443.7, 16000), { fftSize: 2048, hop: 512 });
    const middle = spectralPeaks(magnitude, { sampleRate }).filter(({ frame }) => frame === 15);
    expect(middle).toHaveLength(3);
    for (const [k, { frequencyHz }] of middle.entries())
      expect(Math.abs(frequencyHz - 443.7 * (k + 1))).toBeLessThan(1);
  });
});

describe("estimateTuning", () => {
  it("hears how far a tone is from the scale", () => {
    const detuned = spectrogram(tone(440 * 2 ** (0.2 / 12), 16000), { fftSize: 4096, hop: 1024 });
    expect(estimateTuning(detuned, { sampleRate })).toBeCloseTo(0.2, 1);
    expect(tuningOf([440, 880, 220 * 2 ** (0.3 / 12)])).toBeCloseTo(0, 12);
    expect(tuningOf([])).toBe(0);
  });
});

describe("chroma", () => {
  it("puts a tone into its class", () => {
    for (const [hz, pitchClass] of [
      [261.63, 0],
      [440, 9],
      [466.16, 10],
    ] as const) {
      const { rows, frames, values } = chromaStft(tone(hz, 16000), { sampleRate, tuning: 0 });
      const column = Array.from({ length: rows }, (_, c) => values[c * frames + 12]!);
      expect(column.indexOf(1)).toBe(pitchClass);
    }
  });

  it("folds octaves together", () => {
    const bins = { rows: 24, frames: 1, values: new Float64Array(24) };
    bins.values[4] = 1; // E1
    bins.values[19] = 0.5; // G2
    expect(Array.from(chromaCqt(bins).values)).toEqual([0, 0, 0, 0, 1, 0, 0, 0.5, 0, 0, 0, 0]);
    // Shares of 2/3 and 1/3 pass four and three of the steps: 1 and 0.75, then length 1.
    expect(chromaCens(bins, { smoothFrames: 0 }).values[4]).toBeCloseTo(0.8, 12);
    expect(codeOf(() => chromaCqt(bins, { binsPerOctave: 18 }))).toBe("bad-option");
  });

  it("gives silence as zeros", () => {
    const silence = chromaStft(new Float64Array(4000), { sampleRate, tuning: 0 });
    expect(silence.values.every((value) => value === 0)).toBe(true);
    expect(tonnetz(silence).values.every((value) => value === 0)).toBe(true);
  });
});
