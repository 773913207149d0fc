import { decode } from "fast-png";
import { describe, expect, it } from "vitest";
import { drawSpectrogram } from "./figure-spectrogram.ts";

describe("drawSpectrogram", () => {
  it("shows a tone as a bright line at its pitch, and black before it begins", () => {
    const sampleRate = 16_000;
    const tone = Float32Array.from({ length: sampleRate }, (_, n) => {
      return n < sampleRate / 2 ? 0 : 0.5 * Math.sin((2 * Math.PI * 1000 * n) / sampleRate);
    });
    const { png, lowHz, highHz } = drawSpectrogram(tone, { sampleRate, width: 40, height: 60 });
    const { data, channels, width, height } = decode(png);
    expect([width, height, channels]).toEqual([40, 60, 3]);
    const brightness = (x: number, row: number) => {
      const at = channels * ((height - 1 - row) * width + x);
      return data[at]! + data[at + 1]! + data[at + 2]!;
    };
    const column = Array.from({ length: height }, (_, row) => brightness(30, row));
    const brightest = column.indexOf(Math.max(...column));
    const row = (height * Math.log(1000 / lowHz)) / Math.log(highHz / lowHz);
    expect(Math.abs(brightest - row)).toBeLessThan(2);
    expect(brightness(5, brightest)).toBe(6 + 5 + 20);
  });

  it("draws silence and a single sample", () => {
    expect(decode(drawSpectrogram(new Float32Array(100), { sampleRate: 8000 }).png).width).toBe(240);
    expect(decode(drawSpectrogram(Float32Array.of(1), { sampleRate: 1000 }).png).height).toBe(96);
  });
});
