import { describe, expect, it } from "vitest";
import { logarithmOfMel, logMel } from "./log-mel.ts";
import { melSpectrogram } from "./mel-spectrogram.ts";

const row = (...values: number[]) => ({ rows: 1, frames: values.length, values: Float64Array.from(values) });
const of = (...args: Parameters<typeof logarithmOfMel>) => Array.from(logarithmOfMel(...args).values);

describe("logarithmOfMel", () => {
  it("takes decibels with librosa's limit unless told otherwise", () => {
    expect(of(row(1, 100, 0), { kind: "db" })).toEqual([0, 20, -60]);
    expect(of(row(1, 0), { kind: "db", topDb: null })).toEqual([0, -100]);
  });

  it("takes natural logarithms above a floor or with an offset", () => {
    expect(of(row(Math.E, 0), { kind: "ln", floor: 0.5 })).toEqual([1, Math.log(0.5)]);
    expect(of(row(0, 1), { kind: "ln", offset: 0.01 })).toEqual([Math.log(0.01), Math.log(1.01)]);
    expect(() => of(row(1), { kind: "ln" })).toThrow(expect.objectContaining({ code: "bad-option" }));
  });

  it("scales as Whisper does: the loudest 8 decades on a range of 2", () => {
    // log10 4, 0 and the floor at 4 - 8, each plus 4 and divided by 4.
    expect(of(row(1e4, 1, 0), { kind: "whisper" })).toEqual([2, 1, 0]);
  });
});

describe("logMel", () => {
  const x = Float64Array.from({ length: 1600 }, (_, n) => Math.sin(n / 5));
  const options = { sampleRate: 16000, fftSize: 256, hop: 160, mels: 20 };

  it("is the logarithm of the mel spectrogram, with the last frame left out where asked", () => {
    const mel = logarithmOfMel(melSpectrogram(x, options), { kind: "ln", floor: 1e-9 });
    expect(logMel(x, { ...options, logarithm: { kind: "ln", floor: 1e-9 } })).toEqual(mel);
    const shorter = logMel(x, { ...options, logarithm: { kind: "ln", floor: 1e-9 }, dropLastFrame: true });
    expect(shorter.frames).toBe(mel.frames - 1);
    for (let m = 0; m < 20; m++) {
      expect(shorter.values[m * shorter.frames + 7]).toBe(mel.values[m * mel.frames + 7]);
    }
  });

  it("refuses to leave out the only frame", () => {
    expect(() => logMel(x.subarray(0, 100), { ...options, dropLastFrame: true })).toThrow(
      expect.objectContaining({ code: "signal-too-short" }),
    );
  });
});
