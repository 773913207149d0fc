import type { Expression } from "../circuit.ts";
import { bindFormula, type CircuitNames, evaluateFormula } from "./bind-expression.ts";
import type { CircuitBuilder } from "./circuit-builder.ts";
import type { Formula, ModelCard, NetlistBody, Place, Subcircuit } from "./netlist.ts";
import { listed, netlistError, quoted, suggestion } from "./netlist-error.ts";
import type { ParameterScope } from "./parameter-scope.ts";

/** The circuit itself or one instance of a subcircuit: what names mean there. */
export interface Frame {
  readonly body: NetlistBody;
  readonly builder: CircuitBuilder;
  /** `x1.`, or nothing outside of subcircuits. */
  readonly prefix: string;
  readonly ports: ReadonlyMap<string, number>;
  readonly scope: ParameterScope;
  /** The frame in whose body this subcircuit is defined: models and subcircuits are looked up there next. */
  readonly outer?: Frame;
  /** Subcircuits from the outside in. */
  readonly path: readonly Subcircuit[];
  /** Name of the source that the audio drives. */
  readonly input: string | undefined;
}

/** The indices of two nodes. */
export function pairOf(frame: Frame, [a, b]: readonly [string, string], place: Place): [number, number] {
  const { builder, prefix, ports } = frame;
  return [builder.node(a, { prefix, ports, place }), builder.node(b, { prefix, ports, place })];
}

/** A formula as a number, in this frame. */
export function numberOf(frame: Frame, formula: Formula): number {
  return evaluateFormula(formula, frame.scope);
}

/** A setting as a number, or nothing if it is not there. */
export function settingOf(frame: Frame, settings: Readonly<Record<string, Formula>>, name: string): number | undefined {
  const formula = Object.hasOwn(settings, name) ? settings[name] : undefined;
  return formula ? numberOf(frame, formula) : undefined;
}

/** A formula as an expression of the circuit. All nodes and elements must be known. */
export function expressionOf(frame: Frame, formula: Formula): Expression {
  return bindFormula(formula, { scope: frame.scope, circuit: circuitNames(frame) });
}

/** The voltage source of a name. @throws TonewrightError `netlist-expression` if it is none */
export function sensorOf(frame: Frame, name: string, place: Place): string {
  const element = frame.builder.findElement(name, frame.prefix);
  if (element?.kind === "voltage-source") return element.name;
  throw netlistError(
    "netlist-expression",
    place,
    `the current of ${quoted(name)} is asked for, which is ${element ? `a ${element.kind}` : "not there"}`,
    "name a voltage source; one of 0 V in series measures a current",
  );
}

function circuitNames(frame: Frame): CircuitNames {
  const { builder, prefix, ports } = frame;
  const find = (name: string, place: Place): number => {
    const index = builder.findNode(name, { prefix, ports });
    if (index !== undefined) return index;
    const names = builder.nodes.filter((n) => n.startsWith(prefix)).map((n) => n.slice(prefix.length));
    throw netlistError(
      "netlist-expression",
      place,
      `V(${name.slice(0, 60)}): no element is connected to node ${quoted(name)}`,
      `${suggestion(name, names)}there are: ${listed([...ports.keys(), ...names])}`,
    );
  };
  return {
    voltage([a = "0", b = "0"], place) {
      const nodes = [find(a, place), find(b, place)] as const;
      return nodes[0] === nodes[1] ? { kind: "number", value: 0 } : { kind: "voltage", nodes };
    },
    current(name, place) {
      const element = builder.findElement(name, prefix);
      if (element?.kind !== "resistor") return { kind: "current", source: sensorOf(frame, name, place) };
      const volts: Expression = { kind: "voltage", nodes: element.terminals };
      return { kind: "binary", operation: "divide", left: volts, right: { kind: "number", value: element.ohms } };
    },
  };
}

/** A model by name, and the frame that it is defined in. */
export function findModel(frame: Frame, name: string): { readonly card: ModelCard; readonly home: Frame } | undefined {
  for (let home: Frame | undefined = frame; home; home = home.outer) {
    const card = Object.hasOwn(home.body.models, name) ? home.body.models[name] : undefined;
    if (card) return { card, home };
  }
  return undefined;
}

/** A subcircuit by name, and the frame that it is defined in. */
export function findSubcircuit(
  frame: Frame,
  name: string,
): { readonly definition: Subcircuit; readonly home: Frame } | undefined {
  for (let home: Frame | undefined = frame; home; home = home.outer) {
    const definition = Object.hasOwn(home.body.subcircuits, name) ? home.body.subcircuits[name] : undefined;
    if (definition) return { definition, home };
  }
  return undefined;
}

/** Names of all models or subcircuits in reach, for messages. */
export function namesInReach(frame: Frame, what: "models" | "subcircuits"): string[] {
  const names: string[] = [];
  for (let home: Frame | undefined = frame; home; home = home.outer) names.push(...Object.keys(home.body[what]));
  return names;
}
