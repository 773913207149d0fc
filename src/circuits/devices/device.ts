/** The places of unknowns and equations in the dense block; -1 is ground. */
export type Place = number;

/** How charges become currents at the present step: `i = rate * q + history`. At the operating point `rate` is 0. */
export interface Dynamics {
  /** 1/s: 2/h for the trapezoidal rule, 3/(2h) for Gear's second order. */
  rate: number;
  readonly method: IntegrationMethod;
  /** Conductance added across every junction, S. */
  gmin: number;
}

/** Which rule turns charges into currents. */
export type IntegrationMethod = "trapezoidal" | "gear2";

/** Where a device writes its currents, linearised: the block's matrix and right side. */
export class Stamp {
  readonly size: number;
  /** Shape `[size, size]`. */
  readonly matrix: Float64Array;
  /** Shape `[size]`. */
  readonly right: Float64Array;

  constructor(size: number) {
    this.size = size;
    this.matrix = new Float64Array(size * size);
    this.right = new Float64Array(size);
  }

  /** A constant current from place `a` through the device to `b`. */
  current(a: Place, b: Place, amps: number): void {
    if (a >= 0) this.right[a]! -= amps;
    if (b >= 0) this.right[b]! += amps;
  }

  /** A current from `a` to `b` of `siemens` times the voltage from `p` to `q`. */
  conductance(a: Place, b: Place, siemens: number, p: Place, q: Place): void {
    const { size, matrix } = this;
    if (a >= 0) {
      if (p >= 0) matrix[a * size + p]! += siemens;
      if (q >= 0) matrix[a * size + q]! -= siemens;
    }
    if (b >= 0) {
      if (p >= 0) matrix[b * size + p]! -= siemens;
      if (q >= 0) matrix[b * size + q]! += siemens;
    }
  }

  /** A current from `a` to `b` that is `amps` where the voltage from `p` to `q` is `volts`, and rises by `siemens` per volt. */
  linearised(a: Place, b: Place, amps: number, siemens: number, volts: number, p: Place = a, q: Place = b): void {
    this.current(a, b, amps - siemens * volts);
    this.conductance(a, b, siemens, p, q);
  }
}

/** A nonlinear element at the present step. */
export interface Device {
  readonly name: string;
  /**
   * Adds its currents at the block's unknowns `x`, linearised there or where it limits itself to.
   *
   * @returns Whether it limited itself: the iteration is not finished then.
   */
  load(x: Float64Array, stamp: Stamp, dynamics: Dynamics): boolean;
  /** The step is settled: its charges become history. */
  accept(dynamics: Dynamics): void;
  /** The operating point is settled: nothing flows into charges. */
  start(dynamics: Dynamics): void;
  /** Goes on where the same device with other values was: charges and voltages of its last settled step. */
  takeState(before: Device): void;
  /** Steps get another length: its charges' history becomes that of such steps. */
  changeRate(change: RateChange): void;
}

/** From steps of one length to another; see `Dynamics`. */
export interface RateChange {
  readonly from: number;
  readonly to: number;
  readonly method: IntegrationMethod;
}

/**
 * The history of a charge as steps of another length would have left it: the current of the trapezoidal rule stays, Gear's
 * charge of two steps ago comes to lie on the straight line between.
 *
 * @param coulombs - At the last settled step.
 */
export function historyAtRate(history: number, coulombs: number, { from, to, method }: RateChange): number {
  if (method === "trapezoidal") return history + (from - to) * coulombs;
  const earlier = (3 * history) / from + 4 * coulombs;
  const between = coulombs - (coulombs - earlier) * (from / to);
  return (to / 3) * (between - 4 * coulombs);
}

/** The current of one charge. */
export class Charge {
  #now = 0;
  #before = 0;
  #history = 0;

  /** Takes the charge of this iteration. @returns Its current. */
  current(coulombs: number, { rate }: Dynamics): number {
    this.#now = coulombs;
    return rate * coulombs + this.#history;
  }

  accept({ rate, method }: Dynamics): void {
    if (method === "trapezoidal") this.#history = -(2 * rate * this.#now + this.#history);
    else this.#history = (rate / 3) * (this.#before - 4 * this.#now);
    this.#before = this.#now;
  }

  changeRate(change: RateChange): void {
    this.#history = historyAtRate(this.#history, this.#before, change);
  }

  takeState(before: Charge): void {
    this.#before = before.#before;
    this.#history = before.#history;
  }

  /** `rate` is that of the steps to come. */
  start({ rate }: Dynamics): void {
    this.#before = this.#now;
    this.#history = -rate * this.#now;
  }
}

/** Volts from place `p` to `q`. */
export function voltage(x: Float64Array, p: Place, q: Place): number {
  return (p >= 0 ? x[p]! : 0) - (q >= 0 ? x[q]! : 0);
}

const boltzmann = 1.380649e-23;
const electron = 1.602176634e-19;

/** `k T / q`, in volts: 25.865 mV at 27 °C, where models are given unless they say otherwise. */
export function thermalVoltage(celsius: number): number {
  return (boltzmann * (celsius + 273.15)) / electron;
}
