import { TonewrightError } from "../../errors/index.ts";
import type { Circuit } from "../circuit.ts";
import { type Device, type Dynamics, type IntegrationMethod, Stamp } from "../devices/device.ts";
import { checkTopology } from "./check-topology.ts";
import { type Elimination, eliminate, singularCircuit, solveDense } from "./elimination.ts";
import { type Entry, type Equations, unknownOfNode, writeEquations } from "./equations.ts";
import { createDevices, touchedUnknowns } from "./nonlinear-part.ts";
import { withInnerElements } from "./series-resistances.ts";

/** Where the audio goes in and out, and how finely time is cut. */
export interface CircuitSolverOptions {
  /** Name of the voltage source that the audio drives. */
  readonly input: string;
  /** Node whose voltage is the output, or two for a difference. */
  readonly output: string | readonly [string, string];
  /** Seconds from one input sample to the next. */
  readonly stepSeconds: number;
  /** Default trapezoidal, which neither adds nor takes energy; Gear's damps what rings from step to step. */
  readonly method?: IntegrationMethod | undefined;
  /** Largest change of an unknown at which an iteration counts as settled, relative and in volts. Defaults 1e-7, 1e-9. */
  readonly relativeTolerance?: number | undefined;
  readonly absoluteToleranceVolts?: number | undefined;
}

/** A circuit that goes on from sample to sample. */
export interface CircuitSolver {
  /** Volts by node name at the operating point. */
  readonly operatingPoint: Readonly<Record<string, number>>;
  /** Unknowns in all, and those in the block that is solved anew in every iteration. */
  readonly size: { readonly unknowns: number; readonly block: number };
  /**
   * Overwrites `output`, shape `[samples]`, with the volts at the output while the input source follows `input`, volts on
   * top of its constant value. The state goes on from call to call; between two samples the source is a straight line.
   *
   * @throws TonewrightError `circuit-not-converged` with the time and the node.
   */
  run(input: Float64Array, output: Float64Array): void;
}

const defaultGmin = 1e-12;
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
  const { equations, touched, devices, dynamics, solution, operatingPoint, output } = findRest(circuit, options);
  const system = new System(equations, { touched, rate: dynamics.rate, options, devicesOf: () => devices });
  const [plus, minus] = output;
  const transient = new Transient(system, { equations, solution, dynamics, stepSeconds: options.stepSeconds });
  return {
    operatingPoint,
    size: { unknowns: equations.size, block: system.blockSize },
    run(input, output) {
      for (let n = 0; n < input.length; n++) {
        transient.step(input[n]!);
        output[n] = (plus >= 0 ? transient.solution[plus]! : 0) - (minus >= 0 ? transient.solution[minus]! : 0);
      }
    },
  };
}

/** A circuit at its operating point: where every solver of its transient starts. */
export interface RestingCircuit {
  /** With the resistances inside semiconductors as elements of their own. */
  readonly inner: Circuit;
  readonly equations: Equations;
  readonly touched: ReadonlySet<number>;
  /** Their places in the block depend on `touched` alone: the transient's block has the same. */
  readonly devices: readonly Device[];
  /** Of the steps to come. */
  readonly dynamics: Dynamics;
  /** Shape `[equations.size]`. */
  readonly solution: Float64Array;
  readonly operatingPoint: Readonly<Record<string, number>>;
  /** Unknowns whose difference is the output; -1 is ground. */
  readonly output: readonly [number, number];
}

/** The operating point; throws all that `createCircuitSolver` does. */
export function findRest(circuit: Circuit, options: CircuitSolverOptions): RestingCircuit {
  checkTopology(circuit);
  const inner = withInnerElements(circuit);
  const equations = writeEquations(inner, options);
  const touched = touchedUnknowns(inner, equations);
  const dynamics: Dynamics = {
    rate: (options.method === "gear2" ? 1.5 : 2) / options.stepSeconds,
    method: options.method ?? "trapezoidal",
    gmin: defaultGmin,
  };
  const atRest = new System(equations, {
    touched,
    rate: 0,
    options,
    devicesOf: (places) => createDevices(inner, equations, places),
  });
  const solution = findOperatingPoint(atRest, inner, equations, dynamics);
  const output = outputUnknowns(circuit, options.output);
  const operatingPoint = Object.fromEntries(
    circuit.nodes.map((name, node) => [name, node === 0 ? 0 : solution[unknownOfNode(node)]!]),
  );
  return { inner, equations, touched, devices: atRest.devices, dynamics, solution, operatingPoint, output };
}

interface SystemOptions {
  readonly touched: ReadonlySet<number>;
  /** 0 at the operating point. */
  readonly rate: number;
  readonly options: CircuitSolverOptions;
  readonly devicesOf: (places: ReadonlyMap<number, number>) => readonly Device[];
}

