import { describe, expect, it } from "vitest";
import { circuitLibrary } from "../library/library.ts";
import { readNetlist } from "../netlist/read-netlist.ts";
import { resolveCircuit } from "../netlist/resolve-circuit.ts";
import type { CircuitSolverOptions } from "./circuit-solver.ts";
import { createCircuitSolver } from "./plain-circuit-solver.ts";
import { createFastCircuitSolver } from "./fast-circuit-solver.ts";

const solvers = { plain: createCircuitSolver, fast: createFastCircuitSolver };
const methods = ["trapezoidal", "gear2"] as const;

const dividerOf = (ohms: number, extra = "") =>
  resolveCircuit(
    readNetlist(`* divider\nVin in 0 0\nR1 in out 1k\nR2 out 0 ${ohms}\nC1 out 0 1u\n${extra}.end\n`, {
      name: "divider",
    }),
  );

describe("change", () => {
  for (const [name, create] of Object.entries(solvers)) {
    for (const method of methods) {
      it(`keeps a capacitor's charge (${name}, ${method})`, () => {
        const options = { input: "vin", output: "out", stepSeconds: 1e-5, method };
        const solver = create(dividerOf(1000), options);
        const output = new Float64Array(1000);
        solver.run(new Float64Array(1000).fill(1), output);
        expect(output.at(-1)).toBeCloseTo(0.5, 6);
        solver.change(dividerOf(3000));
        solver.run(new Float64Array(1000).fill(1), output);
        // From 0.5 V to 0.75 V with 750 ohm and 1 uF: 0.75 ms. The jump lies within the first step.
        for (const n of [0, 10, 75, 500]) {
          const expected = 0.75 - 0.25 * Math.exp((-(n + 0.5) * 1e-5) / 0.75e-3);
          expect(Math.abs(output[n]! - expected)).toBeLessThan(1e-3);
        }
        expect(output.at(-1)).toBeCloseTo(0.75, 5);
      });
    }

    it(`refuses another circuit (${name})`, () => {
      const solver = create(dividerOf(1000), { input: "vin", output: "out", stepSeconds: 1e-5 });
      expect(() => solver.change(dividerOf(1000, "R3 out 0 1k\n"))).toThrow(
        expect.objectContaining({ code: "circuit-changed" }),
      );
    });
  }

  it.each([
    ["a capacitor", "R1 in out 1k", "C1 out 0 {x*1u}"],
    ["an inductor", "L1 in out {x*100m}", "R1 out 0 1k"],
    ["a coupling", "R0 in p 100\nL1 p 0 10m\nL2 out 0 10m\nK1 L1 L2 {0.4*x}", "R1 out 0 1k"],
  ])("is the same in both solvers where %s gets another value, also in steps that are cut", (_, ...lines) => {
    const parsed = readNetlist(
      ["* by knob", ".param x=1", "Vin in 0 0", ...lines, "D1 out 0 1N4148", ".end"].join("\n"),
    );
    const at = (x: number) => resolveCircuit(parsed, { parameters: { x } });
    const samples = 3000;
    const volts = Float64Array.from({ length: samples }, (_, n) => (n % 500 < 250 ? 2 : -2) * Math.sin(n / 40));
    for (const method of methods) {
      const [plain, fast] = [createCircuitSolver, createFastCircuitSolver].map((create) => {
        const solver = create(at(1), { input: "vin", output: "out", stepSeconds: 1e-5, method });
        const output = new Float64Array(samples);
        for (let k = 0; k < 6; k++) {
          solver.run(volts.subarray(k * 500, (k + 1) * 500), output.subarray(k * 500, (k + 1) * 500));
          solver.change(at(k % 2 === 0 ? 2 : 1));
        }
        return output;
      }) as [Float64Array, Float64Array];
      expect(Math.max(...plain)).toBeGreaterThan(0.05);
      expect(Math.max(...plain.map((value, n) => Math.abs(value - fast[n]!)))).toBeLessThan(1e-5);
    }
  });

  it("refuses a knob that makes a source listen to a charge that nothing listened to before", () => {
    const text =
      "* by knob\n.param x=1\nVin in 0 0\nB1 out 0 V={x>1.5 ? V(m)*V(m) : V(q)*V(in)}\n" +
      "Rm in m 1k\nCm m 0 100n\nRq in q 2k\nCq q 0 10n\nR1 out 0 1k\n.end\n";
    const at = (x: number) => resolveCircuit(readNetlist(text), { parameters: { x } });
    const solver = createFastCircuitSolver(at(1), { input: "vin", output: "out", stepSeconds: 1e-5 });
    expect(() => solver.change(at(2))).toThrow(expect.objectContaining({ code: "circuit-changed" }));
  });

  it("keeps the time, from 0 at the first sample, whatever jumps", () => {
    const parsed = readNetlist(
      "* time\nVin in 0 0\nB1 t 0 V={time*1000}\nR1 in a 1k\nD1 a 0 1N4148\nRt t 0 1k\n.end\n",
    );
    const volts = Float64Array.from({ length: 400 }, (_, n) => (n % 7 < 3 ? 5 : -5));
    for (const create of Object.values(solvers)) {
      for (const method of methods) {
        const solver = create(resolveCircuit(parsed), { input: "vin", output: "t", stepSeconds: 1e-5, method });
        const output = new Float64Array(400);
        solver.run(volts, output);
        for (const [n, value] of output.entries()) expect(value).toBeCloseTo(n * 0.01, 9);
      }
    }
  });

  for (const { name, netlist } of circuitLibrary) {
    const parsed = readNetlist(netlist, { name });
    if (parsed.knobs.length === 0 || parsed.input === undefined || parsed.output === undefined) continue;
    const { input, output } = parsed;
    const at = (position: number) =>
      resolveCircuit(parsed, {
        knobs: Object.fromEntries(
          parsed.knobs.map((knob) => [knob.name, knob.kind === "switch" ? knob.position : position]),
        ),
      });
    const options: CircuitSolverOptions = { input: input.source, output: output.nodes, stepSeconds: 1 / 384_000 };
    const samples = 4800;
    const volts = Float64Array.from(
      { length: samples },
      (_, n) => input.volts * 0.5 * Math.sin((2 * Math.PI * 440 * n) / 384_000),
    );
    const play = (
      create: typeof createCircuitSolver,
      method: (typeof methods)[number],
      turn: (part: number) => number,
    ) => {
      const solver = create(at(turn(0)), { ...options, method });
      const result = new Float64Array(samples);
      const part = samples / 10;
      for (let k = 0; k < 10; k++) {
        if (k > 0) solver.change(at(turn(k)));
        solver.run(volts.subarray(k * part, (k + 1) * part), result.subarray(k * part, (k + 1) * part));
      }
      return result;
    };

    it(`is the same in both solvers while all knobs of ${name} turn from end to end`, () => {
      for (const method of methods) {
        const [plain, fast] = [createCircuitSolver, createFastCircuitSolver].map((create) =>
          play(create, method, (k) => k / 9),
        ) as [Float64Array, Float64Array];
        const largest = plain.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        const worst = plain.reduce((most, value, n) => Math.max(most, Math.abs(value - fast[n]!)), 0);
        expect(largest).toBeGreaterThan(1e-4);
        expect(worst / largest).toBeLessThan(1e-5);
      }
    });

    it(`does nothing to ${name} if nothing changes`, () => {
      const still = new Float64Array(samples);
      createFastCircuitSolver(at(0.5), options).run(volts, still);
      const changed = play(createFastCircuitSolver, "trapezoidal", () => 0.5);
      const largest = still.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const worst = still.reduce((most, value, n) => Math.max(most, Math.abs(value - changed[n]!)), 0);
      expect(worst / largest).toBeLessThan(1e-6);
    });
  }
});
