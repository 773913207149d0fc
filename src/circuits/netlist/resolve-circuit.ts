import { checkOptions, TonewrightError } from "../../errors/index.ts";
import type { Circuit } from "../circuit.ts";
import { evaluateFormula } from "./bind-expression.ts";
import { standardParts } from "../parts/standard-parts.ts";
import { checkNetlist, checkPositions } from "./check-netlist.ts";
import { CircuitBuilder } from "./circuit-builder.ts";
import { type Frame, numberOf } from "./frame.ts";
import { knobParameters } from "./knob-values.ts";
import type { Netlist, Place } from "./netlist.ts";
import { listed, netlistError, quoted, suggestion } from "./netlist-error.ts";
import { newEvaluation, ParameterScope } from "./parameter-scope.ts";
import { resolveBody } from "./resolve-body.ts";
import { topNodes } from "./top-nodes.ts";

/** At which setting a netlist becomes a circuit. */
export interface ResolveOptions {
  /** Positions by name: 0 to 1 for potentiometers, the index or the name of a position for switches. Others stay as drawn. */
  readonly knobs?: Readonly<Record<string, number | string>>;
  /** Values of top-level parameters, in place of their `.param` lines. */
  readonly parameters?: Readonly<Record<string, number>>;
}

/** Of the circuit unless the netlist says otherwise. */
const usualCelsius = 27;

/**
 * A circuit at one setting of its knobs: parameters computed, subcircuits laid out flat, models put into their elements.
 *
 * Models and subcircuits that the netlist does not define are looked for among those that come along (`standardParts`).
 * A knob is given as its rotation, not as the value of its parameter: `*.knob` says how one follows from the other.
 *
 * Elements of subcircuits are named by their instance: `x1.r3`. What an element has inside (`Rser=` and its kin) is named
 * behind a `#`: `c1#rser`.
 *
 * @throws TonewrightError `netlist-knob` or `netlist-parameter` if a name or value is wrong, `netlist-model`,
 *   `netlist-subcircuit`, `netlist-expression`, `netlist-value`, `netlist-nodes`, `netlist-unsupported`, `netlist-port`,
 *   `netlist-limit` (1000 nodes, 10,000 elements), each with file and line unless it is about the call; `wrong-call`,
 *   `unknown-option`
 */
export function resolveCircuit(netlist: Netlist, options: ResolveOptions = {}): Circuit {
  const call = "resolveCircuit(netlist, options)";
  checkNetlist(call, netlist);
  checkOptions(call, options, { knobs: false, parameters: false });
  const { knobs = {}, parameters = {} } = options;
  checkPositions(call, knobs);
  checkPositions(call, parameters, "the values of the parameters");
  const start: Place = { file: netlist.name, line: 1 };
  const values = knobParameters(netlist.knobs, knobs);
  for (const [given, value] of Object.entries(parameters)) {
    const name = given.toLowerCase();
    if (!Object.hasOwn(netlist.parameters, name) || !Number.isFinite(value)) {
      const names = Object.keys(netlist.parameters);
      const wrong = Number.isFinite(value) ? `no parameter ${quoted(given)}` : `parameter ${quoted(given)} is ${value}`;
      throw new TonewrightError("netlist-parameter", wrong, `${suggestion(name, names)}there are: ${listed(names)}`);
    }
    values.set(name, value);
  }
  const temperature = netlist.temperature;
  const evaluation = newEvaluation();
  const common = { outer: undefined, evaluation, evaluate: evaluateFormula };
  const formulas = netlist.parameters;
  const { functions } = netlist;
  // `.temp` may use parameters, and parameters may use `temp`.
  const cold = new ParameterScope({ ...common, formulas, values, functions });
  const temperatureCelsius = temperature ? evaluateFormula(temperature, cold) : usualCelsius;
  if (!(temperatureCelsius > -150 && temperatureCelsius < 300)) {
    throw netlistError(
      "netlist-value",
      temperature?.place ?? start,
      `the temperature is ${temperatureCelsius} degrees Celsius`,
      "write .temp 27",
    );
  }
  for (const name of ["temp", "temper"]) {
    if (!Object.hasOwn(formulas, name)) values.set(name, temperatureCelsius);
  }
  const scope = new ParameterScope({ ...common, formulas, values, functions });
  const builder = new CircuitBuilder(netlist);
  const outside = { builder, prefix: "", ports: new Map(), path: [], scope };
  const parts: Frame = { ...outside, body: standardParts(), input: undefined };
  const frame: Frame = { ...outside, body: netlist, outer: parts, input: netlist.input?.source };
  resolveBody(frame);
  if (netlist.elements.length === 0) {
    throw netlistError(
      "netlist-syntax",
      start,
      netlist.title === "" ? "the netlist is empty" : "the netlist has no elements",
      "write a title, then elements such as: R1 in out 10k",
    );
  }
  const elements = builder.finish();
  requireOutput(netlist, builder, start);
  return {
    title: netlist.title,
    nodes: builder.nodes,
    elements,
    temperatureCelsius,
    initialVolts: initialVolts(netlist, frame),
  };
}

function initialVolts(netlist: Netlist, frame: Frame): Map<number, number> {
  const result = new Map<number, number>();
  for (const { node, volts } of netlist.initialVolts) {
    const index = frame.builder.findNode(node, frame);
    if (index === undefined) {
      throw netlistError(
        "netlist-nodes",
        volts.place,
        `.ic: no element is connected to node ${quoted(node)}`,
        `${suggestion(node, frame.builder.nodes)}there are: ${listed(frame.builder.nodes)}`,
      );
    }
    result.set(index, numberOf(frame, volts));
  }
  result.delete(0);
  return result;
}

function requireOutput(netlist: Netlist, builder: CircuitBuilder, start: Place): void {
  const { output } = netlist;
  const place = output?.place ?? start;
  const [plus, minus] = (output?.nodes ?? []).map((node) => builder.findNode(node, { prefix: "", ports: new Map() }));
  if (plus !== undefined && plus === minus) {
    throw netlistError(
      "netlist-port",
      place,
      `*.output takes the voltage from node ${quoted(output?.nodes[0] ?? "")} to itself, which is 0`,
      'name the node at the output: "*.output out"',
    );
  }
  for (const node of output?.nodes ?? []) {
    if (builder.findNode(node, { prefix: "", ports: new Map() }) !== undefined) continue;
    const names = topNodes(netlist, builder.nodes);
    throw netlistError(
      "netlist-port",
      place,
      `*.output names ${quoted(node)}, to which no element is connected`,
      `${suggestion(node, names)}there are: ${listed(names)}`,
    );
  }
}
