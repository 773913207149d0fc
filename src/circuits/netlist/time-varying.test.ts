import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createFastCircuitSolver } from "../solver/fast-circuit-solver.ts";
import { createCircuitSolver } from "../solver/plain-circuit-solver.ts";
import { readNetlist } from "./read-netlist.ts";
import { resolveCircuit } from "./resolve-circuit.ts";

interface Golden {
  readonly stepSeconds: number;
  /** Samples from one value to the next. */
  readonly every: number;
  readonly cases: readonly {
    readonly name: string;
    readonly volts: number;
    readonly hertz: number;
    readonly ours: string;
    readonly values: readonly number[];
  }[];
}

const golden = JSON.parse(
  readFileSync(new URL("../../../fixtures/circuits/netlists/time-varying.json", import.meta.url), "utf8"),
) as Golden;
const solvers = { plain: createCircuitSolver, fast: createFastCircuitSolver };

const play = (
  text: string,
  { create, method, input }: { create: typeof createCircuitSolver; method?: "gear2"; input: Float64Array },
) => {
  const circuit = resolveCircuit(readNetlist(`title\nVin in 0 0\n${text}\n`));
  const solver = create(circuit, { input: "vin", output: "out", stepSeconds: golden.stepSeconds, method });
  const output = new Float64Array(input.length);
  solver.run(input, output);
  return output;
};

const errorDb = (actual: ArrayLike<number>, expected: ArrayLike<number>) => {
  let error = 0;
  let energy = 0;
  for (let n = 0; n < expected.length; n++) {
    error += (actual[n]! - expected[n]!) ** 2;
    energy += expected[n]! ** 2;
  }
  return 10 * Math.log10(error / energy);
};

describe("sources that move, switches, tables and VDMOS are as ngspice's", () => {
  const { every, stepSeconds } = golden;
  for (const { name, volts, hertz, ours, values } of golden.cases) {
    for (const [solver, create] of Object.entries(solvers)) {
      it(`${name} (${solver})`, () => {
        const input = Float64Array.from(
          { length: every * values.length },
          (_, n) => volts * Math.sin(2 * Math.PI * hertz * n * stepSeconds),
        );
        const output = play(ours, { create, input });
        // Both integrate in steps of 2.6 us; where the sine begins, its slope jumps.
        expect(
          errorDb(
            values.map((_, k) => output[k * every]!),
            values,
          ),
        ).toBeLessThan(-70);
        if (solver === "plain") return;
        // Gear's rule is a sixth of a step late, and damps.
        const damped = play(ours, { create, input, method: "gear2" });
        expect(
          errorDb(
            values.map((_, k) => damped[k * every]!),
            values,
          ),
        ).toBeLessThan(-50);
      });
    }
  }
});

describe("what ngspice does not have", () => {
  const steady = (text: string, inputVolts: number) =>
    Object.values(solvers).map(
      (create) => play(text, { create, input: new Float64Array(50).fill(inputVolts) }).at(-1)!,
    );

  it("a diode of straight lines", () => {
    const diode = "D1 in out d\nR1 out 0 10\n.model d D(Ron=2 Roff=1Meg Vfwd=0.6 Vrev=5 Rrev=3)";
    for (const volts of steady(diode, 1.8)) expect(volts).toBeCloseTo(10 * (1.2 / 12), 4);
    for (const volts of steady(diode, 0.4)) expect(volts).toBeCloseTo(4e-6, 8);
    for (const volts of steady(diode, -8)) expect(volts).toBeCloseTo(-10 * (3 / 13), 3);
    // In the middle of the bend a parabola is an eighth of its width above the corner.
    const soft = "D1 in 0 d\nH1 out 0 Vin -1\n.model d D(Ron=1 Roff=1e12 Vfwd=0.6 Epsilon=0.2)";
    for (const amps of steady(soft, 0.6)) expect(amps).toBeCloseTo(0.2 / 8, 9);
    for (const amps of steady(soft, 1.6)) expect(amps).toBeCloseTo(1, 9);
  });

  it("a switch goes over smoothly: half way, the resistance is the geometric mean", () => {
    const text = (volts: number) =>
      `Vc c 0 ${volts}\nS1 in out c 0 s\nR1 out 0 1k\n.model s SW(Ron=10 Roff=100k Vt=2 Vh=-1)`;
    for (const [volts, ohms] of [
      [3.5, 10],
      [2, 1000],
      [0.5, 1e5],
    ] as const) {
      for (const output of steady(text(volts), 1)) expect(output).toBeCloseTo(1000 / (1000 + ohms), 6);
    }
    const pspice = "Vc c 0 1.5\nS1 in out c 0 s\nR1 out 0 1k\n.model s VSWITCH(Ron=10 Roff=100k Von=1 Voff=2)";
    for (const output of steady(pspice, 1)) expect(output).toBeCloseTo(0.5, 6);
  });

  it("points that go on for ever, as LTspice writes it", () => {
    const [ours, theirs] = ["PWL REPEAT FOREVER (0 0 1m 1 2m 0) ENDREPEAT", "PWL(0 0 1m 1 2m 0) r=0"].map((wave) =>
      play(`V1 out 0 ${wave}\nR1 in out 1k`, { create: createFastCircuitSolver, input: new Float64Array(2000) }),
    );
    expect(ours).toEqual(theirs);
    expect(ours![384]).toBeCloseTo(1, 6);
    expect(ours![384 * 4 + 192]).toBeCloseTo(0.5, 6);
  });

  it("keeps its place in time for long, and through a change of values", () => {
    const text = (ohms: number) => `title\nVin in 0 0\nV1 out 0 SIN(0 1 1k)\nR1 in out ${ohms}\n`;
    for (const create of Object.values(solvers)) {
      const at = (ohms: number) => resolveCircuit(readNetlist(text(ohms)));
      const solver = create(at(1000), { input: "vin", output: "out", stepSeconds: 1 / 48_000 });
      const output = new Float64Array(6000);
      for (let part = 0; part < 4; part++) {
        solver.run(new Float64Array(6000), output);
        solver.change(at(2000 + part));
        // A quarter of a period: the sine's top, at a sample.
        for (const n of [12, 5964]) expect(output[n]).toBeCloseTo(1, 9);
        // Where it rises most, lateness shows: 1e-9 s would be 6e-6 V.
        expect(output[0]).toBeCloseTo(0, 7);
      }
    }
  });
});