/** Conductance to ground that every node gets at the operating point, so that nodes behind capacitors have a voltage. */
const restSiemens = 1e-15;

/** Resistance of every inductor at the operating point, so that one across a voltage source has a current. */
const restOhms = 1e-6;

/** The equations of one step of time, ready to be solved for any right side. */
class System {
  readonly equations: Equations;
  readonly blockSize: number;
  readonly devices: readonly Device[];
  readonly #parts: Elimination;
  readonly #stamp: Stamp;
  readonly #block: Float64Array;
  readonly #right: Float64Array;
  readonly #relative: number;
  readonly #absolute: number;
  /** The place in the block that moved most in the last iteration. */
  restless = 0;

  constructor(equations: Equations, { touched, rate, options, devicesOf }: SystemOptions) {
    this.equations = equations;
    const { size, conductances, capacitances, names } = equations;
    const entries: Entry[] = [
      ...conductances,
      ...capacitances.map(({ row, column, value }) => ({ row, column, value: rate * value })),
    ];
    const nodes = names.filter((name) => name.startsWith("V(")).length;
    if (rate === 0) {
      for (let k = 0; k < nodes; k++) entries.push({ row: k, column: k, value: restSiemens });
      for (const { row, column } of capacitances) {
        if (row >= nodes && row === column) entries.push({ row, column, value: -restOhms });
      }
    }
    this.#parts = eliminate(entries, { size, keep: touched });
    const { block } = this.#parts;
    this.blockSize = block.size;
    this.#stamp = new Stamp(block.size);
    this.#block = new Float64Array(block.size);
    this.#right = new Float64Array(block.size);
    this.devices = devicesOf(new Map(Array.from(block.columns, (unknown, place) => [unknown, place])));
    this.#relative = options.relativeTolerance ?? 1e-7;
    this.#absolute = options.absoluteToleranceVolts ?? 1e-9;
  }

  get columns(): Int32Array {
    return this.#parts.block.columns;
  }

  /**
   * Solves for a right side, which is overwritten.
   *
   * @param solution - Shape `[size]`: where the iteration starts; overwritten with the solution.
   * @param options.largestStep - Volts that an unknown may move in one iteration.
   * @returns Whether it settled.
   */
  solve(
    right: Float64Array,
    solution: Float64Array,
    { dynamics, iterations, largestStep = Number.POSITIVE_INFINITY, extraSiemens = 0 }: SolveOptions,
  ): boolean {
    const { forward, block } = this.#parts;
    for (let k = 0; k < forward.to.length; k++) right[forward.to[k]!]! -= forward.value[k]! * right[forward.from[k]!]!;
    for (let p = 0; p < block.size; p++) this.#block[p] = solution[block.columns[p]!]!;
    let settled = block.size === 0;
    for (let i = 0; i < iterations && !settled; i++)
      settled = this.#iterate(right, { dynamics, largestStep, extraSiemens });
    for (let p = 0; p < block.size; p++) solution[block.columns[p]!] = this.#block[p]!;
    this.#substitute(right, solution);
    return settled;
  }

