import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { peak, realFft, rms } from "../../signal/index.ts";
import { constantShare, toneAmplitude } from "./measurements.ts";
import { multiTone, planMultiTone } from "./multi-tone.ts";
import { sweep } from "./sweep.ts";
import { standardPairs, twoTone } from "./two-tone.ts";

const sampleRate = 48_000;
const seed = 1;

describe("sweep", () => {
  /** Frequency from the distance of the zero crossings around a time. */
  const frequencyAt = (x: Float64Array, seconds: number) => {
    const crossings: number[] = [];
    for (let n = Math.round(seconds * sampleRate); crossings.length < 5 && n + 1 < x.length; n++) {
      if (x[n]! < 0 && x[n + 1]! >= 0) crossings.push(n + x[n]! / (x[n]! - x[n + 1]!));
    }
    return (4 * sampleRate) / (crossings[4]! - crossings[0]!);
  };

  it("spends the same time in every octave", () => {
    const x = sweep({ seed, sampleRate, seconds: 10, lowHz: 20, highHz: 20_480 }); // 10 octaves
    for (const octave of [2, 3, 5, 7]) {
      // Four periods are measured from there on, in which the pitch rises a little.
      const periods = 4 / (20 * 2 ** octave);
      expect(frequencyAt(x, octave) / (20 * 2 ** (octave + periods / 2))).toBeCloseTo(1, 2);
    }
  });

  it("is reversed for the way down", () => {
    const [up, down] = (["up", "down"] as const).map((direction) => sweep({ seed, sampleRate, seconds: 1, direction }));
    expect(down!.every((v, n) => Math.abs(v - up![up!.length - 1 - n]!) < 1e-12)).toBe(true);
  });

  it("gives an impulse when it meets its inverse", () => {
    const seconds = 0.6;
    const x = sweep({ seed, sampleRate, seconds, lowHz: 50, highHz: 16_000 });
    const size = 65_536;
    const padded = (values: Float64Array) => {
      const frame = new Float64Array(size);
      frame.set(values);
      return realFft(frame);
    };
    // The inverse: reversed, and 6 dB quieter per octave towards the high tones that now come first.
    const octaves = Math.log2(16_000 / 50);
    const inverse = Float64Array.from(x, (_, n) => x[x.length - 1 - n]! * 2 ** ((-octaves * n) / x.length));
    const [a, b] = [padded(x), padded(inverse)];
    // The magnitude of the product is flat where the sweep is.
    const level = (hertz: number) => {
      const k = Math.round((hertz / sampleRate) * size);
      return 10 * Math.log10((a.re[k]! ** 2 + a.im[k]! ** 2) * (b.re[k]! ** 2 + b.im[k]! ** 2));
    };
    for (const hertz of [150, 400, 1000, 3000, 8000]) expect(Math.abs(level(hertz) - level(2000))).toBeLessThan(2);
  });

  it("refuses ends that are none", () => {
    expect(() => sweep({ seed, sampleRate, seconds: 1, highHz: 24_000 })).toThrow("24000 Hz at a sample rate of 48000");
    expect(() => sweep({ seed, sampleRate, seconds: 1, lowHz: 200, highHz: 100 })).toThrow("from 200 to 100 Hz");
    expect(() => sweep({ seed, sampleRate, seconds: 1, lowHz: 0 })).toThrow("low end is 0 Hz");
  });
});

