import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { downsample, oversamplingReach, upsample } from "./oversampling.ts";

const factors = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];

function sine(length: number, cyclesPerSample: number, amplitude = 0.5): Float32Array {
  return Float32Array.from({ length }, (_, n) => amplitude * Math.sin(2 * Math.PI * cyclesPerSample * n + 0.3));
}

/** Energy of the difference over energy of `expected`, away from the ends, in dB. */
function errorDb(actual: Float32Array, expected: Float32Array, margin: number): number {
  let error = 0;
  let energy = 0;
  for (let n = margin; n < expected.length - margin; n++) {
    error += ((actual[n] ?? Number.NaN) - (expected[n] ?? 0)) ** 2;
    energy += (expected[n] ?? 0) ** 2;
  }
  return 10 * Math.log10(error / energy);
}

/** Magnitude of the Fourier transform at one frequency. */
function magnitudeAt(x: Float32Array, cyclesPerSample: number): number {
  let re = 0;
  let im = 0;
  for (let n = 0; n < x.length; n++) {
    re += (x[n] ?? 0) * Math.cos(2 * Math.PI * cyclesPerSample * n);
    im += (x[n] ?? 0) * Math.sin(2 * Math.PI * cyclesPerSample * n);
  }
  return Math.hypot(re, im);
}

describe("upsample", () => {
  it("puts a sine at every new instant where the sine itself is, for every factor", () => {
    for (const factor of factors) {
      for (const frequency of [0.01, 0.2, 20_000 / 44_100]) {
        const x = sine(600, frequency);
        const ideal = sine(600 * factor, frequency / factor);
        const margin = factor * oversamplingReach({ factor });
        // The window is designed for 116 dB; 100 dB is what is promised.
        expect(errorDb(upsample(x, { factor }), ideal, margin)).toBeLessThan(-100);
      }
    }
  });

  it("keeps passband and stopband apart by 100 dB, as its answer to one impulse shows", () => {
    for (const factor of [2, 3, 8, 15]) {
      const x = new Float32Array(201);
      x[100] = 1;
      const response = upsample(x, { factor });
      for (let f = 0; f <= 20_000 / 44_100; f += 0.013) {
        const gain = magnitudeAt(response, f / factor) / factor;
        expect(Math.abs(20 * Math.log10(gain))).toBeLessThan(1e-4); // 1e-5 of amplitude, the -100 dB again
      }
      for (let f = 0.5; f <= factor / 2; f += 0.031) {
        expect(20 * Math.log10(magnitudeAt(response, f / factor) / factor)).toBeLessThan(-100);
      }
    }
  });

  it("answers an impulse symmetrically about the same instant", () => {
    for (const factor of factors) {
      const x = new Float32Array(241);
      x[120] = 1;
      const y = upsample(x, { factor });
      const centre = 120 * factor;
      expect(y.indexOf(Math.max(...y))).toBe(centre);
      // Normalising each phase on its own moves mirrored taps apart by float64 rounding; float32 hides it to 1 ulp.
      for (let k = 1; k <= 119 * factor; k++) expect(y[centre - k]).toBeCloseTo(y[centre + k] ?? Number.NaN, 7);
    }
  });

  it("passes a constant unchanged away from the ends", () => {
    for (const factor of factors) {
      const y = upsample(new Float32Array(300).fill(0.75), { factor });
      const margin = factor * oversamplingReach({ factor });
      // The kernel's filters are in float32: their sum is 1 to the last place.
      for (const v of y.subarray(margin, y.length - margin)) expect(v).toBeCloseTo(0.75, 6);
    }
  });
});

describe("downsample", () => {
  it("gives back what was upsampled", () => {
    for (const factor of factors) {
      for (const frequency of [0.003, 0.2, 20_000 / 44_100]) {
        const x = sine(900, frequency);
        const back = downsample(upsample(x, { factor }), { factor });
        // Twice the reach: the first pass has already bent the ends that the second one looks at.
        expect(errorDb(back, x, 2 * oversamplingReach({ factor }))).toBeLessThan(-100);
      }
    }
  });

  it("removes by 100 dB what the lower rate cannot hold", () => {
    for (const factor of factors) {
      for (let f = 0.5; f <= factor / 2; f += 0.0917) {
        const x = sine(600 * factor, f / factor, 1);
        const y = downsample(x, { factor });
        const reach = oversamplingReach({ factor });
        expect(Math.max(...y.subarray(reach, y.length - reach))).toBeLessThan(1e-5);
      }
    }
  });

  it("keeps an impulse at its instant", () => {
    for (const factor of factors) {
      const x = new Float32Array(241 * factor);
      x[120 * factor] = 1;
      const y = downsample(x, { factor });
      expect(y.indexOf(Math.max(...y))).toBe(120);
      for (let k = 1; k <= 120; k++) expect(y[120 - k]).toBeCloseTo(y[120 + k] ?? Number.NaN, 7);
    }
  });
});

describe("both", () => {
  it("have exact lengths, none included", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 2, max: 16 }), (length, factor) => {
        expect(upsample(new Float32Array(length), { factor }).length).toBe(length * factor);
        expect(downsample(new Float32Array(length), { factor }).length).toBe(Math.ceil(length / factor));
      }),
    );
  });

  it("give the same samples in pieces that overlap by the reach as in one go", () => {
    const noise = Float32Array.from({ length: 700 }, (_, n) => Math.sin(n * n * 0.37));
    for (const factor of [2, 5, 8, 16]) {
      const reach = oversamplingReach({ factor });
      const whole = upsample(noise, { factor });
      const piece = upsample(noise.subarray(300 - reach, 400 + reach), { factor });
      expect(piece.subarray(reach * factor, (reach + 100) * factor)).toEqual(
        whole.subarray(300 * factor, 400 * factor),
      );
      const down = downsample(whole, { factor });
      const downPiece = downsample(whole.subarray((300 - reach) * factor, (400 + reach) * factor), { factor });
      expect(downPiece.subarray(reach, reach + 100)).toEqual(down.subarray(300, 400));
    }
  });

  it("refuse a factor that is not a whole number from 2 to 16, and name it", () => {
    for (const factor of [0, 1, 17, 2.5, Number.NaN]) {
      expect(() => upsample(new Float32Array(4), { factor })).toThrow(`factor is ${factor}`);
      expect(() => downsample(new Float32Array(4), { factor })).toThrow(`factor is ${factor}`);
    }
  });
});