  #iterate(
    right: Float64Array,
    {
      dynamics,
      largestStep,
      extraSiemens,
    }: { readonly dynamics: Dynamics; readonly largestStep: number; readonly extraSiemens: number },
  ): boolean {
    const { block } = this.#parts;
    const stamp = this.#stamp;
    stamp.matrix.set(block.matrix);
    for (let p = 0; p < block.size; p++) stamp.right[p] = right[block.rows[p]!]!;
    if (extraSiemens > 0) for (let p = 0; p < block.size; p++) stamp.matrix[p * block.size + p]! += extraSiemens;
    let limited = false;
    for (const device of this.devices) if (device.load(this.#block, stamp, dynamics)) limited = true;
    this.#right.set(stamp.right);
    if (!solveDense(block.size, stamp.matrix, this.#right)) throw singularCircuit("");
    let settled = !limited;
    let most = 0;
    for (let p = 0; p < block.size; p++) {
      const before = this.#block[p]!;
      const change = this.#right[p]! - before;
      const size = Math.abs(change);
      if (!(size <= this.#absolute + this.#relative * Math.abs(before))) settled = false;
      if (!(size <= most)) {
        most = size;
        this.restless = p;
      }
      this.#block[p] = before + (size > largestStep ? Math.sign(change) * largestStep : change);
    }
    return settled;
  }

  #substitute(right: Float64Array, solution: Float64Array): void {
    const { row, column, inverse, start, unknown, value } = this.#parts.backward;
    for (let k = 0; k < row.length; k++) {
      let sum = right[row[k]!]!;
      for (let n = start[k]!; n < start[k + 1]!; n++) sum -= value[n]! * solution[unknown[n]!]!;
      solution[column[k]!] = sum * inverse[k]!;
    }
  }
}

interface SolveOptions {
  readonly dynamics: Dynamics;
  readonly iterations: number;
  readonly largestStep?: number;
  /** Added on the block's diagonal: gmin stepping. */
  readonly extraSiemens?: number;
}

/** The circuit's state, step by step. */
class Transient {
  readonly solution: Float64Array;
  readonly #system: System;
  readonly #equations: Equations;
  readonly #dynamics: Dynamics;
  readonly #stepSeconds: number;
  readonly #before: Float64Array;
  readonly #guess: Float64Array;
  readonly #right: Float64Array;
  /** What flows out of linear charges in the next step, apart from their present value. */
  readonly #history: Float64Array;
  #steps = 0;

  constructor(
    system: System,
    at: { equations: Equations; solution: Float64Array; dynamics: Dynamics; stepSeconds: number },
  ) {
    this.#system = system;
    this.#equations = at.equations;
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

  step(inputVolts: number): void {
    const { solution } = this;
    for (let k = 0; k < solution.length; k++) this.#guess[k] = 2 * solution[k]! - this.#before[k]!;
    this.#before.set(solution);
    const settled =
      this.#attempt(this.#guess, inputVolts, { iterations: iterationsPerAttempt }) ||
      this.#attempt(this.#before, inputVolts, { iterations: 2 * iterationsPerAttempt, largestStep: 1 }) ||
      this.#attempt(this.#before, inputVolts, { iterations: 20 * iterationsPerAttempt, largestStep: 0.1 });
    if (!settled) {
      const unknown = this.#equations.names[this.#system.columns[this.#system.restless]!]!;
      throw notConverged(unknown, { seconds: this.#steps * this.#stepSeconds, inputVolts });
    }
    this.#advance();
    this.#steps++;
  }

  #attempt(start: Float64Array, inputVolts: number, options: Omit<SolveOptions, "dynamics">): boolean {
    const { sources, inputRow } = this.#equations;
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
      for (const { row, column, value } of this.#equations.capacitances) {
        history[row]! -= 2 * rate * value * this.solution[column]!;
      }
    } else {
      history.fill(0);
      for (const { row, column, value } of this.#equations.capacitances) {
        history[row]! += (rate / 3) * value * (this.#before[column]! - 4 * this.solution[column]!);
      }
    }
    for (const device of this.#system.devices) device.accept(this.#dynamics);
  }
}

/** The error for a step of time without a solution. */
export function notConverged(
  unknown: string,
  { seconds, inputVolts }: { readonly seconds: number; readonly inputVolts: number },
): TonewrightError {
  return new TonewrightError(
    "circuit-not-converged",
    `no solution was found at ${seconds.toFixed(6)} s, where the input is ${Number(inputVolts.toPrecision(4))} V; ${unknown} did not settle`,
    "use more oversampling, a smaller input gain, or give the devices there capacitances and series resistances",
  );
}

/** The operating point: directly, else with conductances that are taken away, else with sources that are turned up. */
function findOperatingPoint(system: System, circuit: Circuit, equations: Equations, dynamics: Dynamics): Float64Array {
  const rest: Dynamics = { ...dynamics, rate: 0 };
  const solution = new Float64Array(equations.size);
  for (const [node, volts] of circuit.initialVolts) solution[unknownOfNode(node)] = volts;
  const solve = (scale: number, options: Omit<SolveOptions, "dynamics">) =>
    system.solve(
      equations.sources.map((value) => scale * value),
      solution,
      { dynamics: rest, ...options },
    );
  if (solve(1, { iterations: 200 }) || solve(1, { iterations: 500, largestStep: 1 })) return solution;

  solution.fill(0);
  let works = true;
  for (let extraSiemens = 1e-2; works && extraSiemens > 1e-14; extraSiemens /= 10) {
    works = solve(1, { iterations: 300, extraSiemens, largestStep: 2 });
  }
  if (works && solve(1, { iterations: 300 })) return solution;

  solution.fill(0);
  works = true;
  for (let step = 0; works && step <= 100; step++) works = solve(step / 100, { iterations: 300, largestStep: 1 });
  if (works) return solution;
  throw new TonewrightError(
    "no-operating-point",
    `no operating point was found: ${equations.names[system.columns[system.restless]!]} did not settle`,
    "check supply voltages and the direction of transistors and diodes; an .ic line with a first guess can help",
  );
}

function outputUnknowns(circuit: Circuit, output: string | readonly [string, string]): [number, number] {
  const [plus, minus = "0"] = typeof output === "string" ? [output] : output;
  const find = (name: string) => {
    const node = circuit.nodes.indexOf(name.toLowerCase());
    if (node >= 0) return unknownOfNode(node);
    throw new TonewrightError(
      "unknown-node",
      `there is no node "${name}" to listen at`,
      `name one of ${circuit.nodes.slice(1, 20).join(", ")}`,
    );
  };
  return [find(plus), find(minus)];
}
