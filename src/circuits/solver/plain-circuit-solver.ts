import type { Circuit } from "../circuit.ts";
import type { Device, Dynamics } from "../devices/device.ts";
import { type CircuitSolver, type CircuitSolverOptions, notConverged } from "./circuit-solver.ts";
import type { Equations } from "./equations.ts";
import { createDevices } from "./nonlinear-part.ts";
import { findRest, type RestingCircuit, withOtherValues } from "./resting-circuit.ts";
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
  const transient = new Transient(system, { ...rest, stepSeconds: options.stepSeconds });
  return {
    operatingPoint,
    size: { unknowns: rest.equations.size, block: system.blockSize },
    run(input, output) {
      for (let n = 0; n < input.length; n++) {
        transient.step(input[n]!);
        output[n] = (plus >= 0 ? transient.solution[plus]! : 0) - (minus >= 0 ? transient.solution[minus]! : 0);
      }
    },
    change(circuit) {
      rest = withOtherValues(rest, { circuit, options });
      const { inner, equations } = rest;
      transient.change(systemOf(rest, (places) => createDevices(inner, equations, places)));
    },
  };
}

/** The circuit's state, step by step. */
class Transient {
  readonly solution: Float64Array;
  #system: StepSystem;
  readonly #dynamics: Dynamics;
  readonly #stepSeconds: number;
  readonly #before: Float64Array;
  readonly #guess: Float64Array;
  readonly #right: Float64Array;
  /** What flows out of linear charges in the next step, apart from their present value. */
  readonly #history: Float64Array;
  #steps = 0;

  constructor(
    system: StepSystem,
    at: { equations: Equations; solution: Float64Array; dynamics: Dynamics; stepSeconds: number },
  ) {
    this.#system = system;
    this.#dynamics = at.dynamics;
    this.#stepSeconds = at.stepSeconds;
    this.solution = at.solution.slice();
    this.#before = at.solution.slice();
    this.#guess = new Float64Array(at.equations.size);
    this.#right = new Float64Array(at.equations.size);
    this.#history = new Float64Array(at.equations.size);
    for (const { row, column, value } of at.equations.capacitances) {
      this.#history[row]! -= at.dynamics.rate * value * at.solution[column]!;
    }
    for (const device of system.devices) device.start(at.dynamics);
  }

  /** The same circuit with other values. */
  change(system: StepSystem): void {
    const before = this.#system.devices;
    system.devices.forEach((device, k) => {
      device.takeState(before[k]!);
    });
    this.#system = system;
  }

  step(inputVolts: number): void {
    const { solution } = this;
    for (let k = 0; k < solution.length; k++) this.#guess[k] = 2 * solution[k]! - this.#before[k]!;
    this.#before.set(solution);
    const settled =
      this.#attempt(this.#guess, inputVolts, { iterations: iterationsPerAttempt }) ||
      this.#attempt(this.#before, inputVolts, { iterations: 2 * iterationsPerAttempt, largestStep: 1 }) ||
      this.#attempt(this.#before, inputVolts, { iterations: 20 * iterationsPerAttempt, largestStep: 0.1 });
    if (!settled) {
      const unknown = this.#system.equations.names[this.#system.columns[this.#system.restless]!]!;
      throw notConverged(unknown, { seconds: this.#steps * this.#stepSeconds, inputVolts });
    }
    this.#advance();
    this.#steps++;
  }

  #attempt(start: Float64Array, inputVolts: number, options: Omit<SolveOptions, "dynamics">): boolean {
    const { sources, inputRow } = this.#system.equations;
    for (let k = 0; k < sources.length; k++) this.#right[k] = sources[k]! - this.#history[k]!;
    this.#right[inputRow]! += inputVolts;
    this.solution.set(start);
    return this.#system.solve(this.#right, this.solution, { dynamics: this.#dynamics, ...options });
  }

  /** Charges become history. */
  #advance(): void {
    const { rate, method } = this.#dynamics;
    const history = this.#history;
    if (method === "trapezoidal") {
      for (let k = 0; k < history.length; k++) history[k] = -history[k]!;
      for (const { row, column, value } of this.#system.equations.capacitances) {
        history[row]! -= 2 * rate * value * this.solution[column]!;
      }
    } else {
      history.fill(0);
      for (const { row, column, value } of this.#system.equations.capacitances) {
        history[row]! += (rate / 3) * value * (this.#before[column]! - 4 * this.solution[column]!);
      }
    }
    for (const device of this.#system.devices) device.accept(this.#dynamics);
  }
}
