import { isTonewrightError, TonewrightError } from "../../errors/index.ts";
import type { Circuit } from "../circuit.ts";
import type { Device, Dynamics } from "../devices/device.ts";
import { checkTopology } from "./check-topology.ts";
import type { CircuitSolverOptions } from "./circuit-solver.ts";
import { type Equations, unknownOfNode, writeEquations } from "./equations.ts";
import { createDevices, touchedUnknowns } from "./nonlinear-part.ts";
import { withInnerElements } from "./series-resistances.ts";
import { type SolveOptions, StepSystem } from "./step-system.ts";
import { switchOn } from "./switch-on.ts";

const defaultGmin = 1e-12;

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
  const atRest = new StepSystem(equations, {
    touched,
    rate: 0,
    options,
    devicesOf: (places) => createDevices(inner, equations, places),
  });
  const solution = findOperatingPoint(atRest, inner, {
    equations: withoutTime(equations),
    touched,
    options,
    dynamics,
  });
  // The first step ends at 0.
  if (equations.time !== undefined) solution[equations.time] = -options.stepSeconds;
  const output = outputUnknowns(circuit, options.output);
  const operatingPoint = Object.fromEntries(
    circuit.nodes.map((name, node) => [name, node === 0 ? 0 : solution[unknownOfNode(node)]!]),
  );
  return { inner, equations, touched, devices: atRest.devices, dynamics, solution, operatingPoint, output };
}

/**
 * The history of a row's linear charge before the first step, at which nothing flows; but time has been running.
 *
 * @param charge - At rest.
 */
export function restingHistory(
  charge: number,
  row: number,
  { equations, dynamics: { rate, method } }: Pick<RestingCircuit, "equations" | "dynamics">,
): number {
  if (row !== equations.time) return -rate * charge;
  // One step ago it was -h, two steps ago -2h.
  return method === "trapezoidal" ? -rate * charge - 1 : (rate / 3) * (2 * charge - 4 * charge);
}

/**
 * The same circuit with other values; everything that is not a value stays.
 *
 * @throws TonewrightError `circuit-changed` if its elements or nodes are others.
 */
export function withOtherValues(
  rest: RestingCircuit,
  { circuit, options }: { readonly circuit: Circuit; readonly options: CircuitSolverOptions },
): RestingCircuit {
  const inner = withInnerElements(circuit);
  requireSameElements(rest.inner, inner);
  const equations = writeEquations(inner, options);
  return { ...rest, inner, equations, touched: touchedUnknowns(inner, equations) };
}

/** At rest time stands at 0. */
function withoutTime(equations: Equations): Equations {
  return { ...equations, sources: equations.sources.map((value, row) => (row === equations.time ? 0 : value)) };
}

/** The error for knobs that make another circuit. */
export function circuitChanged(what: string): TonewrightError {
  return new TonewrightError(
    "circuit-changed",
    what,
    "turn knobs that change values only, or render each setting on its own",
  );
}

function requireSameElements(before: Circuit, now: Circuit): void {
  const different = now.elements.findIndex((element, k) => {
    const other = before.elements[k];
    return (
      other === undefined ||
      other.name !== element.name ||
      other.kind !== element.kind ||
      ("terminals" in element && "terminals" in other && element.terminals.join() !== other.terminals.join())
    );
  });
  const sameNodes = before.nodes.join() === now.nodes.join();
  if (different < 0 && sameNodes && before.elements.length === now.elements.length) return;
  const what = now.elements[different]?.name ?? before.elements[now.elements.length]?.name ?? "a node";
  throw circuitChanged(`${what} is not there at both settings, or joins other nodes`);
}

/** The operating point: directly, else with conductances that are taken away, else with sources that are turned up, else by switching on. */
function findOperatingPoint(
  system: StepSystem,
  circuit: Circuit,
  {
    equations,
    touched,
    options,
    dynamics,
  }: Pick<RestingCircuit, "equations" | "touched" | "dynamics"> & { readonly options: CircuitSolverOptions },
): Float64Array {
  const rest: Dynamics = { ...dynamics, rate: 0 };
  const solution = new Float64Array(equations.size);
  for (const [node, volts] of circuit.initialVolts) solution[unknownOfNode(node)] = volts;
  let singular: unknown;
  /** An iteration that strays to where nothing conducts, or everything does, says nothing of the circuit: the next way may do. */
  const solve = (scale: number, options: Omit<SolveOptions, "dynamics">) => {
    const right = equations.sources.map((value) => scale * value);
    try {
      return system.solve(right, solution, { dynamics: rest, ...options });
    } catch (error) {
      if (!isTonewrightError(error) || error.code !== "singular-circuit") throw error;
      singular = error;
      return false;
    }
  };
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

  const switchedOn = switchOn(equations, { touched, options, devices: system.devices, dynamics });
  if (switchedOn !== undefined) {
    solution.set(switchedOn);
    if (solve(1, { iterations: 300 }) || solve(1, { iterations: 500, largestStep: 0.1 })) return solution;
  }
  if (singular !== undefined) throw singular;
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
