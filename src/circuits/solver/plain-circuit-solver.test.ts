import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { upsample } from "../../signal/index.ts";
import type { Circuit, Element } from "../circuit.ts";
import { createCircuitSolver } from "./plain-circuit-solver.ts";

/** An element without the numbering that matters only for messages. */
type Sketch = Element extends infer E ? (E extends Element ? Omit<E, "line"> : never) : never;

const circuitOf = (nodes: readonly string[], elements: readonly Sketch[]): Circuit => ({
  title: "test",
  nodes: ["0", ...nodes],
  elements: elements.map((element, k) => ({ ...element, line: k + 2 }) as Element),
  temperatureCelsius: 27,
  initialVolts: new Map(),
});
const resistor = (name: string, a: number, b: number, ohms: number): Sketch => ({
  kind: "resistor",
  name,
  terminals: [a, b],
  ohms,
});
const capacitor = (name: string, a: number, b: number, farads: number): Sketch => ({
  kind: "capacitor",
  name,
  terminals: [a, b],
  farads,
});
const source = (name: string, a: number, b: number, volts = 0): Sketch => ({
  kind: "voltage-source",
  name,
  terminals: [a, b],
  volts,
});
const errorDb = (actual: ArrayLike<number>, expected: ArrayLike<number>) => {
  let error = 0;
  let energy = 0;
  for (let n = 0; n < expected.length; n++) {
    error += (actual[n]! - expected[n]!) ** 2;
    energy += expected[n]! ** 2;
  }
  return 10 * Math.log10(error / energy);
};

