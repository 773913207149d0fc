import { describe, expect, it } from "vitest";
import { createRandom } from "../../kernels/index.ts";
import { presetLogMel, presetMfcc, type MelPresetName, melPresets } from "../mel/presets.ts";
import { delta } from "../mel/delta.ts";
import { mfcc } from "../mel/mfcc.ts";
import { chromaCqt, chromaStft } from "../pitch/chroma.ts";
import { constantQ, magnitudes } from "../pitch/constant-q.ts";
import { estimateTuning } from "../pitch/tuning.ts";
import { spectrogram } from "../spectrum/stft.ts";
import { computeFrontEnd } from "./front-end.ts";
import { createFrontEndCollector } from "./front-end-collector.ts";
import { frontEnd, parseFrontEnd } from "./front-end-document.ts";
import { featureKind, featureKinds, frontEndPreset } from "./presets.ts";
import { reasonsNotLive } from "./reasons-not-live.ts";

/** Chords that are a little sharp, in noise that swells, with a pause. */
function music(sampleRate: number, seconds = 1.2): Float64Array {
  const random = createRandom(5);
  return Float64Array.from({ length: Math.round(seconds * sampleRate) }, (_, n) => {
    const t = n / sampleRate;
    if (t > 0.7 && t < 0.8) return 0;
    const root = t < 0.6 ? 220 : 330;
    const tone = [1, 1.26, 1.5].reduce((sum, ratio) => sum + Math.sin(2 * Math.PI * 1.012 * root * ratio * t), 0);
    return 0.1 * tone + 0.05 * t * random.normal();
  });
}

const names = Object.keys(melPresets) as MelPresetName[];

/** Largest difference, with infinity for tables of other shapes. */
function difference(a: { rows: number; frames: number; values: Float64Array }, b: typeof a): number {
  if (a.rows !== b.rows || a.frames !== b.frames) return Number.POSITIVE_INFINITY;
  return a.values.reduce((most, value, n) => Math.max(most, Math.abs(value - b.values[n]!)), 0);
}

