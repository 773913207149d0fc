import { describe, expect, it } from "vitest";
import { createRandom } from "../signal/index.ts";
import { fitBestGain } from "./best-gain.ts";
import { applyFir, fitLinearFir } from "./linear-fir.ts";
import { concatenateSpans, spanLengths } from "./spans.ts";

const noise = (samples: number, seed: number) => Float32Array.from({ length: samples }, createRandom(seed).normal);

describe("applyFir", () => {
  it("convolves, with silence before the beginning", () => {
    expect(Array.from(applyFir(Float32Array.of(1, 2, 0, 0), Float64Array.of(1, 0.5, -1)))).toEqual([1, 2.5, 0, -2]);
  });

  it("gives the outputs of spans only, with the samples before them as input", () => {
    const [x, h] = [noise(200, 1), Float64Array.of(0.3, -0.2, 0.1)];
    const spans = [
      { start: 0, end: 10 },
      { start: 150, end: 153 },
    ];
    expect(applyFir(x, h, { spans })).toEqual(concatenateSpans(applyFir(x, h), spans));
    expect(spanLengths(spans)).toEqual([10, 3]);
  });
});

describe("fitLinearFir", () => {
  it("finds the filter that was used", () => {
    const dry = noise(5000, 2);
    const filter = [0.5, -0.3, 0, 0.2, 0.05, -0.6, 0.1, 0.01];
    const found = fitLinearFir(dry, applyFir(dry, Float64Array.from(filter)), { taps: 12 });
    // The wet is rounded to float32 and the ridge is 1e-10: far below 1e-6.
    for (let k = 0; k < 12; k++) expect(found[k]).toBeCloseTo(filter[k] ?? 0, 6);
  });

  it("learns from its spans only, but hears what came before them", () => {
    const dry = noise(4000, 3);
    const wet = applyFir(dry, Float64Array.of(0, 0, 1));
    wet.fill(9, 1000, 3000);
    const found = fitLinearFir(dry, wet, {
      taps: 4,
      spans: [
        { start: 3001, end: 4000 },
        { start: 0, end: 1000 },
      ],
    });
    expect(Array.from(found)).toEqual([0, 0, 1, 0].map((value) => expect.closeTo(value, 6)));
  });

  it("stays finite for a dry signal that leaves the filter undecided", () => {
    const dry = Float32Array.from({ length: 3000 }, (_, n) => Math.sin(0.05 * n));
    const wet = dry.map((v) => 0.5 * v);
    const found = fitLinearFir(dry, wet);
    const output = applyFir(dry, found);
    for (let n = 100; n < 3000; n++) expect(output[n]).toBeCloseTo(wet[n]!, 4);
    expect(Math.max(...found.map(Math.abs))).toBeLessThan(1);
  });

  it("refuses a silent dry signal", () => {
    const silent = new Float32Array(100);
    expect(() => fitLinearFir(silent, noise(100, 1))).toThrow(expect.objectContaining({ code: "silent-input" }));
    expect(() => fitBestGain(silent, noise(100, 1))).toThrow(expect.objectContaining({ code: "silent-input" }));
    expect(() => fitLinearFir(noise(10, 1), noise(11, 1))).toThrow(
      expect.objectContaining({ code: "length-mismatch" }),
    );
  });
});

describe("fitBestGain", () => {
  it("is the slope through the origin, from the given spans", () => {
    expect(fitBestGain(Float32Array.of(1, 2), Float32Array.of(-1, -3))).toBe(-7 / 5);
    expect(fitBestGain(Float32Array.of(1, 2, 5), Float32Array.of(2, 4, 0), { spans: [{ start: 0, end: 2 }] })).toBe(2);
  });
});
