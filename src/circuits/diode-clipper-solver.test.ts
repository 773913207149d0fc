import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDiodeClipperSolver } from "./diode-clipper-solver.ts";

const components = {
  resistanceOhms: 2200,
  capacitanceFarads: 10e-9,
  saturationCurrentAmps: 2.52e-9,
  thermalVoltageVolts: 45.3e-3,
};

function solve(source: Float32Array, stepSeconds: number, sourceScaleVolts = 1): Float32Array {
  const output = new Float32Array(source.length);
  createDiodeClipperSolver(components, { stepSeconds, sourceScaleVolts })(source, output);
  return output;
}

describe("the diode clipper's solver", () => {
  it("settles where the resistor's current is the diodes' current", () => {
    for (const sourceVolts of [0.001, 0.1, 0.5, 1, 4.5, 20, 300, -0.3, -12]) {
      const v = solve(new Float32Array(2000).fill(1), 1e-6, sourceVolts).at(-1) ?? Number.NaN;
      const throughResistor = (sourceVolts - v) / 2200;
      const throughDiodes = 2 * 2.52e-9 * Math.sinh(v / 45.3e-3);
      // The result is float32: it may be off by 6e-8 of itself, and either current by its slope times that.
      const slope = 1 / 2200 + ((2 * 2.52e-9) / 45.3e-3) * Math.cosh(v / 45.3e-3);
      expect(Math.abs(throughResistor - throughDiodes)).toBeLessThan(6e-8 * Math.abs(v) * slope);
    }
  });

  it("charges the capacitor along an exponential when the signal is too small for the diodes", () => {
    const timeConstant = 2200 * 10e-9;
    const stepSeconds = timeConstant / 200;
    const amplitude = 1e-4;
    const v = solve(new Float32Array(1000).fill(amplitude), stepSeconds);
    for (const n of [100, 200, 400, 999]) {
      // The source rises over the first step, so the jump counts from its middle. The diodes leak 2 Is R / Vt = 2.4e-4.
      const expected = amplitude * (1 - Math.exp(-((n + 0.5) * stepSeconds) / timeConstant));
      expect(Math.abs((v[n] ?? Number.NaN) / expected - 1)).toBeLessThan(4e-4);
    }
  });

  it("takes a jump of hundreds of volts in one step, and converges", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -500, max: 500, noNaN: true }), { minLength: 1, maxLength: 60 }),
        fc.constantFrom(1 / 44_100, 1 / 352_800, 1e-7),
        (volts, stepSeconds) => {
          for (const v of solve(Float32Array.from(volts), stepSeconds)) expect(Math.abs(v)).toBeLessThan(1);
        },
      ),
    );
  });

  it("gains a factor of four in accuracy from halving the step, as a method of second order does", () => {
    const seconds = 0.01;
    const solveAt = (perSample: number): Float32Array => {
      const rate = 44_100 * perSample;
      const volts = (n: number): number => {
        const t = n / rate;
        return 4 * Math.sin(Math.PI * (t / seconds)) ** 2 * Math.sin(2 * Math.PI * 900 * t);
      };
      return solve(
        Float32Array.from({ length: seconds * rate }, (_, n) => volts(n)),
        1 / rate,
      );
    };
    const reference = solveAt(256);
    const error = (perSample: number): number => {
      const v = solveAt(perSample);
      let sum = 0;
      for (let n = 0; n < seconds * 44_100; n++) sum += ((v[n * perSample] ?? 0) - (reference[n * 256] ?? 0)) ** 2;
      return Math.sqrt(sum);
    };
    const errors = [4, 8, 16, 32].map(error);
    for (let k = 1; k < errors.length; k++) {
      const gain = (errors[k - 1] ?? 0) / (errors[k] ?? 1);
      expect(gain).toBeGreaterThan(3.5);
      expect(gain).toBeLessThan(4.5);
    }
  });

  it("carries its state: in two pieces it gives the same samples as in one", () => {
    const source = Float32Array.from({ length: 500 }, (_, n) => 3 * Math.sin(n * 0.05));
    const whole = solve(source, 2e-6);
    const output = new Float32Array(500);
    const step = createDiodeClipperSolver(components, { stepSeconds: 2e-6, sourceScaleVolts: 1 });
    step(source.subarray(0, 137), output.subarray(0, 137));
    step(source.subarray(137), output.subarray(137));
    expect(output).toEqual(whole);
  });

  it("says when it finds no finite solution", () => {
    const source = Float32Array.from([0, 0, 0, 1]);
    expect(() => solve(source, 0.001, 1e308 * 10)).toThrow(expect.objectContaining({ code: "circuit-not-converged" }));
    expect(() => solve(source, 0.001, 1.7e308)).toThrow(/at 0\.003000 s, where its source is 1\.7e\+308 V/);
  });
});
