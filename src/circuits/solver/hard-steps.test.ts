import { describe, expect, it } from "vitest";
import { ngspiceIsThere, runNgspice } from "../../../fixtures/circuits/library/run-ngspice.mjs";
import { readNetlist } from "../netlist/read-netlist.ts";
import { resolveCircuit } from "../netlist/resolve-circuit.ts";
import { createFastCircuitSolver } from "./fast-circuit-solver.ts";
import { createCircuitSolver } from "./plain-circuit-solver.ts";

const sampleRate = 384_000;

/** An op-amp with more positive than negative feedback: its output jumps from rail to rail within a step. */
const trigger = `* trigger
Vin in 0 0
R1 out plus 100k
R2 plus 0 10k
Rin in minus 1k
Bgm 0 pole I={390u*tanh(1.45*V(plus,minus))-10m*uramp(V(pole)-3)+10m*uramp(-3-V(pole))}
Rpole pole 0 350meg
Cpole pole 0 30p
Ebuffer inner 0 pole 0 1
Rout inner out 100
.end
`;
const circuit = resolveCircuit(readNetlist(trigger));
const volts = Float64Array.from({ length: 8000 }, (_, n) => Math.sin((2 * Math.PI * 440 * n) / sampleRate));

const play = (create: typeof createCircuitSolver, method: "trapezoidal" | "gear2") => {
  const solver = create(circuit, { input: "vin", output: "out", stepSeconds: 1 / sampleRate, method });
  const output = new Float64Array(volts.length);
  output[0] = solver.operatingPoint.out!;
  solver.run(volts.subarray(1), output.subarray(1));
  return output;
};
const errorDb = (actual: Float64Array, expected: Float64Array) => {
  let [error, energy] = [0, 0];
  for (const [n, value] of expected.entries()) {
    error += (actual[n]! - value) ** 2;
    energy += value ** 2;
  }
  return 10 * Math.log10(error / energy);
};

describe("steps in which a circuit jumps", () => {
  it.each(["trapezoidal", "gear2"] as const)("are cut until they settle (%s)", (method) => {
    for (const create of [createCircuitSolver, createFastCircuitSolver]) {
      const output = play(create, method);
      // It sits at one rail or the other, and goes from one to the other in every half period.
      expect(Math.abs(Math.max(...output) - 3)).toBeLessThan(0.1);
      expect(Math.abs(Math.min(...output) + 3)).toBeLessThan(0.1);
      const sides = output.filter((value) => Math.abs(value) > 2).map(Math.sign);
      expect(sides.filter((side, n) => n > 0 && side !== sides[n - 1]).length).toBe(18);
    }
  });

  it.each(["trapezoidal", "gear2"] as const)("come at the same time in both solvers (%s)", (method) => {
    expect(errorDb(play(createFastCircuitSolver, method), play(createCircuitSolver, method))).toBeLessThan(-60);
  });

  it.skipIf(!ngspiceIsThere)("are where ngspice has them (skipped without ngspice: apt-get install ngspice)", () => {
    const { output } = runNgspice({
      ...{ netlist: trigger, parameters: {}, source: "vin", output: ["out", "0"] as const, volts, sampleRate },
      ...{ relativeTolerance: 1e-4 },
    });
    const jumps = (y: Float64Array) => Array.from(y.keys()).filter((n) => n > 300 && y[n]! * y[n - 1]! < 0);
    const [ours, theirs] = [jumps(play(createFastCircuitSolver, "trapezoidal")), jumps(output)];
    expect(ours.length).toBe(theirs.length);
    for (const [k, n] of ours.entries()) expect(Math.abs(n - theirs[k]!)).toBeLessThanOrEqual(1);
  });

  it("end with an error that names time and node where no cut helps", () => {
    const hopeless = resolveCircuit(
      readNetlist("* hopeless\nVin in 0 -5\nR1 in a 1k\nB1 a 0 I={V(a)>0.5 ? 1m : -1m}\n.end\n"),
    );
    for (const create of [createCircuitSolver, createFastCircuitSolver]) {
      const solver = create(hopeless, { input: "vin", output: "a", stepSeconds: 1e-5 });
      const output = new Float64Array(200);
      const rise = Float64Array.from({ length: 200 }, (_, n) => 0.05 * n);
      expect(() => solver.run(rise, output)).toThrow(
        expect.objectContaining({
          code: "circuit-not-converged",
          message: expect.stringMatching(/0\.000\d+ s.*V\(a\)/),
        }),
      );
    }
  });
});
