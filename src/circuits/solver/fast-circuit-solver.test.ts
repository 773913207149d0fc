import { describe, expect, it } from "vitest";
import { circuitLibrary } from "../library/library.ts";
import { readNetlist } from "../netlist/read-netlist.ts";
import { resolveCircuit } from "../netlist/resolve-circuit.ts";
import { createCircuitSolver } from "./plain-circuit-solver.ts";
import { createFastCircuitSolver } from "./fast-circuit-solver.ts";

describe("the fast solver", () => {
  for (const { name, netlist } of circuitLibrary) {
    it(`agrees with the plain one on ${name}, under both rules of integration`, () => {
      const parsed = readNetlist(netlist, { name });
      const circuit = resolveCircuit(parsed, {});
      const { input, output } = parsed;
      if (input === undefined || output === undefined) throw new Error("a library circuit without ports");
      const samples = 6000;
      const drive = Float64Array.from({ length: samples }, (_, n) => {
        const swell = Math.min(1, n / 2000) * (1 + 0.5 * Math.sin(n * 0.003));
        return input.volts * 0.6 * swell * Math.sin((2 * Math.PI * 330 * n) / 384_000);
      });
      for (const method of ["trapezoidal", "gear2"] as const) {
        const options = { input: input.source, output: output.nodes, stepSeconds: 1 / 384_000, method };
        const [plain, fast] = [createCircuitSolver(circuit, options), createFastCircuitSolver(circuit, options)].map(
          (solver) => {
            const result = new Float64Array(samples);
            // In blocks of odd sizes: the state goes on.
            for (let n = 0; n < samples; n += 1777)
              solver.run(drive.subarray(n, n + 1777), result.subarray(n, n + 1777));
            return result;
          },
        ) as [Float64Array, Float64Array];
        const largest = plain.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        const worst = plain.reduce((most, value, n) => Math.max(most, Math.abs(value - fast[n]!)), 0);
        expect(largest).toBeGreaterThan(1e-4);
        // Both stop iterating where nothing moves by more than 1e-7 of itself.
        expect(worst / largest).toBeLessThan(5e-6);
      }
    });
  }
});