describe("multiTone", () => {
  const request = { seed, sampleRate, seconds: 1, tones: 20, lowHz: 40, highHz: 10_000, periodSeconds: 0.25 } as const;

  it("has tones of one amplitude at the planned frequencies, and nothing between", () => {
    const x = multiTone(request);
    const period = x.subarray(12_000, 24_000);
    const { frequenciesHz } = planMultiTone(request);
    const amplitudes = [...frequenciesHz].map((hertz) => toneAmplitude(period, hertz, sampleRate));
    for (const amplitude of amplitudes) expect(amplitude / amplitudes[0]!).toBeCloseTo(1, 9);
    const between = [...frequenciesHz].slice(1).map((hertz, k) => {
      const line = Math.round(((hertz + frequenciesHz[k]!) / 2) * 0.25) / 0.25;
      return frequenciesHz.includes(line) ? 0 : toneAmplitude(period, line, sampleRate);
    });
    expect(Math.max(...between) / amplitudes[0]!).toBeLessThan(1e-9);
  });

  it("spreads its tones evenly over the octaves, on multiples of the period's frequency", () => {
    const { frequenciesHz } = planMultiTone(request);
    expect([frequenciesHz[0], frequenciesHz.at(-1)]).toEqual([40, 10_000]);
    for (const hertz of frequenciesHz) expect(hertz % 4).toBe(0);
    const ratio = (10_000 / 40) ** (1 / 19);
    for (let k = 10; k < 20; k++) expect(frequenciesHz[k]! / frequenciesHz[k - 1]!).toBeCloseTo(ratio, 1);
  });

  it("has different tones, in order, for any number that fits", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        (tones, periodSeconds) => {
          const lines = [...planMultiTone({ ...request, tones, periodSeconds }).frequenciesHz];
          for (let k = 1; k < lines.length; k++) expect(lines[k]! - lines[k - 1]!).toBeGreaterThan(0.9 / periodSeconds);
          expect(lines.at(-1)!).toBeLessThanOrEqual(10_000 + 1e-6);
        },
      ),
    );
  });

  it("has lower peaks with Schroeder's phases than with random ones, where it is even over the Hz", () => {
    const crest = (x: Float64Array) => peak(x) / rms(x);
    const even = { ...request, spacing: "hertz" } as const;
    const schroeder = crest(multiTone(even));
    for (const other of [1, 2, 3, 4]) {
      expect(schroeder).toBeLessThan(0.8 * crest(multiTone({ ...even, seed: other, phases: "random" })));
    }
    expect(schroeder).toBeLessThan(2); // a sine has 1.41, a sum of 20 with all peaks together 6.3
  });

  it("can be even over the Hz", () => {
    const { frequenciesHz } = planMultiTone({ ...request, spacing: "hertz" });
    expect([...frequenciesHz].slice(0, 3)).toEqual([40, 564, 1088]); // 9960 / 19, down to a multiple of 4
  });

  it("refuses more tones than the period has room for, and says how many there can be", () => {
    expect(() => multiTone({ ...request, periodSeconds: 0.001 })).toThrow("20 tones from 40 to 10000 Hz");
    expect(() => multiTone({ ...request, tones: 2.5 })).toThrow("2.5 tones");
  });
});

describe("twoTone", () => {
  it("has the two tones asked for, at the levels asked for, and nothing at their sums and differences", () => {
    for (const pair of Object.values(standardPairs)) {
      const x = twoTone({ seed, sampleRate, seconds: 1, pairs: [pair] });
      const middle = x.subarray(4800, 43_200); // 0.8 s: whole periods of all of them
      const at = (hertz: number) => toneAmplitude(middle, hertz, sampleRate);
      expect(20 * Math.log10(at(pair.secondHz) / at(pair.firstHz))).toBeCloseTo(pair.secondDb, 2);
      for (const hertz of [pair.secondHz - pair.firstHz, pair.secondHz - 2 * pair.firstHz]) {
        expect(at(Math.abs(hertz)) / at(pair.firstHz)).toBeLessThan(1e-4);
      }
    }
  });

  it("chooses pairs below 0.45 of the sample rate, another one every 0.3 s", () => {
    const x = twoTone({ seed, sampleRate: 8000, seconds: 3 });
    let rests = 0;
    for (let k = 1; k < 10; k++) if (Math.abs(x[k * 2400]!) < 0.02 && Math.abs(x[k * 2400 - 1]!) < 0.02) rests++;
    expect(rests).toBe(9);
    expect(constantShare(x)).toBeLessThan(1e-12);
  });
});
