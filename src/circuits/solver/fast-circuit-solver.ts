import { circuitLayout as at, createCircuitKernel } from "../../kernels/index.ts";
import type { Circuit } from "../circuit.ts";
import { type CircuitSolver, type CircuitSolverOptions, findRest, notConverged } from "./circuit-solver.ts";
import { singularCircuit } from "./elimination.ts";
import { flattenCircuit } from "./fast-flatten.ts";

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
  const rest = findRest(circuit, options);
  const { equations, operatingPoint, dynamics } = rest;
  const kernel = createCircuitKernel();
  const { bytes, end, header, powerTables, charges, blockUnknowns } = flattenCircuit(rest, {
    base: kernel.base,
    tolerances: {
      relative: options.relativeTolerance ?? 1e-7,
      absoluteVolts: options.absoluteToleranceVolts ?? 1e-9,
    },
  });
  const inputAt = end;
  const outputAt = end + 8 * pieceLength;
  kernel.reserve(outputAt + 8 * pieceLength);
  const { view } = kernel;
  new Uint8Array(view.buffer).set(bytes, kernel.base);
  for (const [grading, table] of powerTables) kernel.writePowerTable(table, grading);
  kernel.startCircuit(header);
  for (const charge of charges) {
    const now = view.getFloat64(charge + at.chargeNow, true);
    view.setFloat64(charge + at.chargeBefore, now, true);
    view.setFloat64(charge + at.chargeHistory, -dynamics.rate * now, true);
  }
  const pieceIn = new Float64Array(view.buffer, inputAt, pieceLength);
  const pieceOut = new Float64Array(view.buffer, outputAt, pieceLength);
  let steps = 0;

  return {
    operatingPoint,
    size: { unknowns: equations.size, block: blockUnknowns.length },
    run(input, output) {
      for (let start = 0; start < input.length; start += pieceLength) {
        const length = Math.min(pieceLength, input.length - start);
        pieceIn.set(input.subarray(start, start + length));
        const result = kernel.runCircuit(header, length, inputAt, outputAt);
        const done = result & 0x7fffffff;
        output.set(pieceOut.subarray(0, done), start);
        steps += done;
        if (result === length) continue;
        if (result < 0) throw singularCircuit("");
        const unknown = blockUnknowns[view.getInt32(header + at.restless, true)]!;
        throw notConverged(equations.names[unknown]!, {
          seconds: steps * options.stepSeconds,
          inputVolts: input[start + done]!,
        });
      }
    },
  };
}
