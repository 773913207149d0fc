import { describe, expect, it } from "vitest";
import { fftFrequencies } from "./frequencies.ts";
import { applyFilterBank, filterSpectrogram, melFilterBank, sparseMelFilterBank } from "./mel-filter-bank.ts";
import { melFrequencies } from "./mel-scale.ts";

/** Filters of 200 Hz in Slaney's straight part: edges 0, 200, 400, 600, 800; bins every 100 Hz. */
const straight = { sampleRate: 1600, fftSize: 16, mels: 3, fmaxHz: 800 };

describe("melFilterBank", () => {
  it("is triangles that reach 1 in the middle, and area 1 with Slaney's norm", () => {
    const plain = melFilterBank({ ...straight, norm: null });
    expect([plain.rows, plain.frames]).toEqual([3, 9]);
    const rows = [
      [0, 0.5, 1, 0.5, 0, 0, 0, 0, 0],
      [0, 0, 0, 0.5, 1, 0.5, 0, 0, 0],
      [0, 0, 0, 0, 0, 0.5, 1, 0.5, 0],
    ];
    // Edges that are bins come out within rounding.
    for (const [n, value] of rows.flat().entries()) expect(plain.values[n]).toBeCloseTo(value, 12);
    const slaney = melFilterBank(straight);
    // 2 / (400 Hz): times 100 Hz per bin and the sum 2 of each triangle it is 1.
    for (const [n, value] of rows.flat().entries()) expect(slaney.values[n]).toBeCloseTo(value / 200, 12);
  });

  it("gives each filter the p-norm 1 where asked", () => {
    const one = melFilterBank({ ...straight, norm: 1 });
    expect(one.values[2]).toBeCloseTo(1 / 2, 12);
    const two = melFilterBank({ ...straight, norm: 2 });
    expect(two.values[2]).toBeCloseTo(1 / Math.sqrt(1.5), 12);
    expect(melFilterBank({ ...straight, norm: Infinity }).values[2]).toBeCloseTo(1, 12);
  });

  it("has its middles at mel frequencies, and sides straight over mels where asked", () => {
    const options = { sampleRate: 16000, fftSize: 512, mels: 20, fminHz: 60, htk: true, norm: null };
    const middles = melFrequencies({ mels: 22, fminHz: 60, fmaxHz: 8000, htk: true });
    const bins = fftFrequencies({ sampleRate: 16000, fftSize: 512 });
    for (const triangles of ["hz", "mel"] as const) {
      const { values } = melFilterBank({ ...options, triangles });
      for (let m = 0; m < 20; m++) {
        const row = Array.from(values.subarray(m * 257, (m + 1) * 257));
        const top = bins[row.indexOf(Math.max(...row))]!;
        expect(Math.abs(top - middles[m + 1]!)).toBeLessThanOrEqual(16000 / 512);
      }
    }
    // Neighbouring triangles add up to 1 between the first and the last middle, on whichever axis they are straight.
    const { values } = melFilterBank({ ...options, triangles: "mel" });
    for (let k = 0; k < 257; k++) {
      if (bins[k]! < middles[1]! || bins[k]! > middles[20]!) continue;
      let sum = 0;
      for (let m = 0; m < 20; m++) sum += values[m * 257 + k]!;
      expect(sum).toBeCloseTo(1, 12);
    }
  });

  it("tells of filters without a bin, and prints nothing", () => {
    const warnings: string[] = [];
    const onWarning = (message: string) => warnings.push(message);
    const bank = melFilterBank({ sampleRate: 8000, fftSize: 64, mels: 40, onWarning });
    expect(bank.values.every((value) => value >= 0)).toBe(true);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^\d+ of 40 mel filters hold no bin/);
    melFilterBank({ sampleRate: 22050, onWarning });
    expect(warnings).toHaveLength(1);
  });

  it("refuses filters above half the sample rate and numbers that make no sense", () => {
    const at = { sampleRate: 16000 };
    for (const options of [
      { ...at, fmaxHz: 8000.1 },
      { ...at, fminHz: 300, fmaxHz: 200 },
      { ...at, fminHz: -1 },
      { ...at, fmaxHz: Number.NaN },
      { ...at, mels: 0 },
      { ...at, mels: 2.5 },
      { ...at, fftSize: 1 },
      { ...at, norm: -1 },
      { sampleRate: 0 },
    ]) {
      expect(() => melFilterBank(options), JSON.stringify(options)).toThrow(
        expect.objectContaining({ code: "bad-option" }),
      );
    }
  });
});

describe("sparseMelFilterBank", () => {
  it("gives the sums that the table gives, of one spectrum and of many", () => {
    for (const options of [
      { sampleRate: 22050, mels: 40 },
      { sampleRate: 8000, fftSize: 64, mels: 40 },
    ]) {
      const table = melFilterBank(options);
      const bank = sparseMelFilterBank(options);
      const spectrum = Float64Array.from({ length: bank.bins }, (_, k) => 1 + ((k * k) % 7));
      const out = new Float64Array(40);
      applyFilterBank(bank, spectrum, out);
      const both = filterSpectrogram(bank, { rows: bank.bins, frames: 1, values: spectrum });
      for (let m = 0; m < 40; m++) {
        let sum = 0;
        for (let k = 0; k < bank.bins; k++) sum += table.values[m * bank.bins + k]! * spectrum[k]!;
        expect(out[m]).toBeCloseTo(sum, 12);
        expect(both.values[m]).toBeCloseTo(sum, 12);
      }
    }
  });

  it("refuses a spectrogram of another size", () => {
    const bank = sparseMelFilterBank(straight);
    const other = { rows: 8, frames: 1, values: new Float64Array(8) };
    expect(() => filterSpectrogram(bank, other)).toThrow(expect.objectContaining({ code: "bad-option" }));
  });
});
