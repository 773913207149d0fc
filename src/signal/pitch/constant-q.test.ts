import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { constantQ, magnitudes, pseudoConstantQ } from "./constant-q.ts";

const sampleRate = 8000;
const sine = (hz: number, samples: number) =>
  Float64Array.from({ length: samples }, (_, n) => 0.5 * Math.sin((2 * Math.PI * hz * n) / sampleRate));
const options = { sampleRate, hop: 256, bins: 48, fminHz: 55 };

describe("constantQ", () => {
  it("has its largest magnitude in the bin of a tone", () => {
    for (const bin of [0, 7, 20, 41]) {
      const { rows, frames, values } = magnitudes(constantQ(sine(55 * 2 ** (bin / 12), 8000), options));
      const t = frames >> 1;
      const column = Array.from({ length: rows }, (_, k) => values[k * frames + t]!);
      expect(column.indexOf(Math.max(...column))).toBe(bin);
    }
  });

  it("gives every tone of one amplitude sqrt(length) / 2 times it, length being that of its filter", () => {
    const quality = 1 / ((2 ** (2 / 12) - 1) / (2 ** (2 / 12) + 1));
    for (const bin of [5, 30, 47]) {
      const hz = 55 * 2 ** (bin / 12);
      const { frames, values } = magnitudes(constantQ(sine(hz, 12000), options));
      // The filters lose up to 1 % of their weights and are not quite flat at their top.
      expect(values[bin * frames + (frames >> 1)]! / (0.25 * Math.sqrt((quality * sampleRate) / hz))).toBeCloseTo(1, 1);
    }
  });

  it("refuses bins that the rate does not hold", () => {
    expect(() => constantQ(sine(100, 4000), { ...options, bins: 84 })).toThrow("above half of 8000 Hz");
    expect(() => constantQ(sine(100, 4000), { ...options, hop: 0 })).toThrow("hop 0");
  });
});

describe("pseudoConstantQ", () => {
  it("equals the definition in numpy", () => {
    const file = new URL("../../../fixtures/signal/pitch/pseudo-constant-q.json", import.meta.url);
    const expected = JSON.parse(readFileSync(file, "utf8")) as { frames: number; values: number[] };
    const x = Float64Array.from({ length: 6000 }, (_, n) => {
      const t = n / sampleRate;
      return 0.5 * Math.sin(2 * Math.PI * (80 * t + 150 * t * t)) + 0.1 * Math.sin(2 * Math.PI * 130.81 * t);
    });
    const found = pseudoConstantQ(x, { sampleRate, hop: 256, bins: 30, fminHz: 65.40639132514966 });
    expect(found.frames).toBe(expected.frames);
    // Twelve digits are stored.
    for (const [n, value] of expected.values.entries()) expect(found.values[n]).toBeCloseTo(value, 9);
  });
});
