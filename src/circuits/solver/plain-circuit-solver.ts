import type { Circuit } from "../circuit.ts";
import { type Device, type Dynamics, historyAtRate } from "../devices/device.ts";
import {
  type CircuitSolver,
  type CircuitSolverOptions,
  notConverged,
  outputName,
  requireFiniteOutput,
} from "./circuit-solver.ts";
import { createDevices } from "./nonlinear-part.ts";
import { iteratedUnknowns } from "./fast-parts.ts";
import { deepestCut, finerSteps, jumpLimit, peakDecay } from "./jumps.ts";
import { findRest, type RestingCircuit, restingHistory, withOtherValues } from "./resting-circuit.ts";
import { type SolveOptions, StepSystem } from "./step-system.ts";

const iterationsPerAttempt = 60;

/**
 * A circuit at its operating point, as something that turns input voltages into output voltages.
 *
 * Modified nodal analysis. The linear unknowns are eliminated once; each step of time solves the nonlinear rest by
 * Newton's iteration with SPICE's limits.
 *
 * @throws TonewrightError `floating-node`, `voltage-loop`, `singular-circuit`, `unknown-source`, `unknown-node`,
 *   `no-operating-point`.
 */
export function createCircuitSolver(circuit: Circuit, options: CircuitSolverOptions): CircuitSolver {
  let rest = findRest(circuit, options);
  const { devices, dynamics, operatingPoint, output } = rest;
  const systemOf = (
    { equations, touched }: RestingCircuit,
    devicesOf: (places: ReadonlyMap<number, number>) => readonly Device[],
  ) => new StepSystem(equations, { touched, rate: dynamics.rate, options, devicesOf });
  const system = systemOf(rest, () => devices);
  const [plus, minus] = output;
  let steps = 0;
  const transient = new Transient(system, { ...rest, options });
  return {
    operatingPoint,
    size: { unknowns: rest.equations.size, block: system.blockSize },
    run(input, output) {
      for (let n = 0; n < input.length; n++) {
        transient.step(input[n]!);
        output[n] = (plus >= 0 ? transient.solution[plus]! : 0) - (minus >= 0 ? transient.solution[minus]! : 0);
      }
      const { stepSeconds } = options;
      requireFiniteOutput(output, { steps, stepSeconds, name: outputName(options) });
      steps += input.length;
    },
    change(circuit) {
      rest = withOtherValues(rest, { circuit, options });
      const { inner, equations } = rest;
      const system = systemOf(rest, (places) => createDevices(inner, equations, places));
      transient.change(system, rest);
    },
  };
}

/** The circuit's state, step by step. */
class Transient {
  readonly solution: Float64Array;
  #system: StepSystem;
  #dynamics: Dynamics;
  readonly #at: { readonly options: CircuitSolverOptions };
  #touched: ReadonlySet<number>;
  readonly #before: Float64Array;
  /** How far each unknown went in the last step, and how much further than in the one before. */
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  readonly #guess: Float64Array;
  readonly #right: Float64Array;
  /** What flows out of linear charges in the next step, apart from their present value. */
  readonly #history: Float64Array;
  /** Linear charges of the last settled step, by row. */
  readonly #charges: Float64Array;
  /** The largest values of late. */
  readonly #peaks: Float64Array;
  /** Unknowns whose jumps are looked for. */
  #watched: readonly number[];
  #lastInput = 0;
  #steps = 0;

  constructor(system: StepSystem, at: RestingCircuit & { readonly options: CircuitSolverOptions }) {
    this.#system = system;
    this.#watched = iteratedUnknowns(at);
    this.#dynamics = at.dynamics;
    this.#at = at;
    this.#touched = at.touched;
    this.solution = at.solution.slice();
    this.#before = at.solution.slice();
    this.#first = new Float64Array(at.equations.size);
    this.#second = new Float64Array(at.equations.size);
    this.#guess = new Float64Array(at.equations.size);
    this.#right = new Float64Array(at.equations.size);
    this.#charges = new Float64Array(at.equations.size);
    this.#peaks = at.solution.map(Math.abs);
    for (const { row, column, value } of at.equations.capacitances) this.#charges[row]! += value * at.solution[column]!;
    this.#history = this.#charges.map((charge, row) => restingHistory(charge, row, at));
    for (const device of system.devices) device.start(at.dynamics);
  }

