import { expect, it } from "vitest";
import { type Biquad, kWeighting } from "./k-weighting.ts";

it("kWeighting is the table of BS.1770 at 48 kHz", () => {
  const [shelf, highPass] = kWeighting(48000);
  // Tables 1 and 2 of ITU-R BS.1770-4, as printed.
  const printed: Biquad[] = [
    { b: [1.53512485958697, -2.69169618940638, 1.19839281085285], a: [-1.69065929318241, 0.73248077421585] },
    { b: [1, -2, 1], a: [-1.99004745483398, 0.99007225036621] },
  ];
  for (const [f, filter] of [shelf, highPass].entries()) {
    for (let k = 0; k < 3; k++) expect(filter.b[k]).toBeCloseTo(printed[f]!.b[k]!, 10);
    for (let k = 0; k < 2; k++) expect(filter.a[k]).toBeCloseTo(printed[f]!.a[k]!, 10);
  }
});

/** Gain in dB of both filters at one frequency. */
function gainDb(frequencyHz: number, sampleRate: number): number {
  const w = (2 * Math.PI * frequencyHz) / sampleRate;
  const power = ([c0, c1, c2]: readonly [number, number, number]) =>
    (c0 + c1 * Math.cos(w) + c2 * Math.cos(2 * w)) ** 2 + (c1 * Math.sin(w) + c2 * Math.sin(2 * w)) ** 2;
  return kWeighting(sampleRate).reduce((sum, { b, a }) => sum + 10 * Math.log10(power(b) / power([1, ...a])), 0);
}

it("kWeighting is the same curve at other rates, as far as they reach", () => {
  for (const frequency of [20, 38, 100, 500, 1000, 2000]) {
    for (const rate of [16000, 22050, 44100, 96000, 192000]) {
      // The bilinear transform bends the curve towards half the rate; 0.3 dB at 2 kHz of 16 kHz.
      expect(Math.abs(gainDb(frequency, rate) - gainDb(frequency, 48000))).toBeLessThan(0.3);
    }
  }
});

it("kWeighting refuses rates without treble", () => {
  for (const rate of [0, 3999, Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => kWeighting(rate)).toThrow(`${rate} Hz`);
});