describe("createCircuitSolver", () => {
  it("charges a capacitor through a resistor along an exponential", () => {
    const circuit = circuitOf(
      ["in", "out"],
      [source("vin", 1, 0), resistor("r1", 1, 2, 1000), capacitor("c1", 2, 0, 1e-6)],
    );
    for (const method of ["trapezoidal", "gear2"] as const) {
      const stepSeconds = 1e-5;
      const solver = createCircuitSolver(circuit, { input: "vin", output: "out", stepSeconds, method });
      const output = new Float64Array(300);
      solver.run(new Float64Array(300).fill(1), output);
      for (const n of [20, 100, 299]) {
        // The source rises along the first step: the jump counts from its middle.
        expect(output[n]).toBeCloseTo(1 - Math.exp(-((n + 0.5) * stepSeconds) / 1e-3), 4);
      }
    }
  });

  it("resonates with an inductor, and a transformer transforms", () => {
    const rate = 1 / 48_000 / 8;
    const tone = (hz: number, samples: number) =>
      Float64Array.from({ length: samples }, (_, n) => Math.sin(2 * Math.PI * hz * n * rate));
    const amplitude = (x: Float64Array) => x.subarray(-4000).reduce((most, v) => Math.max(most, Math.abs(v)), 0);
    const series = circuitOf(
      ["in", "a", "out"],
      [
        source("vin", 1, 0),
        resistor("r1", 1, 2, 100),
        { kind: "inductor", name: "l1", terminals: [2, 3], henries: 0.1 },
        capacitor("c1", 3, 0, 1e-7),
      ],
    );
    const resonanceHz = 1 / (2 * Math.PI * Math.sqrt(0.1 * 1e-7));
    const ringing = createCircuitSolver(series, { input: "vin", output: "out", stepSeconds: rate });
    const output = new Float64Array(80_000);
    ringing.run(tone(resonanceHz, 80_000), output);
    // Quality: sqrt(L / C) / R = 10.
    expect(amplitude(output)).toBeCloseTo(10, 1);

    const transformer = circuitOf(
      ["in", "out"],
      [
        source("vin", 1, 0),
        { kind: "inductor", name: "l1", terminals: [1, 0], henries: 4 },
        { kind: "inductor", name: "l2", terminals: [2, 0], henries: 1 },
        { kind: "coupling", name: "k1", inductors: ["l1", "l2"], coefficient: 0.9999 },
        resistor("r2", 2, 0, 1e5),
      ],
    );
    const out2 = new Float64Array(16_000);
    createCircuitSolver(transformer, { input: "vin", output: "out", stepSeconds: rate }).run(tone(1000, 16_000), out2);
    expect(amplitude(out2)).toBeCloseTo(0.5, 2);
  });

  it("agrees with ngspice on the diode clipper", () => {
    const floats = (name: string) => {
      const bytes = readFileSync(new URL(`../../../fixtures/circuits/${name}.f32`, import.meta.url));
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      return Float32Array.from({ length: bytes.byteLength / 4 }, (_, n) => view.getFloat32(4 * n, true));
    };
    const diode = { is: 2.52e-9, n: 45.3 / 25.8649 };
    const circuit = circuitOf(
      ["in", "out"],
      [
        source("vin", 1, 0),
        resistor("r1", 1, 2, 2200),
        capacitor("c1", 2, 0, 10e-9),
        { kind: "diode", name: "d1", terminals: [2, 0], area: 1, parameters: diode },
        { kind: "diode", name: "d2", terminals: [0, 2], area: 1, parameters: diode },
      ],
    );
    const fine = Float64Array.from(upsample(floats("diode-clipper-source"), { factor: 8 }));
    const output = new Float64Array(fine.length);
    const solver = createCircuitSolver(circuit, { input: "vin", output: "out", stepSeconds: 1 / (8 * 44_100) });
    solver.run(fine, output);
    expect(solver.size).toEqual({ unknowns: 3, block: 1 });
    // The rule of integration is the whole difference, as with the solver made for this circuit alone.
    expect(errorDb(output, floats("diode-clipper-voltage-8x"))).toBeLessThan(-80);
  });

  it("finds the operating point of a common-emitter stage", () => {
    // Beta 100, divider 10k / 47k at 10 V, emitter resistor 1k: about 1.6 V at the base and 1 mA.
    const circuit = circuitOf(
      ["in", "supply", "b", "c", "e"],
      [
        source("vin", 1, 0),
        source("vcc", 2, 0, 10),
        resistor("r1", 2, 3, 47e3),
        resistor("r2", 3, 0, 10e3),
        resistor("rc", 2, 4, 4.7e3),
        resistor("re", 5, 0, 1e3),
        capacitor("cin", 1, 3, 1e-6),
        { kind: "npn", name: "q1", terminals: [4, 3, 5], area: 1, parameters: { is: 1e-14, bf: 100 } },
      ],
    );
    const { operatingPoint } = createCircuitSolver(circuit, { input: "vin", output: "c", stepSeconds: 1e-6 });
    const { b = 0, c = 0, e = 0 } = operatingPoint;
    const collectorAmps = (10 - c) / 4.7e3;
    const baseAmps = (10 - b) / 47e3 - b / 10e3;
    expect(e / 1e3).toBeCloseTo(collectorAmps + baseAmps, 9);
    expect(collectorAmps / baseAmps).toBeCloseTo(100, 2);
    expect(b - e).toBeCloseTo(0.025865 * Math.log(collectorAmps / 1e-14), 3);
  });

  it("names what cannot be solved", () => {
    const build = (nodes: readonly string[], elements: readonly Sketch[]) =>
      createCircuitSolver(circuitOf(nodes, elements), { input: "vin", output: "out", stepSeconds: 1e-5 });
    const good = [source("vin", 1, 0), resistor("r1", 1, 2, 1e3), resistor("r2", 2, 0, 1e3)];
    expect(() => build(["in", "out", "a", "b"], [...good, resistor("r3", 3, 4, 1e3)])).toThrow("nodes a, b to ground");
    expect(() => build(["in", "out"], [...good, source("v2", 1, 0, 5)])).toThrow('"v2" closes a loop');
    expect(() => build(["in", "else"], good)).toThrow('no node "out"');
    expect(() => build(["in", "out"], good.slice(1))).toThrow('no voltage source "vin"');
  });
});
