import { TonewrightError } from "../../errors/index.ts";
import type { Circuit, Element } from "../circuit.ts";

/** Sets of nodes that are joined. */
class Joined {
  readonly #parent: number[];

  constructor(size: number) {
    this.#parent = Array.from({ length: size }, (_, k) => k);
  }

  root(node: number): number {
    let at = node;
    while (this.#parent[at] !== at) at = this.#parent[at]!;
    return at;
  }

  /** @returns Whether they were apart before. */
  join(a: number, b: number): boolean {
    const [from, to] = [this.root(a), this.root(b)];
    this.#parent[from] = to;
    return from !== to;
  }
}

/**
 * Refuses circuits without a solution for a reason that can be named.
 *
 * @throws TonewrightError `floating-node` for nodes that nothing joins to ground, `voltage-loop` for sources in a loop,
 *   `current-cutset` for the current of a source that has no way back.
 */
export function checkTopology(circuit: Circuit): void {
  const joined = new Joined(circuit.nodes.length);
  for (const element of circuit.elements) {
    const [first, ...rest] = joinedTerminals(element);
    for (const node of rest) joined.join(first!, node);
  }
  const floating = circuit.nodes.filter((_, node) => joined.root(node) !== joined.root(0));
  if (floating.length > 0) {
    throw new TonewrightError(
      "floating-node",
      `${lineOf(circuit, floating)}nothing joins ${floating.length === 1 ? "node" : "nodes"} ${floating.slice(0, 5).join(", ")}${floating.length > 5 ? ", …" : ""} to ground (node 0)`,
      "connect them, or look for a misspelt node name",
    );
  }
  requireWayBack(circuit);
  const fixed = new Joined(circuit.nodes.length);
  for (const element of circuit.elements) {
    if (!["voltage-source", "vcvs", "ccvs", "behavioural-voltage"].includes(element.kind)) continue;
    const { terminals } = element as Extract<Element, { kind: "voltage-source" }>;
    if (fixed.join(terminals[0], terminals[1])) continue;
    throw new TonewrightError(
      "voltage-loop",
      `${placeOf(element)}"${element.name}" closes a loop of voltage sources between nodes ${circuit.nodes[terminals[0]]} and ${circuit.nodes[terminals[1]]}`,
      "put a small resistor in the loop, or remove one of its sources",
    );
  }
}

const currentKinds: readonly Element["kind"][] = ["vccs", "cccs", "behavioural-current"];

/** A constant current needs a way back that is no capacitor; controlled sources may be one. */
function requireWayBack(circuit: Circuit): void {
  const joined = new Joined(circuit.nodes.length);
  for (const element of circuit.elements) {
    if (element.kind === "capacitor" || element.kind === "current-source") continue;
    const [first, ...rest] = joinedTerminals(element);
    for (const node of rest) joined.join(first!, node);
    // What controls may hold the voltage as well as what flows.
    if (currentKinds.includes(element.kind)) joined.join(first!, 0);
  }
  for (const element of circuit.elements) {
    if (element.kind !== "current-source" || element.amps === 0) continue;
    const [from, to] = element.terminals;
    if (joined.root(from) === joined.root(to)) continue;
    const cut = joined.root(from) === joined.root(0) ? to : from;
    throw new TonewrightError(
      "current-cutset",
      `${placeOf(element)}the current of "${element.name}" has no way from node ${circuit.nodes[cut]} to ground: only current sources and capacitors are there`,
      "put a large resistor across the source or the capacitor, such as 100Meg",
    );
  }
}

/** The place of the first element at one of these nodes. */
function lineOf(circuit: Circuit, names: readonly string[]): string {
  const nodes = new Set(names.map((name) => circuit.nodes.indexOf(name)));
  const element = circuit.elements.find((one) => joinedTerminals(one).some((node) => nodes.has(node)));
  return element === undefined ? "" : placeOf(element);
}

/** `models.lib:4: `, or `line 4: ` in the netlist itself, whose name only `createNetlistSolver` knows. */
function placeOf({ file, line }: Element): string {
  return file === undefined ? `line ${line}: ` : `${file}:${line}: `;
}

/** Terminals between which something flows. */
function joinedTerminals(element: Element): readonly number[] {
  if (element.kind === "coupling") return [];
  if (element.kind === "nmos" || element.kind === "pmos") return element.terminals.filter((_, k) => k !== 1);
  return element.terminals;
}
