import { describe, expect, it } from "vitest";
import { binFrequencies, checkMagnitude, frameSums } from "./check-magnitude.ts";

const table = (...values: number[]) => ({ rows: 2, frames: 2, values: Float64Array.from(values) });

describe("checkMagnitude", () => {
  it("names the bin and the frame of what is no magnitude", () => {
    checkMagnitude(table(0, 1, 2, 3));
    expect(() => checkMagnitude(table(0, 1, -2, 3))).toThrow("bin 1 of frame 0 is -2");
    expect(() => checkMagnitude(table(0, -Infinity, 2, 3))).toThrow(
      expect.objectContaining({ code: "non-finite-values" }),
    );
    expect(() => checkMagnitude(table(0, 1, 2, Number.NaN))).toThrow("bin 1 of frame 1 is NaN");
  });
});

describe("binFrequencies", () => {
  it("are those of the transform, those given, or one for each bin and frame", () => {
    const spectra = table(0, 1, 2, 3);
    expect(Array.from(binFrequencies(spectra, { sampleRate: 8 }).values)).toEqual([0, 4]);
    expect(binFrequencies(spectra, { frequenciesHz: Float64Array.of(1, 2) })).toMatchObject({
      rowStride: 1,
      frameStride: 0,
    });
    expect(binFrequencies(spectra, { frequenciesHz: spectra })).toMatchObject({ rowStride: 2, frameStride: 1 });
  });

  it("must fit", () => {
    expect(() => binFrequencies(table(0, 1, 2, 3), { fftSize: 4 })).toThrow("3 frequencies for a spectrogram of 2 x 2");
    expect(() => binFrequencies(table(0, 1, 2, 3), { frequenciesHz: new Float64Array(1) })).toThrow("1 frequencies");
  });
});

it("frameSums adds up frames, and gives 1 for a silent one", () => {
  expect(Array.from(frameSums(table(0, 1, 0, 3)))).toEqual([1, 4]);
});
