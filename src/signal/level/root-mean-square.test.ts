import { describe, expect, it } from "vitest";
import { createRandom } from "../../kernels/index.ts";
import { spectrogram } from "../spectrum/stft.ts";
import { frameRms, spectrogramRms } from "./root-mean-square.ts";

describe("frameRms", () => {
  it("is the root of the mean square of each frame, with zeros around", () => {
    const x = Float32Array.of(3, -3, 3, -3, 3, -3, 3, -3);
    const centred = frameRms(x, { frameLength: 4, hop: 4 });
    expect([centred.rows, centred.frames]).toEqual([1, 3]);
    expect(Array.from(centred.values)).toEqual(
      [3 * Math.SQRT1_2, 3, 3 * Math.SQRT1_2].map((v) => expect.closeTo(v, 12)),
    );
    expect(Array.from(frameRms(x, { frameLength: 4, hop: 4, center: false }).values)).toEqual([3, 3]);
    expect(Array.from(frameRms(x, { frameLength: 4, hop: 4, padMode: "edge" }).values)).toEqual([3, 3, 3]);
  });

  it("refuses no signal, too little of it, NaN, and frames that cannot be", () => {
    const x = new Float64Array(10);
    const short = expect.objectContaining({ code: "signal-too-short" });
    expect(() => frameRms(new Float64Array(0))).toThrow(short);
    expect(() => frameRms(x, { frameLength: 11, center: false })).toThrow(short);
    expect(() => frameRms(x, { hop: 0 })).toThrow(expect.objectContaining({ code: "bad-option" }));
    x[3] = Number.NaN;
    expect(() => frameRms(x)).toThrow(expect.objectContaining({ code: "non-finite-samples" }));
  });
});

describe("spectrogramRms", () => {
  const x = Float64Array.from({ length: 2000 }, createRandom(2).normal);
  for (const frameLength of [64, 65]) {
    it(`equals that of the frames under a rectangular window: ${frameLength} samples`, () => {
      const framing = { hop: 20, center: false };
      const spectra = spectrogram(x, { ...framing, fftSize: frameLength, window: "boxcar" });
      const fromSpectra = spectrogramRms(spectra, { frameLength });
      const fromSamples = frameRms(x, { ...framing, frameLength });
      for (const [t, value] of fromSamples.values.entries()) expect(fromSpectra.values[t]).toBeCloseTo(value, 12);
    });
  }

  it("lies 4.3 dB lower under a Hann window", () => {
    const one = spectrogramRms(spectrogram(new Float64Array(64).fill(1), { fftSize: 64, center: false }));
    expect(one.values[0]).toBeCloseTo(Math.sqrt(3 / 8), 12);
    expect(20 * Math.log10(one.values[0]!)).toBeCloseTo(-4.26, 2);
  });

  it("refuses rows that do not fit", () => {
    const spectra = spectrogram(x, { fftSize: 64 });
    expect(() => spectrogramRms(spectra, { frameLength: 128 })).toThrow(
      expect.objectContaining({ code: "bad-option" }),
    );
  });
});
