import { circuitLayout as at, type CircuitKernel, createCircuitKernel } from "../../kernels/index.ts";
import type { Circuit } from "../circuit.ts";
import { type CircuitSolver, type CircuitSolverOptions, notConverged } from "./circuit-solver.ts";
import { singularCircuit } from "./elimination.ts";
import { type FlatCircuit, flattenCircuit } from "./fast-flatten.ts";
import { readState, writeState } from "./fast-state.ts";
import { findRest, type RestingCircuit, withOtherValues } from "./resting-circuit.ts";

/** Samples that the kernel gets at once. */
const pieceLength = 4096;

/**
 * As `createCircuitSolver`, many times faster: the operating point is found by the plain solver, the steps of time are taken
 * by a kernel.
 *
 * Output is the same as the plain solver's within 1e-9 of full scale where that is asked for tolerances of 1e-11. Less is
 * iterated: `size.block` is smaller, guesses of the next step follow curves, and an iteration ends when what a junction's
 * bend can still change is below 1/500 of `absoluteToleranceVolts`; expressions are held to both tolerances.
 *
 * @throws TonewrightError as `createCircuitSolver`.
 */
export function createFastCircuitSolver(circuit: Circuit, options: CircuitSolverOptions): CircuitSolver {
  let rest = findRest(circuit, options);
  const kernel = createCircuitKernel();
  const inputAt = kernel.base;
  const outputAt = inputAt + 8 * pieceLength;
  const base = outputAt + 8 * pieceLength;
  const tolerances = {
    relative: options.relativeTolerance ?? 1e-7,
    absoluteVolts: options.absoluteToleranceVolts ?? 1e-9,
  };
  let flat = flattenCircuit(rest, { base, tolerances });
  load(kernel, { flat, rest, base });
  let steps = 0;

  return {
    operatingPoint: rest.operatingPoint,
    size: { unknowns: rest.equations.size, block: flat.blockUnknowns.length },
    run(input, output) {
      const { view } = kernel;
      const pieceIn = new Float64Array(view.buffer, inputAt, pieceLength);
      const pieceOut = new Float64Array(view.buffer, outputAt, pieceLength);
      for (let start = 0; start < input.length; start += pieceLength) {
        const length = Math.min(pieceLength, input.length - start);
        pieceIn.set(input.subarray(start, start + length));
        const result = kernel.runCircuit(flat.header, length, inputAt, outputAt);
        const done = result & 0x7fffffff;
        output.set(pieceOut.subarray(0, done), start);
        steps += done;
        if (result === length) continue;
        if (result < 0) throw singularCircuit("");
        const unknown = flat.blockUnknowns[view.getInt32(flat.header + at.restless, true)]!;
        throw notConverged(rest.equations.names[unknown]!, {
          seconds: steps * options.stepSeconds,
          inputVolts: input[start + done]!,
        });
      }
    },
    change(circuit) {
      const state = readState(kernel.view, flat);
      const solution = rest.solution.slice();
      for (const [unknown, value] of state.unknowns) if (unknown >= 0) solution[unknown] = value;
      rest = { ...withOtherValues(rest, { circuit, options }), solution };
      flat = flattenCircuit(rest, { base, tolerances });
      load(kernel, { flat, rest, base });
      writeState(kernel.view, { flat, state });
    },
  };
}

/** Puts a circuit into the kernel's memory, at the voltages of `rest` with nothing flowing into its charges. */
function load(
  kernel: CircuitKernel,
  { flat, rest, base }: { readonly flat: FlatCircuit; readonly rest: RestingCircuit; readonly base: number },
): void {
  const { bytes, end, header, powerTables, charges } = flat;
  kernel.reserve(end);
  const { view } = kernel;
  new Uint8Array(view.buffer).set(bytes, base);
  for (const [grading, table] of powerTables) kernel.writePowerTable(table, grading);
  kernel.startCircuit(header);
  for (const charge of charges) {
    const now = view.getFloat64(charge + at.chargeNow, true);
    view.setFloat64(charge + at.chargeBefore, now, true);
    view.setFloat64(charge + at.chargeHistory, -rest.dynamics.rate * now, true);
  }
}
