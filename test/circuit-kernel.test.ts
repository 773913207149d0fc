import { describe, expect, it } from "vitest";
import {
  circuitLibrary,
  createCircuitSolver,
  createNetlistSolver,
  type Netlist,
  readNetlist,
  resolveCircuit,
  simulateCircuit,
} from "../src/circuits/index.ts";

const sampleRate = 48_000;
const stepSeconds = 1 / (8 * sampleRate);

function netlistOf(name: string): Netlist {
  const circuit = circuitLibrary.find((one) => one.name === name);
  if (circuit === undefined) throw new Error(`no circuit ${name}`);
  return readNetlist(circuit.netlist, { name });
}

const openCircuit = (name: string) => createNetlistSolver(netlistOf(name), { stepSeconds });

/** Two tones that swell, volts. */
const swelling = (count: number, peakVolts: number) =>
  Float64Array.from({ length: count }, (_, n) => {
    const t = n * stepSeconds;
    return ((peakVolts * n) / count) * (0.6 * Math.sin(2 * Math.PI * 330 * t) + 0.4 * Math.sin(2 * Math.PI * 1740 * t));
  });

function played(solver: ReturnType<typeof openCircuit>["solver"], input: Float64Array, block = input.length) {
  const output = new Float64Array(input.length);
  for (let n = 0; n < input.length; n += block) {
    solver.run(input.subarray(n, n + block), output.subarray(n, n + block));
  }
  return output;
}

/** With every kind of device that the library has: diodes, transistors, expressions, op-amps, and none. */
const circuits = ["rc-lowpass", "tube-screamer", "fuzz-face", "triode-stage", "phaser-stages", "optical-compressor"];

describe("whole circuits in the kernel", () => {
  it.each(circuits)("%s gives the same bits in blocks of 1, 7 and 4096 samples", (name) => {
    const input = swelling(5000, openCircuit(name).inputVolts);
    const whole = played(openCircuit(name).solver, input);
    expect(whole.some((value) => Math.abs(value) > 1e-3)).toBe(true);
    for (const block of [1, 7, 4096]) expect(played(openCircuit(name).solver, input, block)).toEqual(whole);
  });

  it("do not disturb each other when they take turns", () => {
    const solvers = circuits.map((name) => openCircuit(name));
    const inputs = solvers.map(({ inputVolts }) => swelling(3000, inputVolts));
    const outputs = inputs.map(({ length }) => new Float64Array(length));
    for (let n = 0; n < 3000; n += 250) {
      solvers.forEach(({ solver }, k) => {
        solver.run((inputs[k] as Float64Array).subarray(n, n + 250), (outputs[k] as Float64Array).subarray(n, n + 250));
      });
    }
    circuits.forEach((name, k) => {
      expect(outputs[k], name).toEqual(played(openCircuit(name).solver, inputs[k] as Float64Array));
    });
  });

  it("find room for as many nodes as a netlist has", () => {
    // A ladder of 150 diodes and resistors: several memory pages of equations.
    const rungs = Array.from(
      { length: 150 },
      (_, k) => `R${k} n${k} n${k + 1} 100\nC${k} n${k + 1} 0 1n\nD${k} n${k + 1} 0 d1`,
    );
    const netlist = readNetlist(
      `ladder\n*.input Vin\n*.output n150\nVin n0 0 0\n${rungs.join("\n")}\n.model d1 D(IS=1n N=1.8)\n.end\n`,
      { name: "ladder" },
    );
    const { solver } = createNetlistSolver(netlist, { stepSeconds });
    const input = swelling(300, 5);
    const fast = played(solver, input);
    const plain = createCircuitSolver(resolveCircuit(netlist, {}), { input: "vin", output: "n150", stepSeconds });
    const expected = new Float64Array(input.length);
    plain.run(input, expected);
    expect(solver.size.block).toBeGreaterThan(100);
    const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(largest).toBeGreaterThan(0);
    for (const [n, value] of fast.entries())
      expect(Math.abs(value - (expected[n] as number))).toBeLessThan(1e-6 * largest);
  });
});

describe("a step without a solution", () => {
  // v² + v + 1 = u has one above -1/2 as long as u is at least 3/4.
  const square = readNetlist("square\n*.input Vin\n*.output n\nVin in 0 2\nR1 in n 1\nB1 n 0 I={V(n)*V(n)+1}\n.end\n", {
    name: "square",
  });
  const falling = Float64Array.from({ length: 400 }, (_, n) => -n / 200);
  const last = 249;

  it("is reported with its time and node, and what came before it is kept", () => {
    const { solver } = createNetlistSolver(square, { stepSeconds });
    expect(solver.operatingPoint.n).toBeCloseTo((Math.sqrt(5) - 1) / 2, 7);
    const output = new Float64Array(falling.length).fill(-7);
    let message = "";
    try {
      solver.run(falling, output);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toMatch(/V\(n\)/);
    const done = output.indexOf(-7);
    expect(done).toBeGreaterThanOrEqual(last - 1);
    expect(done).toBeLessThanOrEqual(last + 2);
    // In the last samples the two solutions meet, and a tolerance of the one is the root of it in the other.
    for (let n = 0; n < 240; n++) {
      expect(output[n]).toBeCloseTo((Math.sqrt(4 * (1 - n / 200) + 1) - 1) / 2, 6);
    }
    expect(output.subarray(done).every((value) => value === -7)).toBe(true);
  });

  it("does not happen to a diode clipper that is far too loud", () => {
    const input = Float32Array.from({ length: 480 }, (_, n) => 1e4 * Math.sin((2 * Math.PI * 1000 * n) / sampleRate));
    const output = simulateCircuit(netlistOf("diode-clipper"), input, { sampleRate });
    // 70 kV through 2.2 kΩ into the 0.57 Ω behind a diode.
    const peak = output.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(peak).toBeGreaterThan(15);
    expect(peak).toBeLessThan(25);
  });
});
