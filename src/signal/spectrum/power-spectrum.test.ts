import { describe, expect, it } from "vitest";
import { powerSpectrum } from "./power-spectrum.ts";
import { createRandom } from "../../kernels/index.ts";

const integral = ({ frequencyHz, powerPerHz }: ReturnType<typeof powerSpectrum>) =>
  powerPerHz.reduce((sum, power) => sum + power, 0) * frequencyHz[1]!;

describe("powerSpectrum", () => {
  it("adds up to the mean square of a sine, and shows it at its frequency", () => {
    const sampleRate = 48000;
    const x = Float32Array.from({ length: 48000 }, (_, n) => 0.5 * Math.sin((2 * Math.PI * 3000 * n) / sampleRate));
    const spectrum = powerSpectrum(x, { sampleRate, fftSize: 1024 });
    // Mean square 0.125; 3000 Hz is the middle of bin 64, so whole periods lie in each frame.
    expect(integral(spectrum)).toBeCloseTo(0.125, 6);
    expect(spectrum.frequencyHz[64]).toBe(3000);
    expect(spectrum.powerPerHz.indexOf(Math.max(...spectrum.powerPerHz))).toBe(64);
  });

  it("is flat for white noise: variance over half the sample rate", () => {
    const x = Float64Array.from({ length: 200_000 }, createRandom(9).normal);
    const { powerPerHz } = powerSpectrum(x, { sampleRate: 2000, fftSize: 64 });
    // About 6000 half-overlapping frames: the deviation of a bin is near 1 / sqrt(6000 * 0.95), five of them is 7 %.
    for (const power of powerPerHz.subarray(1, 32)) expect(Math.abs(power * 1000 - 1)).toBeLessThan(0.07);
  });

  it("keeps the level of a constant, and of a signal shorter than a frame", () => {
    const constant = new Float64Array(256).fill(0.5);
    const { powerPerHz, frequencyHz } = powerSpectrum(constant, { sampleRate: 256, fftSize: 64 });
    // A Hann window has 1.5 bins of noise bandwidth; bins 0 and 1 hold all of the constant. Bin 0: 0.25 / (1.5 * 4 Hz)
    expect(powerPerHz[0]! * frequencyHz[1]! * 1.5).toBeCloseTo(0.25, 12);
    const short = powerSpectrum(Float64Array.from({ length: 100 }, createRandom(3).normal), {
      sampleRate: 100,
      fftSize: 256,
    });
    expect(integral(short)).toBeGreaterThan(0.5);
    expect(integral(short)).toBeLessThan(2);
  });
});
