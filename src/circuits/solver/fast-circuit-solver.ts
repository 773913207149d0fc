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
import { planMove, readState, type StateMove, writeState } from "./fast-state.ts";
import { deepestCut, finerSteps, jumpLimit, noLimit } from "./jumps.ts";
import { circuitChanged, findRest, withOtherValues } from "./resting-circuit.ts";

/** Samples that the kernel gets at once. */
const pieceLength = 4096;

/**
 * As `createCircuitSolver`, many times faster: the operating point is found by the plain solver, the steps of time are taken
 * by a kernel.
 *
 * Where both are asked for tolerances of 1e-11, output is the same as the plain solver's within 1e-9 of full scale. Less is
 * iterated: `size.block` is smaller, guesses of the next step follow curves, and an iteration ends when what a junction's
 * bend can still change is below 1/500 of `absoluteToleranceVolts`; expressions are held to both tolerances.
 *
 * @throws TonewrightError as `createCircuitSolver`.
 */
export function createFastCircuitSolver(circuit: Circuit, options: CircuitSolverOptions): CircuitSolver {
  let rest = findRest(circuit, options);
  const { method } = rest.dynamics;
  const kernel = createCircuitKernel();
  const inputAt = kernel.base;
  const outputAt = inputAt + 8 * pieceLength;
  const firstBase = outputAt + 8 * pieceLength;
  const tolerances = {
    relative: options.relativeTolerance ?? 1e-7,
    absoluteVolts: options.absoluteToleranceVolts ?? 1e-9,
  };
  /** The circuit by how often its steps are cut; laid out one behind the other when they are needed. */
  let layouts: Layout[] = [];
  const rateAt = (level: number) => rest.dynamics.rate * finerSteps ** level;
  const flattenAt = (level: number, base: number, like: FlatCircuit | undefined) => {
    const dynamics = { ...rest.dynamics, rate: rateAt(level) };
    const jump = level === 0 ? jumpLimit : noLimit;
    return flattenCircuit({ ...rest, dynamics }, { base, tolerances, jump, like });
  };
  const place = (level: number, flat: FlatCircuit): Layout => {
    const layout = { flat, rate: rateAt(level), moves: new Map() };
    load(kernel, layout);
    layouts[level] = layout;
    return layout;
  };
  const layOut = (level: number): Layout => {
    const known = layouts[level];
    if (known !== undefined) return known;
    if (level === 0) return place(0, flattenAt(0, firstBase, undefined));
    const { flat } = layOut(level - 1);
    return place(level, flattenAt(level, Math.ceil(flat.end / 64) * 64, flat));
  };
  let now = layOut(0);
  let steps = 0;

  /** Goes on from the last settled step in another layout. */
  const goOn = (next: Layout) => {
    const memory = new Float64Array(kernel.view.buffer);
    const move = now.moves.get(next) ?? planMove(now.flat, next.flat);
    now.moves.set(next, move);
    writeState(memory, { state: readState(memory, move), move, change: { from: now.rate, to: next.rate, method } });
    now = next;
  };
  /** The step from one input to the next as many smaller ones; the volts at the output after it are at `outputAt`. */
  const stepFinely = (from: number, to: number, level: number) => {
    const whole = now;
    goOn(layOut(level));
    try {
      for (let k = 0; k < finerSteps; k++) {
        const [start, end] = [from + ((to - from) * k) / finerSteps, from + ((to - from) * (k + 1)) / finerSteps];
        kernel.view.setFloat64(inputAt, end, true);
        const result = kernel.runCircuit(now.flat.header, 1, inputAt, outputAt);
        if (result === 1) continue;
        if (level === deepestCut) throw notSettled(result, end);
        stepFinely(start, end, level + 1);
      }
    } finally {
      goOn(whole);
    }
  };
  const notSettled = (result: number, inputVolts: number) => {
    const { names } = rest.equations;
    const { blockUnknowns, header } = now.flat;
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
    size: { unknowns: rest.equations.size, block: now.flat.blockUnknowns.length },
    run(input, output) {
      for (let start = 0; start < input.length; ) {
        const length = Math.min(pieceLength, input.length - start);
        new Float64Array(kernel.view.buffer, inputAt, length).set(input.subarray(start, start + length));
        const result = kernel.runCircuit(now.flat.header, length, inputAt, outputAt);
        let done = result & 0x7fffffff;
        output.set(new Float64Array(kernel.view.buffer, outputAt, done), start);
        if (result !== length) {
          steps += done;
          stepFinely(kernel.view.getFloat64(now.flat.header + at.lastInput, true), input[start + done]!, 1);
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
      const before = now.flat;
      rest = withOtherValues(rest, { circuit, options });
      const flat = flattenAt(0, firstBase, before);
      const lost = [...flat.state.histories.keys()].find((row) => !before.state.histories.has(row));
      if (lost !== undefined) {
        throw circuitChanged(`${rest.equations.names[lost]!} has charges that nothing listened to before`);
      }
      const move = planMove(before, flat);
      const state = readState(new Float64Array(kernel.view.buffer), move);
      layouts = [];
      now = place(0, flat);
      const { rate } = now;
      writeState(new Float64Array(kernel.view.buffer), { state, move, change: { from: rate, to: rate, method } });
    },
  };
}

/** A circuit in the kernel's memory, for steps of one length. */
interface Layout {
  readonly flat: FlatCircuit;
  readonly rate: number;
  /** How the state goes over into others. */
  readonly moves: Map<Layout, StateMove>;
}

/** Puts a circuit into the kernel's memory, at rest with nothing flowing into its charges. */
function load(kernel: CircuitKernel, { flat, rate }: Pick<Layout, "flat" | "rate">): void {
  const { base, bytes, end, header, powerTables, charges } = flat;
  kernel.reserve(end);
  const { view } = kernel;
  new Uint8Array(view.buffer).set(bytes, base);
  for (const [grading, table] of powerTables) kernel.writePowerTable(table, grading);
  kernel.startCircuit(header);
  for (const charge of charges) {
    const now = view.getFloat64(charge + at.chargeNow, true);
    view.setFloat64(charge + at.chargeBefore, now, true);
    view.setFloat64(charge + at.chargeHistory, -rate * now, true);
  }
}
