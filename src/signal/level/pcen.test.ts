import { describe, expect, it } from "vitest";
import { createRandom } from "../../kernels/index.ts";
import { createPcen, pcen } from "./pcen.ts";

const random = createRandom(6);
const energies = { rows: 4, frames: 30, values: Float64Array.from({ length: 120 }, () => 1e4 * random.uniform() ** 2) };

describe("pcen", () => {
  it("equals its definition: the slow level divides, then root compression", () => {
    const options = { smoothing: 0.1, gain: 0.5, bias: 3, power: 0.25, epsilon: 0.01 };
    const found = pcen(energies, options);
    for (let row = 0; row < 4; row++) {
      let level = 1;
      for (let t = 0; t < 30; t++) {
        const energy = energies.values[row * 30 + t]!;
        level = 0.1 * energy + 0.9 * level;
        const expected = (energy / (0.01 + level) ** 0.5 + 3) ** 0.25 - 3 ** 0.25;
        expect(found.values[row * 30 + t]).toBeCloseTo(expected, 10);
      }
    }
  });

  it("is a logarithm at power 0, and a plain power without bias", () => {
    const one = { rows: 1, frames: 1, values: Float64Array.of(8) };
    const options = { smoothing: 0, epsilon: 1e-12, gain: 1 };
    expect(pcen(one, { ...options, power: 0 }).values[0]).toBeCloseTo(Math.log(9), 9);
    expect(pcen(one, { ...options, power: 1 / 3, bias: 0 }).values[0]).toBeCloseTo(2, 9);
  });

  it("makes steady sound the same at any level", () => {
    const steady = (level: number) => {
      const { values } = pcen({ rows: 1, frames: 2000, values: new Float64Array(2000).fill(level) }, { gain: 1 });
      return values[1999]!;
    };
    expect(steady(1e6)).toBeCloseTo(Math.sqrt(3) - Math.sqrt(2), 6);
    expect(steady(1e3)).toBeCloseTo(steady(1e6), 6);
  });

  it("refuses NaN and negative energies", () => {
    const one = (value: number) => ({ rows: 1, frames: 1, values: Float64Array.of(value) });
    expect(() => pcen(one(Number.NaN))).toThrow(expect.objectContaining({ code: "non-finite-values" }));
    expect(() => pcen(one(-1))).toThrow(expect.objectContaining({ code: "negative-magnitude" }));
  });

  it("refuses parameters below 0 and smoothing above 1", () => {
    for (const options of [
      { gain: -1 },
      { bias: -1 },
      { power: -1 },
      { epsilon: 0 },
      { smoothing: 1.1 },
      { timeConstantSeconds: 0 },
      { maxBands: 0 },
    ]) {
      expect(() => pcen(energies, options), JSON.stringify(options)).toThrow(
        expect.objectContaining({ code: "bad-option" }),
      );
    }
  });
});

describe("createPcen", () => {
  it("gives frame by frame what pcen gives, also when it goes on from a stored level", () => {
    const whole = pcen(energies, { maxBands: 3 });
    let one = createPcen(4, { maxBands: 3 });
    const frame = new Float64Array(4);
    for (let t = 0; t < 30; t++) {
      if (t === 13) {
        const stored = one.level.slice();
        one = createPcen(4, { maxBands: 3 });
        one.level.set(stored);
      }
      for (let row = 0; row < 4; row++) frame[row] = energies.values[row * 30 + t]!;
      one.process(frame, frame);
      for (let row = 0; row < 4; row++) expect(frame[row]).toBe(whole.values[row * 30 + t]);
    }
  });
});
