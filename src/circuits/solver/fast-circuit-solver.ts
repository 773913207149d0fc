import { circuitLayout as at, type CircuitKernel, createCircuitKernel } from "../../kernels/index.ts";
import type { Circuit } from "../circuit.ts";
import {
  type CircuitSolver,
  type CircuitSolverOptions,
  notConverged,
  outputName,
  requireFiniteOutput,
} from "./circuit-solver.ts";
import { singularCircuit } from "./elimination.ts";
import { type FlatCircuit, flattenCircuit } from "./fast-flatten.ts";
import { atRate, readState, settledUnknowns, writeState } from "./fast-state.ts";
import { deepestCut, finerSteps } from "./plain-circuit-solver.ts";
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

  /** Goes on from the last settled step with other values or steps of another length. */
  const goOn = (next: RestingCircuit) => {
    const { rate: from, method } = rest.dynamics;
    const { rate: to } = next.dynamics;
    const state = readState(kernel.view, flat);
    const solution = rest.solution.slice();
    for (const [unknown, value] of settledUnknowns(state)) if (unknown >= 0) solution[unknown] = value;
    rest = { ...next, solution };
    flat = flattenCircuit(rest, { base, tolerances, like: flat });
    load(kernel, { flat, rest, base });
    writeState(kernel.view, { flat, state: from === to ? state : atRate(state, { from, to, method }) });
  };
  /** The step from one input to the next as many smaller ones; the volts at the output after it are at `outputAt`. */
  const stepFinely = (from: number, to: number, cuts: number) => {
    const { rate } = rest.dynamics;
    const withRate = (rate: number) => ({ ...rest, dynamics: { ...rest.dynamics, rate } });
    goOn(withRate(finerSteps * rate));
    try {
      for (let k = 0; k < finerSteps; k++) {
        const [start, end] = [from + ((to - from) * k) / finerSteps, from + ((to - from) * (k + 1)) / finerSteps];
        kernel.view.setFloat64(inputAt, end, true);
        const result = kernel.runCircuit(flat.header, 1, inputAt, outputAt);
        if (result === 1) continue;
        if (cuts === deepestCut) throw notSettled(result, end);
        stepFinely(start, end, cuts + 1);
      }
    } finally {
      goOn(withRate(rate));
    }
  };
  const notSettled = (result: number, inputVolts: number) => {
    const { names } = rest.equations;
    const { blockUnknowns, header } = flat;
    if (result < 0)
      return singularCircuit(
        blockUnknowns
          .map((unknown) => names[unknown]!)
          .slice(0, 5)
          .join(", "),
      );
    const unknown = blockUnknowns[kernel.view.getInt32(header + at.restless, true)]!;
    return notConverged(names[unknown]!, { seconds: steps * options.stepSeconds, inputVolts });
  };

  return {
    operatingPoint: rest.operatingPoint,
    size: { unknowns: rest.equations.size, block: flat.blockUnknowns.length },
    run(input, output) {
      for (let start = 0; start < input.length; ) {
        const length = Math.min(pieceLength, input.length - start);
        new Float64Array(kernel.view.buffer, inputAt, length).set(input.subarray(start, start + length));
        const result = kernel.runCircuit(flat.header, length, inputAt, outputAt);
        let done = result & 0x7fffffff;
        output.set(new Float64Array(kernel.view.buffer, outputAt, done), start);
        if (result !== length) {
          steps += done;
          stepFinely(kernel.view.getFloat64(flat.header + at.lastInput, true), input[start + done]!, 1);
          steps -= done;
          output[start + done] = kernel.view.getFloat64(outputAt, true);
          done++;
        }
        const { stepSeconds } = options;
        requireFiniteOutput(output.subarray(start, start + done), { steps, stepSeconds, name: outputName(options) });
        steps += done;
        start += done;
      }
    },
    change(circuit) {
      goOn(withOtherValues(rest, { circuit, options }));
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
