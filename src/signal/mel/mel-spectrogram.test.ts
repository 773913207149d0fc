import { describe, expect, it } from "vitest";
import { createRandom } from "../../kernels/index.ts";
import { spectrogram } from "../spectrum/stft.ts";
import { melFilterBank } from "./mel-filter-bank.ts";
import { createMelFrames, melSpectrogram } from "./mel-spectrogram.ts";

const x = Float64Array.from({ length: 4000 }, createRandom(11).normal);

describe("melSpectrogram", () => {
  for (const power of [1, 2, 0.7]) {
    it(`is the spectrogram times the filter bank, at power ${power}, whatever the number of frames`, () => {
      const bank = melFilterBank({ sampleRate: 8000, fftSize: 256, mels: 20 });
      const spectra = spectrogram(x, { fftSize: 256, hop: 50, power });
      const mel = melSpectrogram(x, { sampleRate: 8000, fftSize: 256, hop: 50, mels: 20, power });
      expect([mel.rows, mel.frames]).toEqual([20, 81]);
      for (let m = 0; m < 20; m++) {
        for (let t = 0; t < 81; t++) {
          let sum = 0;
          for (let k = 0; k < 129; k++) sum += bank.values[m * 129 + k]! * spectra.values[k * 81 + t]!;
          expect(mel.values[m * 81 + t]).toBeCloseTo(sum, 10);
        }
      }
    });
  }

  it("has a hop of 512 samples by default at every size of the transform", () => {
    expect(melSpectrogram(x, { sampleRate: 8000, fftSize: 1024, mels: 20 }).frames).toBe(8);
    expect(melSpectrogram(x, { sampleRate: 8000, mels: 20 }).frames).toBe(8);
  });

  it("is 0 for silence, and one frame for a single sample", () => {
    const silence = melSpectrogram(new Float32Array(1000), { sampleRate: 8000, mels: 20 });
    expect(silence.values.every((value) => value === 0)).toBe(true);
    expect(melSpectrogram(Float32Array.of(1), { sampleRate: 8000, mels: 20 }).frames).toBe(1);
  });

  it("refuses no signal, too little of it, and NaN, with its time", () => {
    const options = { sampleRate: 8000, fftSize: 256, mels: 20 };
    const short = expect.objectContaining({ code: "signal-too-short" });
    expect(() => melSpectrogram(new Float64Array(0), options)).toThrow(short);
    expect(() => melSpectrogram(x.subarray(0, 255), { ...options, center: false })).toThrow(short);
    expect(() => melSpectrogram(x.subarray(0, 128), { ...options, padMode: "reflect" })).toThrow(short);
    const broken = x.slice();
    broken[80] = Number.NaN;
    expect(() => melSpectrogram(broken, options)).toThrow(/sample 80 \(at 0.0100 s\) is NaN/);
  });
});

describe("createMelFrames", () => {
  it("gives the frames one at a time", () => {
    const options = { sampleRate: 8000, fftSize: 256, hop: 50, mels: 20 };
    const whole = melSpectrogram(x, options);
    const frameOf = createMelFrames(options);
    expect(frameOf.frames(x.length)).toBe(whole.frames);
    const mel = new Float64Array(frameOf.mels);
    frameOf.mel(x, 33, mel);
    for (let m = 0; m < 20; m++) expect(mel[m]).toBe(whole.values[m * whole.frames + 33]);
  });
});
