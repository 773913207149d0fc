import { type Device, type Dynamics, Stamp } from "../devices/device.ts";
import type { CircuitSolverOptions } from "./circuit-solver.ts";
import { type Elimination, eliminate, singularCircuit, solveDense } from "./elimination.ts";
import type { Entry, Equations } from "./equations.ts";

/** What the equations of a step are made from. */
export interface StepSystemOptions {
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
export class StepSystem {
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

  constructor(equations: Equations, { touched, rate, options, devicesOf }: StepSystemOptions) {
    this.equations = equations;
    const { size, conductances, capacitances, names, time } = equations;
    const entries: Entry[] = [
      ...conductances,
      ...capacitances.map(({ row, column, value }) => ({ row, column, value: rate * value })),
    ];
    const nodes = names.filter((name) => name.startsWith("V(")).length;
    if (rate === 0) {
      for (let k = 0; k < nodes; k++) entries.push({ row: k, column: k, value: restSiemens });
      for (const { row, column } of capacitances) {
        if (row >= nodes && row === column && row !== time) entries.push({ row, column, value: -restOhms });
      }
      if (time !== undefined) entries.push({ row: time, column: time, value: 1 });
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
    const undecided = solveDense(block.size, stamp.matrix, this.#right);
    if (undecided >= 0) throw singularCircuit(this.equations.names[block.columns[undecided]!]);
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

/** How Newton's iteration proceeds. */
export interface SolveOptions {
  readonly dynamics: Dynamics;
  readonly iterations: number;
  readonly largestStep?: number;
  /** Added on the block's diagonal: gmin stepping. */
  readonly extraSiemens?: number;
}
