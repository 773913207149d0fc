import type { NetlistBody, NetlistElement, Subcircuit } from "./netlist.ts";
import { objectsIn } from "./objects-in.ts";

/** A terminal of an element at a node, by the node's name. */
export interface NodeUse {
  readonly node: string;
  /**
   * `open` may be left open, as the end of a potentiometer or a source that is there to be looked at; `perhaps` is a node or a model, which depends on models that
   * may come from elsewhere.
   */
  readonly kind: "terminal" | "open" | "perhaps";
}

/** Deepest nesting of subcircuits that is looked into. */
const nestingLimit = 32;

/**
 * The nodes that an element is connected to. Pins of subcircuits that lead nowhere inside are left out.
 *
 * @param bodies - In which the element's subcircuit may be defined, from the inside out.
 */
export function nodeUses(element: NetlistElement, bodies: readonly NetlistBody[], depth = 0): NodeUse[] {
  const terminals = (nodes: readonly string[]) => nodes.map((node): NodeUse => ({ node, kind: "terminal" }));
  switch (element.kind) {
    case "coupling":
      return [];
    case "linear":
    case "polynomial":
    case "switch": {
      const controlledByNodes = ["e", "g", "s"].includes(element.letter);
      const control = controlledByNodes ? terminals(element.control) : [];
      return [...(element.kind === "switch" ? terminals(element.nodes) : openEnds(element.nodes)), ...control];
    }
    case "behavioural":
      return openEnds(element.nodes);
    case "device": {
      const nodes = element.words.map(({ text }) => text);
      if (element.letter === "d") return terminals(nodes.slice(0, 2));
      if (element.letter === "a") return potentiometer(nodes);
      return [
        ...terminals(nodes.slice(0, 3)),
        ...nodes.slice(3, 4).map((node): NodeUse => ({ node, kind: "perhaps" })),
      ];
    }
    case "instance": {
      const { nodes, subcircuit } = element;
      const found = definitionOf(subcircuit, bodies);
      if (found === undefined) return subcircuit === "pot" ? potentiometer(nodes) : terminals(nodes);
      const used = usedPorts(found.definition, found.bodies, depth);
      return terminals(nodes.filter((_, k) => used.has(found.definition.ports[k] ?? "")));
    }
    default:
      return terminals(element.nodes);
  }
}

/** Nodes whose voltages are asked for in formulas, anywhere in plain data. */
export function askedNodes(data: unknown): Set<string> {
  const found = new Set<string>();
  for (const { kind, nodes } of objectsIn(data)) {
    if (kind !== "voltage" || !Array.isArray(nodes)) continue;
    for (const node of nodes as readonly string[]) found.add(node).add(node.replaceAll(":", "."));
  }
  return found;
}

function potentiometer([first = "", wiper = "", last = ""]: readonly string[]): NodeUse[] {
  return [
    { node: first, kind: "open" },
    { node: wiper, kind: "terminal" },
    { node: last, kind: "open" },
  ];
}

function openEnds(nodes: readonly string[]): NodeUse[] {
  return nodes.map((node): NodeUse => ({ node, kind: "open" }));
}

/** A subcircuit by name, and the bodies in reach of its inside. */
export function definitionOf(
  name: string,
  bodies: readonly NetlistBody[],
): { readonly definition: Subcircuit; readonly bodies: readonly NetlistBody[] } | undefined {
  for (const [k, { subcircuits }] of bodies.entries()) {
    const definition = Object.hasOwn(subcircuits, name) ? subcircuits[name] : undefined;
    if (definition) return { definition, bodies: [definition, ...bodies.slice(k)] };
  }
  return undefined;
}

/** By definition: large netlists ask often. */
const known = new WeakMap<Subcircuit, ReadonlySet<string>>();

/** The ports of a subcircuit that something inside is connected to, or asks for. */
function usedPorts(definition: Subcircuit, bodies: readonly NetlistBody[], depth: number): ReadonlySet<string> {
  const before = known.get(definition);
  if (before) return before;
  const all = new Set(definition.ports);
  // Circles are found later; until then all ports of a subcircuit that is being looked at count.
  known.set(definition, all);
  if (depth > nestingLimit) return all;
  const used = askedNodes([definition.elements, definition.parameters, definition.functions, definition.subcircuits]);
  for (const element of definition.elements)
    for (const { node } of nodeUses(element, bodies, depth + 1)) used.add(node);
  known.set(definition, used);
  return used;
}
