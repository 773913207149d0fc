import { describe, expect, it } from "vitest";
import { applyPickup } from "./training-signal-pickup.ts";

const sampleRate = 44_100;

function gainAt(hertz: number, quality: number): number {
  const response = new Float64Array(8192);
  response[0] = 1;
  applyPickup(response, { resonanceHz: 3000, quality, sampleRate });
  let re = 0;
  let im = 0;
  for (const [n, v] of response.entries()) {
    re += v * Math.cos((2 * Math.PI * hertz * n) / sampleRate);
    im += v * Math.sin((2 * Math.PI * hertz * n) / sampleRate);
  }
  return Math.hypot(re, im);
}

describe("applyPickup", () => {
  it("passes low notes, has its quality as gain at the resonance, and cuts what lies far above", () => {
    for (const quality of [0.7, 1.2, 2]) {
      expect(gainAt(0, quality)).toBeCloseTo(1, 9);
      expect(gainAt(3000, quality)).toBeCloseTo(quality, 6); // the bilinear transform is exact at the resonance
      expect(gainAt(12_000, quality)).toBeLessThan(0.07); // two octaves above: -24 dB
    }
  });
});
