import { describe, expect, it } from "vitest";
import { createSilenceMeter } from "./measure-silence.ts";

function measure(samples: readonly number[], piece = 1000) {
  const meter = createSilenceMeter({ sampleRate: 1000 }); // frames of 20 samples
  for (let at = 0; at < samples.length; at += piece) meter.push([Float32Array.from(samples.slice(at, at + piece))]);
  return meter.end();
}

const parts = (...lengths: [number, number][]) =>
  lengths.flatMap(([level, count]) => Array.from({ length: count }, (_, n) => (n % 2 === 0 ? level : -level)));

describe("createSilenceMeter", () => {
  it("finds silence at the beginning, at the end and between", () => {
    const samples = parts([0, 100], [0.5, 200], [0, 60], [0.3, 40], [0, 200]);
    for (const piece of [1, 7, 1000]) {
      const facts = measure(samples, piece);
      expect(facts.leadingSilence).toBeCloseTo(0.1, 12);
      expect(facts.trailingSilence).toBeCloseTo(0.2, 12);
      expect(facts.silentShare).toBeCloseTo(360 / 600, 12);
    }
  });

  it("takes what is 60 dB below the loudest as silence, not what is quiet as a whole", () => {
    expect(measure(parts([0.5, 100], [0.0004, 100])).silentShare).toBeCloseTo(0.5, 12);
    expect(measure(parts([0.5, 100], [0.0006, 100])).silentShare).toBe(0);
    expect(measure(parts([0.002, 100])).silentShare).toBe(0);
  });

  it("calls a recording silent as a whole below -80 dBFS", () => {
    expect(measure(parts([0.00009, 90]))).toEqual({ leadingSilence: 0.09, trailingSilence: 0, silentShare: 1 });
  });

  it("counts a last frame that is not whole by its length", () => {
    const facts = measure(parts([0.5, 40], [0, 10]));
    expect(facts.trailingSilence).toBeCloseTo(0.01, 12);
    expect(facts.silentShare).toBeCloseTo(0.2, 12);
  });
});
