import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { spectrogram } from "../spectrum/stft.ts";
import { applyFilterBank, filterSpectrogram, sparseMelFilterBank } from "./mel-filter-bank.ts";
import { melToStft } from "./mel-to-stft.ts";
import { createNonNegativeFit } from "./non-negative-least-squares.ts";

const filters = { sampleRate: 16000, fftSize: 256 };

describe("melToStft", () => {
  const x = Float64Array.from({ length: 3000 }, (_, n) => Math.sin(n * n * 1e-4) + 0.1 * Math.sin(n));
  const bank = sparseMelFilterBank({ ...filters, mels: 30 });

  for (const power of [1, 2]) {
    it(`gives magnitudes that the filters turn into the mel spectrogram again, at power ${power}`, () => {
      const mel = filterSpectrogram(bank, spectrogram(x, { fftSize: 256, power }));
      const magnitude = melToStft(mel, { ...filters, power, tolerance: 1e-4 });
      expect([magnitude.rows, magnitude.frames]).toEqual([129, mel.frames]);
      expect(magnitude.values.every((value) => value >= 0)).toBe(true);
      const again = filterSpectrogram(bank, { ...magnitude, values: magnitude.values.map((value) => value ** power) });
      for (let t = 0; t < mel.frames; t++) {
        let error = 0;
        let size = 0;
        for (let m = 0; m < 30; m++) {
          error += (again.values[m * mel.frames + t]! - mel.values[m * mel.frames + t]!) ** 2;
          size += mel.values[m * mel.frames + t]! ** 2;
        }
        // The root of a magnitude and back costs no more than rounding.
        expect(Math.sqrt(error / size)).toBeLessThan(1.001e-4);
      }
    });
  }

  it("of silence is silence, also where filters are empty", () => {
    const silence = { rows: 60, frames: 2, values: new Float64Array(120) };
    expect(melToStft(silence, { sampleRate: 8000, fftSize: 64 }).values.every((value) => value === 0)).toBe(true);
  });

  it("refuses decibels, NaN and powers of 0", () => {
    const one = (value: number) => ({ rows: 30, frames: 1, values: new Float64Array(30).fill(value) });
    expect(() => melToStft(one(-3), filters)).toThrow(expect.objectContaining({ code: "negative-magnitude" }));
    expect(() => melToStft(one(Number.NaN), filters)).toThrow(expect.objectContaining({ code: "non-finite-values" }));
    expect(() => melToStft(one(1), { ...filters, power: 0 })).toThrow(expect.objectContaining({ code: "bad-option" }));
  });
});

describe("createNonNegativeFit", () => {
  const golden = JSON.parse(
    readFileSync(new URL("../../../fixtures/signal/mel/librosa-options.json", import.meta.url), "utf8"),
  ) as { readonly fits: readonly { readonly outputs: number[]; readonly error: number }[] };
  const bank = sparseMelFilterBank({ sampleRate: 16000, fftSize: 64, mels: 12 });

  it("comes as near as can be to outputs that no spectrum has", () => {
    const nearest = createNonNegativeFit(bank, { tolerance: 1e-9, iterations: 5000 });
    const spectrum = new Float64Array(bank.bins);
    const found = new Float64Array(12);
    for (const { outputs, error } of golden.fits) {
      nearest(Float64Array.from(outputs), spectrum);
      applyFilterBank(bank, spectrum, found);
      expect(spectrum.every((value) => value >= 0)).toBe(true);
      const ours = Math.hypot(...found.map((value, m) => value - outputs[m]!));
      expect(ours).toBeGreaterThan(error * (1 - 1e-9));
      // It stops where twenty steps gain less than a thousandth of the error's energy.
      expect(ours).toBeLessThan(error * 1.01 + 1e-9 * Math.hypot(...outputs));
    }
  });
});
