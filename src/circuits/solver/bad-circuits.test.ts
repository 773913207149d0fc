import { describe, expect, it } from "vitest";
import { isTonewrightError } from "../../errors/index.ts";
import { readNetlist } from "../netlist/read-netlist.ts";
import { resolveCircuit } from "../netlist/resolve-circuit.ts";
import { createFastCircuitSolver } from "./fast-circuit-solver.ts";
import { createCircuitSolver } from "./plain-circuit-solver.ts";

const solvers = { plain: createCircuitSolver, fast: createFastCircuitSolver };

const errorOf = (lines: string, create: typeof createCircuitSolver) => {
  try {
    const circuit = resolveCircuit(readNetlist(`title\nVin in 0 0\n${lines}\n`));
    const solver = create(circuit, { input: "vin", output: "out", stepSeconds: 1e-5 });
    const input = Float64Array.from({ length: 200 }, (_, n) => Math.sin(n / 20));
    solver.run(input, new Float64Array(200));
  } catch (error) {
    if (!isTonewrightError(error)) throw error;
    return { code: error.code, message: error.message };
  }
  throw new Error(`no error: ${lines}`);
};

describe("circuits that cannot be simulated are refused by name", () => {
  for (const [solver, create] of Object.entries(solvers)) {
    it.each([
      ["R1 in out 1k\nR2 a b 1k", "floating-node", "line 4: nothing joins nodes a, b to ground"],
      [
        "R1 in out 1k\nX1 in 0 s\n.subckt s a b\nR1 a b 1\nR2 c d 1\n.ends",
        "floating-node",
        "line 7: nothing joins nodes x1.c",
      ],
      [
        "V2 in 0 5\nR1 in out 1k",
        "voltage-loop",
        'line 3: "v2" closes a loop of voltage sources between nodes in and 0',
      ],
      ["V2 in a 5\nE3 a 0 in 0 2\nR1 in out 1k", "voltage-loop", 'line 4: "e3" closes a loop'],
      ["I1 0 a 1m\nC1 a 0 1u\nR1 in out 1k", "current-cutset", 'line 3: the current of "i1" has no way from node a'],
      ["I1 0 a 1m\nI2 a 0 2m\nR1 in out 1k", "current-cutset", 'line 3: the current of "i1"'],
      ["I1 0 a 1m\nR2 a b 1k\nC1 b 0 1u\nR1 in out 1k", "current-cutset", "only current sources and capacitors"],
      ["R1 in out -1k\nR2 out 0 1k", "singular-circuit", "they do not decide V(out)"],
      ["R1 in out 1k\nC1 a 0 0\nC2 a out 0", "singular-circuit", "they do not decide V(a)"],
      ["R1 in out 1k\nE1 out 0 out 0 1", "singular-circuit", "V(out)"],
      ["B1 out 0 V=V(out)*V(out)+1+V(in)", "no-operating-point", "V(out) did not settle"],
      [
        "R1 in a 1k\nB1 out 0 V=if(V(in)>0.2,V(out)*V(out)+1,V(a))",
        "circuit-not-converged",
        "no solution was found at 0.000050 s, where the input is",
      ],
      ["R1 in out 1k\nB1 out 0 V=exp(exp(V(in)*10))", "circuit-not-converged", "the output V(out) became"],
    ])(`%s (${solver})`, (lines, code, message) => {
      const error = errorOf(lines, create);
      expect(error.message).toContain(message);
      expect(error.code).toBe(code);
    });

    it.each([
      // A controlled source may be the way back: this is a resistor of 1 kilohm.
      ["I1 0 out 1m\nG1 out 0 out 0 1m", 1],
      // So may a junction.
      ["I1 0 out 1m\nD1 out 0 d\n.model d D(IS=1p)", 0.536],
      // An inductor alone across a source, two of them in a loop, a node behind capacitors.
      ["L1 in 0 1\nL2 in out 1m\nL3 in out 1m\nR1 out 0 1k", 0],
      ["C1 in a 1n\nC2 a 0 1n\nR1 in out 1k\nR2 out 0 1k", 0],
      ["R1 in out -1k\nR2 out 0 3k", 0],
    ])(`%s has an operating point (${solver})`, (lines, volts) => {
      const circuit = resolveCircuit(readNetlist(`title\nVin in 0 0\nR9 in 0 1k\n${lines}\n`));
      const { operatingPoint } = create(circuit, { input: "vin", output: "out", stepSeconds: 1e-5 });
      expect(operatingPoint.out).toBeCloseTo(volts, 3);
    });
  }

  it("an iteration that strays beyond all numbers is no verdict on the circuit", () => {
    // Found by comparing random circuits with ngspice: the transistor's Early voltage was passed in the first iterations.
    const lines = `R1 in out 5786
R2 out 0 1887
Vcc vcc 0 9
R20 n8 0 113.1
V21 n8 a 0
R3 a vcc 285
H23 n9 0 V21 -331.1
R24 n10 n9 343.2
R25 n10 0 8457
R27 n11 vcc 1373
Q28 n10 n11 n11 q
.model q PNP(IS=1n BF=90 BR=5 VAF=40 RB=50 RE=0.5)`;
    const circuit = resolveCircuit(readNetlist(`title\nVin in 0 0\n${lines}\n`));
    const { operatingPoint } = createFastCircuitSolver(circuit, { input: "vin", output: "out", stepSeconds: 1e-5 });
    expect(operatingPoint.n8).toBeCloseTo((9 * 113.1) / (113.1 + 285), 6);
  });
});
