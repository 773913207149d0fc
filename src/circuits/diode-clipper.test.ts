import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { simulateDiodeClipper } from "./index.ts";

const sampleRate = 44_100;

/** A sine that swells from silence and back, as a real signal does. */
function swellingSine(length: number, hertz: number, amplitude: number): Float32Array {
  return Float32Array.from(
    { length },
    (_, n) =>
      amplitude * Math.sin((Math.PI * n) / (length - 1)) ** 2 * Math.sin((2 * Math.PI * hertz * n) / sampleRate),
  );
}

function energy(x: Float32Array): number {
  return x.reduce((sum, v) => sum + v * v, 0);
}

function errorDb(actual: Float32Array, expected: Float32Array): number {
  return 10 * Math.log10(energy(actual.map((v, n) => v - (expected[n] ?? 0))) / energy(expected));
}

describe("simulateDiodeClipper", () => {
  it("is an RC low-pass for signals too small for the diodes", () => {
    for (const hertz of [200, 1000, 7234, 15_000]) {
      const amplitude = 0.001; // 1 mV of source
      const x = Float32Array.from(
        { length: 4410 },
        (_, n) => amplitude * Math.cos((2 * Math.PI * hertz * n) / sampleRate),
      );
      const y = simulateDiodeClipper(x, { sampleRate, inputGainVolts: 1 });
      // The diodes' small-signal conductance beside R and C: 2 Is / Vt.
      const conductance = (2 * 2.52e-9) / 45.3e-3;
      const omega = 2 * Math.PI * hertz;
      const real = 1 + 2200 * conductance;
      const imaginary = omega * 2200 * 10e-9;
      const size = amplitude / Math.hypot(real, imaginary);
      const phase = -Math.atan2(imaginary, real);
      for (let n = 1000; n < 3400; n++) {
        // The trapezoidal rule bends the frequency axis: at 15 kHz and 8 times oversampling by 0.6 %.
        expect(Math.abs((y[n] ?? Number.NaN) - size * Math.cos((omega * n) / sampleRate + phase))).toBeLessThan(
          0.005 * amplitude,
        );
      }
    }
  });

  it("keeps to the diodes' voltage at any drive, and odd symmetry", () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 400 }),
        fc.double({ min: 0.01, max: 300, noNaN: true }),
        (samples, inputGainVolts) => {
          const x = Float32Array.from(samples);
          const y = simulateDiodeClipper(x, { sampleRate, inputGainVolts });
          const inverted = simulateDiodeClipper(
            x.map((v) => -v),
            { sampleRate, inputGainVolts },
          );
          for (const [n, v] of y.entries()) {
            // Vt asinh(V / (2 Is R)) is 0.81 V at 300 V. The band limit rings where clipped noise jumps from rail to rail.
            // Where a signal ends in a jump, taking the rate down rings beyond the diodes' 0.9 V or so.
            expect(Math.abs(v)).toBeLessThan(2);
            expect(inverted[n]).toBeCloseTo(-v, 6);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it("answers the same later if it is asked later", () => {
    const x = swellingSine(2000, 440, 0.9);
    const later = new Float32Array(20_000);
    later.set(x, 16_000); // across the border between two pieces
    const y = simulateDiodeClipper(x, { sampleRate });
    const yLater = simulateDiodeClipper(later, { sampleRate });
    // The filters' tails before the first sample are cut off in one case and not in the other: 1e-6 V of 0.6.
    for (const [n, v] of y.entries()) expect(Math.abs((yLater[16_000 + n] ?? Number.NaN) - v)).toBeLessThan(1e-6);
  });

  it("comes closer to the finest solution with every doubling of the oversampling", () => {
    const x = swellingSine(4000, 1319, 0.95);
    const reference = simulateDiodeClipper(x, { sampleRate, oversampling: 16 });
    const errors = [2, 4, 8].map((oversampling) =>
      errorDb(simulateDiodeClipper(x, { sampleRate, oversampling }), reference),
    );
    expect(errors[1]).toBeLessThan((errors[0] ?? 0) - 9);
    expect(errors[2]).toBeLessThan((errors[1] ?? 0) - 9);
    expect(errors[2]).toBeLessThan(-60);
  });

  it("has no delay: the same instants as without oversampling", () => {
    const x = swellingSine(4000, 200, 0.001);
    const oversampled = simulateDiodeClipper(x, { sampleRate, inputGainVolts: 1 });
    const direct = simulateDiodeClipper(x, { sampleRate, inputGainVolts: 1, oversampling: 1 });
    expect(errorDb(oversampled, direct)).toBeLessThan(-80); // one sample of delay would be -31 dB
  });

  it("returns as many samples as it gets", () => {
    for (const length of [0, 1, 5, 16_384, 16_385]) {
      for (const oversampling of [1, 2, 8]) {
        const y = simulateDiodeClipper(new Float32Array(length), { sampleRate, oversampling });
        expect(y.length).toBe(length);
        expect(energy(y)).toBe(0);
      }
    }
  });

  it("refuses impossible values, and names them", () => {
    const x = new Float32Array(10);
    const code = (expected: string) => expect.objectContaining({ code: expected });
    expect(() => simulateDiodeClipper(x, { sampleRate, resistanceOhms: 0 })).toThrow("resistanceOhms is 0");
    expect(() => simulateDiodeClipper(x, { sampleRate: Number.NaN })).toThrow("sampleRate is NaN");
    expect(() => simulateDiodeClipper(x, { sampleRate, inputGainVolts: Number.NaN })).toThrow(code("circuit-value"));
    expect(() => simulateDiodeClipper(x, { sampleRate, oversampling: 0 })).toThrow(code("oversampling-factor"));
    expect(() => simulateDiodeClipper(x, { sampleRate, oversampling: 2.5 })).toThrow(code("oversampling-factor"));
    x[7] = Number.NaN;
    expect(() => simulateDiodeClipper(x, { sampleRate })).toThrow(/Sample 7 .* is NaN/);
  });
});
