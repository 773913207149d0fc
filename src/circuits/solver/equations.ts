import { TonewrightError } from "../../errors/index.ts";
import type { Circuit, Element } from "../circuit.ts";
import { ExpressionTape } from "../devices/expression-tape.ts";

/** An entry of a sparse matrix. */
export interface Entry {
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

/**
 * A circuit as equations `G x + C dx/dt + f(x) = s + b u(t)`, by modified nodal analysis.
 *
 * Unknown `n - 1` is the voltage of node n; behind the nodes come the currents of voltage-like elements. Row `n - 1` is
 * Kirchhoff's current law at node n (currents that leave it through elements), later rows are the elements' own equations.
 */
export interface Equations {
  /** Unknowns, and as many equations. */
  readonly size: number;
  /** What each unknown is, for messages: `V(out)` or `I(l1)`. */
  readonly names: readonly string[];
  readonly conductances: readonly Entry[];
  readonly capacitances: readonly Entry[];
  /** Constant sources, shape `[size]`. */
  readonly sources: Float64Array;
  /** The row that the audio drives, times `inputSign`. */
  readonly inputRow: number;
  /** Unknown of the current through an element, by its name. */
  readonly currentOf: ReadonlyMap<string, number>;
  /** Unknown of the seconds since the first sample, where an element asks for them: `dt/dt = 1`. */
  readonly time?: number;
}

/** Index of a node's unknown; -1 for ground. */
export function unknownOfNode(node: number): number {
  return node - 1;
}

/**
 * The linear part of a circuit's equations.
 *
 * @param options.input - Name of the voltage source that the audio drives.
 * @throws TonewrightError `unknown-source` if there is no such source or a sensor is missing, `bad-coupling`.
 */
export function writeEquations(circuit: Circuit, { input }: { readonly input: string }): Equations {
  const nodes = circuit.nodes.length - 1;
  const withCurrent = circuit.elements.filter(hasCurrent);
  const currentOf = new Map(withCurrent.map(({ name }, k) => [name, nodes + k]));
  const time = circuit.elements.some(asksForTime) ? nodes + withCurrent.length : undefined;
  const size = nodes + withCurrent.length + (time === undefined ? 0 : 1);
  const conductances: Entry[] = [];
  const capacitances: Entry[] = [];
  const sources = new Float64Array(size);
  const put = (to: Entry[], row: number, column: number, value: number) => {
    if (row >= 0 && column >= 0 && value !== 0) to.push({ row, column, value });
  };
  /** An admittance between two nodes. */
  const admit = (to: Entry[], [a, b]: readonly [number, number], value: number) => {
    const [i, j] = [unknownOfNode(a), unknownOfNode(b)];
    put(to, i, i, value);
    put(to, j, j, value);
    put(to, i, j, -value);
    put(to, j, i, -value);
  };
  /** The current of an element in its own unknown, from the first terminal through it to the second, and `V(a) - V(b)` in its row. */
  const branch = (name: string, [a, b]: readonly [number, number]) => {
    const current = currentOf.get(name)!;
    const [i, j] = [unknownOfNode(a), unknownOfNode(b)];
    put(conductances, i, current, 1);
    put(conductances, j, current, -1);
    put(conductances, current, i, 1);
    put(conductances, current, j, -1);
    return current;
  };
  const sensorOf = (element: Element, name: string | undefined) => {
    const unknown = name === undefined ? undefined : currentOf.get(name);
    if (unknown !== undefined) return unknown;
    throw new TonewrightError(
      "unknown-source",
      `line ${element.line}: "${element.name}" is controlled by the current of "${name}", which is no voltage source`,
      "name a voltage source; one of 0 V in series measures a current",
    );
  };

  for (const element of circuit.elements) {
    switch (element.kind) {
      case "resistor":
        admit(conductances, element.terminals, 1 / element.ohms);
        break;
      case "capacitor":
        admit(capacitances, element.terminals, element.farads);
        break;
      case "inductor": {
        const current = branch(element.name, element.terminals);
        put(capacitances, current, current, -element.henries);
        break;
      }
      case "coupling":
        couple(element, circuit, currentOf, capacitances);
        break;
      case "voltage-source":
        sources[branch(element.name, element.terminals)]! += element.volts;
        break;
      case "current-source": {
        const [i, j] = [unknownOfNode(element.terminals[0]), unknownOfNode(element.terminals[1])];
        if (i >= 0) sources[i]! -= element.amps;
        if (j >= 0) sources[j]! += element.amps;
        break;
      }
      case "vcvs": {
        const current = branch(element.name, element.terminals);
        const [c, d] = element.control ?? [0, 0];
        put(conductances, current, unknownOfNode(c), -element.gain);
        put(conductances, current, unknownOfNode(d), element.gain);
        break;
      }
      case "vccs": {
        const [a, b] = element.terminals.map(unknownOfNode) as [number, number];
        const [c, d] = (element.control ?? [0, 0]).map(unknownOfNode) as [number, number];
        put(conductances, a, c, element.gain);
        put(conductances, a, d, -element.gain);
        put(conductances, b, c, -element.gain);
        put(conductances, b, d, element.gain);
        break;
      }
      case "cccs": {
        const sensor = sensorOf(element, element.sensor);
        put(conductances, unknownOfNode(element.terminals[0]), sensor, element.gain);
        put(conductances, unknownOfNode(element.terminals[1]), sensor, -element.gain);
        break;
      }
      case "ccvs":
        put(conductances, branch(element.name, element.terminals), sensorOf(element, element.sensor), -element.gain);
        break;
      case "behavioural-voltage":
        branch(element.name, element.terminals);
        break;
      default:
        // Behavioural currents and semiconductors are the nonlinear part.
        break;
    }
  }
  const inputRow = currentOf.get(input);
  if (
    inputRow === undefined ||
    !circuit.elements.some(({ kind, name }) => kind === "voltage-source" && name === input)
  ) {
    const there = circuit.elements.filter(({ kind }) => kind === "voltage-source").map(({ name }) => name);
    throw new TonewrightError(
      "unknown-source",
      `there is no voltage source "${input}" for the audio to drive`,
      there.length === 0 ? "add a voltage source at the input" : `name one of ${there.join(", ")}`,
    );
  }
  const names = [...circuit.nodes.slice(1).map((node) => `V(${node})`), ...withCurrent.map(({ name }) => `I(${name})`)];
  const linear = { size, names, conductances, capacitances, sources, inputRow, currentOf };
  if (time === undefined) return linear;
  capacitances.push({ row: time, column: time, value: 1 });
  sources[time] = 1;
  names.push("time");
  return { ...linear, time };
}

function asksForTime(element: Element): boolean {
  return "expression" in element && new ExpressionTape(element.expression).inputs.some(({ kind }) => kind === "time");
}

function hasCurrent({ kind }: Element): boolean {
  return ["voltage-source", "inductor", "vcvs", "ccvs", "behavioural-voltage"].includes(kind);
}

/** `M = k sqrt(L1 L2)` between the currents of two inductors. */
function couple(
  element: Extract<Element, { kind: "coupling" }>,
  circuit: Circuit,
  currentOf: ReadonlyMap<string, number>,
  capacitances: Entry[],
): void {
  const found = element.inductors.map((name) =>
    circuit.elements.find((other) => other.kind === "inductor" && other.name === name),
  );
  const [first, second] = found;
  if (first?.kind !== "inductor" || second?.kind !== "inductor" || first === second) {
    throw new TonewrightError(
      "bad-coupling",
      `line ${element.line}: "${element.name}" couples ${element.inductors.join(" and ")}`,
      "name two different inductors of the circuit",
    );
  }
  const mutual = element.coefficient * Math.sqrt(first.henries * second.henries);
  const [i, j] = [currentOf.get(first.name)!, currentOf.get(second.name)!];
  capacitances.push({ row: i, column: j, value: -mutual }, { row: j, column: i, value: -mutual });
}
