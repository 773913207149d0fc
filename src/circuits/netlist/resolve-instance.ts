import { evaluateFormula } from "./bind-expression.ts";
import { type Frame, findSubcircuit, namesInReach, numberOf } from "./frame.ts";
import type { InstanceElement, Subcircuit } from "./netlist.ts";
import { listed, netlistError, quoted, suggestion } from "./netlist-error.ts";
import { ParameterScope } from "./parameter-scope.ts";
import { resolvePotentiometer } from "./potentiometer.ts";

/** Deepest nesting of instances. */
const nestingLimit = 32;

/**
 * Lays out an instance of a subcircuit.
 *
 * Parameters of the instance are computed where it stands. Inside, a name means the instance's parameter, then the
 * subcircuit's own, then whatever it means where the instance stands, as in ngspice and LTspice.
 *
 * @param resolveBody - Lays out what is inside.
 */
export function resolveInstance(frame: Frame, element: InstanceElement, resolveBody: (frame: Frame) => void): void {
  const { name, place, nodes, subcircuit, settings } = element;
  const { builder, prefix, ports } = frame;
  const found = findSubcircuit(frame, subcircuit);
  if (!found && subcircuit === "pot") {
    resolvePotentiometer(frame, element);
    return;
  }
  if (!found) {
    const names = namesInReach(frame, "subcircuits");
    throw netlistError(
      "netlist-subcircuit",
      place,
      `${quoted(prefix + name)} is a subcircuit ${quoted(subcircuit)}, which is not defined`,
      `${suggestion(subcircuit, names)}add its .subckt or .include its file; defined: ${listed(names)}`,
    );
  }
  const { definition, home } = found;
  const path = [...frame.path, definition];
  const written = listed(path.map((subcircuit) => subcircuit.name)).replaceAll(", ", " -> ");
  if (frame.path.includes(definition)) {
    throw netlistError(
      "netlist-subcircuit",
      place,
      `subcircuit ${quoted(definition.name)} contains itself: ${written}`,
      "break the circle",
    );
  }
  if (path.length > nestingLimit) {
    throw netlistError(
      "netlist-limit",
      place,
      `subcircuits more than ${nestingLimit} deep: ${written}`,
      "lay some of them out by hand",
    );
  }
  if (nodes.length !== definition.ports.length) {
    throw netlistError(
      "netlist-nodes",
      place,
      `${quoted(prefix + name)} has ${nodes.length} nodes, subcircuit "${definition.name}" has ${definition.ports.length}`,
      `its nodes are: ${listed(definition.ports)}`,
    );
  }
  builder.countInstance(place);
  const values = new Map<string, number>();
  for (const [setting, formula] of Object.entries(settings)) {
    if (setting === "m") refuseMultiplier(frame, element);
    // A parameter that is set inside, and is not on the .subckt line, cannot be set from outside.
    const isInner = Object.hasOwn(definition.parameters, setting) && !Object.hasOwn(definition.defaults, setting);
    if (!isInner) values.set(setting, numberOf(frame, formula));
  }
  const scope = new ParameterScope({
    formulas: { ...definition.defaults, ...definition.parameters },
    values,
    functions: definition.functions,
    outer: frame.scope,
    evaluation: frame.scope.evaluation,
    evaluate: evaluateFormula,
  });
  const inner: Frame = {
    body: definition,
    builder,
    prefix: `${prefix}${name}.`,
    ports: new Map(
      definition.ports.map((port, k) => [port, builder.node(nodes[k] ?? "", { prefix, ports, place })] as const),
    ),
    scope,
    outer: home,
    path,
    input: undefined,
  };
  resolveBody(inner);
  requireUse(inner, element, definition);
}

/**
 * A parameter that the .subckt line does not name, and nothing inside asks for, is a mistake; but LTspice's subcircuits without
 * any such names are given more than they use.
 */
function requireUse({ scope }: Frame, { name, place, settings }: InstanceElement, definition: Subcircuit): void {
  const declared = Object.keys(definition.defaults);
  if (declared.length === 0) return;
  const unknown = Object.keys(settings).find(
    (setting) => setting !== "m" && !declared.includes(setting) && !scope.wasAsked(setting),
  );
  if (unknown === undefined) return;
  throw netlistError(
    "netlist-parameter",
    settings[unknown]?.place ?? place,
    `${quoted(name)}: subcircuit "${definition.name}" has no parameter ${quoted(unknown)}`,
    `${suggestion(unknown, declared)}it has: ${listed(declared)}`,
  );
}

function refuseMultiplier(frame: Frame, { settings, place, name }: InstanceElement): void {
  const formula = settings.m;
  if (!formula || numberOf(frame, formula) === 1) return;
  throw netlistError(
    "netlist-unsupported",
    place,
    `${quoted(name)} has m=${formula.text}`,
    "write as many instances, or scale the values inside",
  );
}
