import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hzToMel, melFrequencies, melToHz } from "./mel-scale.ts";

describe("hzToMel", () => {
  it("has Slaney's bend at 1000 Hz: 15 mels, and 27 more at 6400 Hz", () => {
    expect(hzToMel(0)).toBe(0);
    expect(hzToMel(200)).toBeCloseTo(3, 12);
    expect(hzToMel(1000)).toBeCloseTo(15, 12);
    expect(hzToMel(6400)).toBeCloseTo(42, 12);
  });

  it("is HTK's formula where asked: 1000 Hz are about 1000 mels", () => {
    expect(hzToMel(700, { htk: true })).toBeCloseTo(2595 * Math.log10(2), 12);
    expect(hzToMel(1000, { htk: true })).toBeCloseTo(999.99, 2);
  });

  it("comes back, and rises", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 96000, noNaN: true }), fc.boolean(), (hz, htk) => {
        expect(Math.abs(melToHz(hzToMel(hz, { htk }), { htk }) - hz)).toBeLessThan(1e-10 * (1 + hz));
        expect(hzToMel(hz + 1, { htk })).toBeGreaterThan(hzToMel(hz, { htk }));
      }),
      { seed: 1 },
    );
  });
});

describe("melFrequencies", () => {
  it("has both ends and equal distances in mel", () => {
    const hz = melFrequencies({ mels: 5, fminHz: 100, fmaxHz: 8000 });
    expect(hz[0]).toBeCloseTo(100, 12);
    expect(hz[4]).toBeCloseTo(8000, 9);
    const mels = Array.from(hz, (frequency) => hzToMel(frequency));
    for (let m = 1; m < 4; m++) expect(mels[m + 1]! - mels[m]!).toBeCloseTo(mels[m]! - mels[m - 1]!, 10);
    expect(Array.from(melFrequencies({ mels: 1, fminHz: 200 }))).toEqual([expect.closeTo(200, 10)]);
  });

  it("refuses ends out of order", () => {
    for (const options of [{ mels: 0 }, { fminHz: -1 }, { fminHz: 200, fmaxHz: 200 }, { fmaxHz: Infinity }]) {
      expect(() => melFrequencies(options)).toThrow(expect.objectContaining({ code: "bad-option" }));
    }
  });
});