  /** The same circuit with other values. */
  change(system: StepSystem, rest: RestingCircuit): void {
    this.#watched = iteratedUnknowns(rest);
    this.#touched = rest.touched;
    const before = this.#system.devices;
    system.devices.forEach((device, k) => {
      device.takeState(before[k]!);
    });
    this.#system = system;
  }

  step(inputVolts: number): void {
    this.#stepTo(inputVolts, 0);
    this.#steps++;
  }

  /** @param cuts - How often the step was cut to come to this one. */
  #stepTo(inputVolts: number, cuts: number): void {
    const { solution } = this;
    for (let k = 0; k < solution.length; k++) this.#guess[k] = solution[k]! + this.#first[k]!;
    this.#before.set(solution);
    const settled =
      this.#attempt(this.#guess, inputVolts, { iterations: iterationsPerAttempt }) ||
      this.#attempt(this.#before, inputVolts, { iterations: 2 * iterationsPerAttempt, largestStep: 1 }) ||
      this.#attempt(this.#before, inputVolts, { iterations: 20 * iterationsPerAttempt, largestStep: 0.1 });
    if (settled && (cuts > 0 || !this.#jumps())) {
      this.#advance();
      this.#lastInput = inputVolts;
      return;
    }
    solution.set(this.#before);
    if (cuts === deepestCut) {
      const unknown = this.#system.equations.names[this.#system.columns[this.#system.restless]!]!;
      throw notConverged(unknown, { seconds: this.#steps * this.#at.options.stepSeconds, inputVolts });
    }
    const { rate } = this.#dynamics;
    const from = this.#lastInput;
    this.#changeRate(finerSteps * rate);
    try {
      for (let k = 1; k <= finerSteps; k++) this.#stepTo(from + ((inputVolts - from) * k) / finerSteps, cuts + 1);
    } finally {
      this.#changeRate(rate);
    }
  }

  /** Goes on from the settled solution with steps of another length. */
  #changeRate(rate: number): void {
    const { equations, devices } = this.#system;
    const { options } = this.#at;
    const touched = this.#touched;
    const change = { from: this.#dynamics.rate, to: rate, method: this.#dynamics.method };
    for (const [row, charge] of this.#charges.entries()) {
      this.#history[row] = historyAtRate(this.#history[row]!, charge, change);
    }
    for (const device of devices) device.changeRate(change);
    // What moved in a step of the one length moves less, or more, in the other; what bends is left out.
    for (let k = 0; k < this.#first.length; k++) this.#first[k]! *= change.from / change.to;
    this.#second.fill(0);
    this.#dynamics = { ...this.#dynamics, rate };
    this.#system = new StepSystem(equations, { touched, rate, options, devicesOf: () => devices });
  }

  #attempt(start: Float64Array, inputVolts: number, options: Omit<SolveOptions, "dynamics">): boolean {
    const { sources, inputRow } = this.#system.equations;
    for (let k = 0; k < sources.length; k++) this.#right[k] = sources[k]! - this.#history[k]!;
    this.#right[inputRow]! += inputVolts;
    this.solution.set(start);
    return this.#system.solve(this.#right, this.solution, { dynamics: this.#dynamics, ...options });
  }

  /** Whether an unknown left the parabola through its last three values by more than it may. */
  #jumps(): boolean {
    return this.#watched.some((k) => {
      const value = this.solution[k]!;
      const off = value - this.#before[k]! - this.#first[k]! - this.#second[k]!;
      return Math.abs(off) > jumpLimit.volts + jumpLimit.share * this.#peaks[k]!;
    });
  }

  /** Charges become history. */
  #advance(): void {
    for (let k = 0; k < this.#first.length; k++) {
      const went = this.solution[k]! - this.#before[k]!;
      this.#peaks[k] = Math.max(Math.abs(this.solution[k]!), peakDecay * this.#peaks[k]!);
      this.#second[k] = went - this.#first[k]!;
      this.#first[k] = went;
    }
    const { rate, method } = this.#dynamics;
    const charges = new Float64Array(this.#charges.length);
    for (const { row, column, value } of this.#system.equations.capacitances) {
      charges[row]! += value * this.solution[column]!;
    }
    for (const [row, charge] of charges.entries()) {
      const history = this.#history[row]!;
      const before = this.#charges[row]!;
      this.#history[row] = method === "trapezoidal" ? -history - 2 * rate * charge : (rate / 3) * (before - 4 * charge);
    }
    this.#charges.set(charges);
    for (const device of this.#system.devices) device.accept(this.#dynamics);
  }
}
