import { describe, expect, it } from "vitest";
import { toneAmplitude } from "./measurements.ts";
import { applySecondOrder, type SecondOrderFilter } from "./second-order-filter.ts";

const sampleRate = 44_100;

/** Gain for a sine: the response to an impulse, seen at one frequency. */
function gainAt(hertz: number, filter: SecondOrderFilter): number {
  const response = new Float64Array(8192);
  response[0] = 1;
  applySecondOrder(response, { ...filter, sampleRate });
  return (toneAmplitude(response, hertz, sampleRate) * response.length) / 2;
}

describe("applySecondOrder", () => {
  it("low: passes what lies below, has its quality as gain at the resonance, cuts what lies far above", () => {
    for (const quality of [0.7, 1.2, 2]) {
      const filter = { kind: "low", frequencyHz: 3000, quality } as const;
      expect(gainAt(0.001, filter)).toBeCloseTo(1, 6);
      expect(gainAt(3000, filter)).toBeCloseTo(quality, 6); // the bilinear transform is exact at the resonance
      expect(gainAt(12_000, filter)).toBeLessThan(0.07); // two octaves above: -24 dB
    }
  });

  it("high: passes what lies above, cuts by 12 dB per octave below", () => {
    const filter = { kind: "high", frequencyHz: 6000, quality: 0.8 } as const;
    expect(gainAt(21_000, filter)).toBeCloseTo(1, 1);
    expect(gainAt(6000, filter)).toBeCloseTo(0.8, 6);
    expect(gainAt(375, filter) / gainAt(750, filter)).toBeCloseTo(0.25, 2);
  });

  it("band: has gain 1 in the middle, and half the power half a bandwidth away", () => {
    const filter = { kind: "band", frequencyHz: 1000, quality: 10 } as const;
    expect(gainAt(1000, filter)).toBeCloseTo(1, 6);
    expect(gainAt(1051, filter)).toBeCloseTo(Math.SQRT1_2, 2); // 1000 * (sqrt(1 + 1/400) + 1/20)
    expect(gainAt(100, filter)).toBeLessThan(0.011);
  });
});
