import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLoudnessMeter } from "./loudness-meter.ts";

const rate = 8000;
const sound = [0.37, 0.41].map((factor) =>
  Float32Array.from({ length: 4 * rate }, (_, n) => Math.sin(n * n * factor) * (n > 2 * rate ? 0.5 : 0.05)),
);

describe("createLoudnessMeter", () => {
  it("shows the same whatever the blocks", () => {
    const whole = createLoudnessMeter({ sampleRate: rate, channels: 2, truePeak: "measured" });
    whole.push(sound);
    const expected = whole.end();
    expect(expected.integratedLufs).toBeGreaterThan(-20);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9000 }), { maxLength: 8 }), (sizes) => {
        const meter = createLoudnessMeter({ sampleRate: rate, channels: 2, truePeak: "measured" });
        let done = 0;
        for (const size of [...sizes, 4 * rate]) {
          meter.push(sound.map((x) => x.subarray(done, done + size)));
          done += size;
        }
        expect(meter.end()).toEqual(expected);
      }),
      { seed: 1, numRuns: 20 },
    );
  });

  it("shows silence before its first block", () => {
    const meter = createLoudnessMeter({ sampleRate: rate, channels: 1 });
    meter.push([new Float32Array(3199).fill(0.5)]);
    expect(meter.read()).toEqual({
      momentaryLufs: Number.NEGATIVE_INFINITY,
      largestMomentaryLufs: Number.NEGATIVE_INFINITY,
      shortTermLufs: Number.NEGATIVE_INFINITY,
      largestShortTermLufs: Number.NEGATIVE_INFINITY,
      integratedLufs: Number.NEGATIVE_INFINITY,
      rangeLu: 0,
    });
  });

  it("forgets a sound completely: silence after it is silence", () => {
    const meter = createLoudnessMeter({ sampleRate: rate, channels: 2 });
    meter.push(sound);
    meter.push([new Float32Array(20 * rate), new Float32Array(20 * rate)]);
    const { momentaryLufs, largestMomentaryLufs } = meter.read();
    expect(momentaryLufs).toBe(Number.NEGATIVE_INFINITY);
    expect(largestMomentaryLufs).toBeGreaterThan(-20);
  });

  it("counts the place of a bad sample from the beginning", () => {
    const meter = createLoudnessMeter({ sampleRate: rate, channels: 1 });
    meter.push([new Float32Array(4000)]);
    expect(() => meter.push([Float32Array.of(0, Number.NaN)])).toThrow("sample 4001 (at 0.5001 s) is NaN");
    expect(() => meter.push([])).toThrow("1 channels are measured, 0 came");
  });
});