describe("frontEndPreset", () => {
  for (const name of names) {
    const { sampleRate } = melPresets[name];
    const x = music(sampleRate);

    it(`computes the mel bands of ${name} as its own function does`, () => {
      const found = computeFrontEnd(x, frontEndPreset(name, ["log-mel"]));
      // Decibels or logarithms; the same sums in another order.
      expect(difference(found, presetLogMel(x, { preset: name, sampleRate }))).toBeLessThan(1e-9);
    });

    it(`computes the coefficients of ${name}, or says that it has none`, () => {
      if (name === "panns" || name === "whisper") {
        expect(() => frontEndPreset(name, ["mfcc"])).toThrow("no coefficients");
        return;
      }
      const found = computeFrontEnd(x, frontEndPreset(name, ["mfcc"]));
      expect(difference(found, presetMfcc(x, { preset: name, sampleRate }))).toBeLessThan(1e-9);
    });

    it(`knows every feature within the frames of ${name}`, () => {
      for (const kind of featureKinds) {
        if (kind === "mfcc" && (name === "panns" || name === "whisper")) continue;
        const document = frontEndPreset(name, [kind]);
        expect(parseFrontEnd(JSON.parse(JSON.stringify(document)))).toEqual(document);
        expect(document.sampleRate).toBe(sampleRate);
        const { rows, values } = computeFrontEnd(x.subarray(0, sampleRate / 2), document);
        expect(rows, kind).toBeGreaterThan(0);
        expect(values.every(Number.isFinite), `${name} ${kind}`).toBe(true);
      }
    });
  }

  it("is librosa where librosa estimates a tuning", () => {
    const sampleRate = 22050;
    const x = music(sampleRate);
    const tuning = estimateTuning(spectrogram(x), { sampleRate, binsPerOctave: 36 });
    // 1.2 % sharp is 0.21 of a semitone; of a third of a semitone that is -0.38 of the next one.
    expect(tuning).toBeCloseTo(-0.38, 1);
    const bins = { bins: 252, binsPerOctave: 36 };
    const expected = chromaCqt(magnitudes(constantQ(x, { sampleRate, ...bins, tuning })), { binsPerOctave: 36 });
    expect(difference(computeFrontEnd(x, frontEndPreset("librosa", ["chroma_cqt"])), expected)).toBe(0);
    const chroma = computeFrontEnd(x, frontEndPreset("librosa", ["chroma_stft"]));
    expect(difference(chroma, chromaStft(x, { sampleRate }))).toBeLessThan(1e-12);
  });

  it("keeps sizes in samples or in milliseconds at other rates, as its source does", () => {
    const librosa = frontEndPreset("librosa", ["mfcc"], { sampleRate: 44100 });
    expect(librosa).toMatchObject({ sampleRate: 44100, fftSize: 2048, hop: 512, features: [{ fmaxHz: null }] });
    const kaldi = frontEndPreset("kaldi", ["fbank"], { sampleRate: 8000 });
    expect(kaldi).toMatchObject({ sampleRate: 8000, fftSize: 200, hop: 80 });
    expect(computeFrontEnd(new Float32Array(8000), kaldi)).toMatchObject({ rows: 23, frames: 98 });
    expect(() => frontEndPreset("whisper", ["log-mel"], { sampleRate: 44100 })).toThrow("for 16000 Hz");
  });

  it("says the window that is computed: Kaldi's povey, HTK's hamming, for their own features and for others", () => {
    for (const [name, window] of [
      ["kaldi", "povey"],
      ["htk", "hamming"],
    ] as const) {
      const document = frontEndPreset(name, ["fbank", "mfcc", "spectrogram"]);
      expect(document).toMatchObject({ window, features: [{ window }, { window }, { kind: "spectrogram" }] });
    }
    // The lowest bin of a constant is the sum of the window.
    const povey = Array.from({ length: 400 }, (_, n) => Math.sin((Math.PI * n) / 400) ** 1.7);
    const { values } = computeFrontEnd(new Float64Array(400).fill(1), frontEndPreset("kaldi", ["spectrogram"]));
    expect(values[0]).toBeCloseTo(
      povey.reduce((sum, w) => sum + w, 0),
      9,
    );
  });

  it("takes librosa's names and short ones, and lists all kinds for others", () => {
    expect(["zero_crossing_rate", "ZCR", "chroma_stft", "melspectrogram", "cqt", "mfcc"].map(featureKind)).toEqual([
      "zero-crossing-rate",
      "zero-crossing-rate",
      "chroma",
      "mel",
      "constant-q",
      "mfcc",
    ]);
    expect(() => featureKind("toString")).toThrow('no feature "toString"');
    try {
      frontEndPreset("librosa", ["mffc"]);
      expect.unreachable();
    } catch (error) {
      expect((error as { hint: string }).hint).toContain("mel, log-mel, mfcc, pcen");
    }
    expect(() => frontEndPreset("toString" as MelPresetName, ["mfcc"])).toThrow("no front end");
  });
});

describe("a front end with deltas", () => {
  const sampleRate = 22050;
  const x = music(sampleRate);

  it("stacks librosa's deltas below, and is not live", () => {
    const document = frontEnd({ ...frontEndPreset("librosa", ["mfcc"]), deltas: 2 });
    const table = computeFrontEnd(x, document);
    const base = mfcc(x, { sampleRate });
    const parts = [base, delta(base), delta(base, { order: 2 })];
    expect(table.rows).toBe(60);
    for (const [k, part] of parts.entries()) {
      const own = table.values.slice(k * part.values.length, (k + 1) * part.values.length);
      expect(difference({ ...part, values: own }, part)).toBeLessThan(1e-9);
    }
    expect(reasonsNotLive(document).at(-1)).toContain("deltas");
  });

  it("is what a collector makes of blocks, sound after sound", () => {
    for (const kinds of [["mfcc", "rms", "pcen"], ["pyin", "zcr"], ["chroma-cqt"]]) {
      const document = frontEnd({ ...frontEndPreset("librosa", kinds), deltas: 1 });
      const collector = createFrontEndCollector(document);
      for (const sound of [x.subarray(0, 12_000), x.subarray(14_000)]) {
        for (let n = 0; n < sound.length; n += 7001) collector.push(sound.subarray(n, n + 7001));
        expect(collector.finish()).toEqual(computeFrontEnd(sound, document));
      }
      collector.push(new Float32Array(100));
      expect(() => collector.finish()).toThrow();
      collector.push(x);
      expect(collector.finish()).toEqual(computeFrontEnd(x, document));
    }
  });
});
