import { checkOptions } from "../../errors/index.ts";
import type { Circuit, Element, SemiconductorElement } from "../circuit.ts";
import { checkCircuit } from "./check-netlist.ts";
import { SpiceNames } from "./spice-names.ts";
import { writeExpression } from "./write-expression.ts";

/** What is written besides the circuit. */
export interface WriteSpiceOptions {
  /** Lines in front of `.end`: analyses, options. */
  readonly directives?: readonly string[];
}

/**
 * A circuit as a SPICE netlist that ngspice reads: one line per element, one model per semiconductor.
 *
 * Names that SPICE could misread are changed: `x1.r3` becomes `r_x1_r3`. Parameters of models that ngspice does not know, it
 * passes over with a warning.
 *
 * @returns Lines with `\n`, from the title to `.end`.
 * @throws TonewrightError `wrong-call`, `unknown-option`
 * @see ngspice 39 manual, chapters 2 to 5
 */
export function writeSpice(circuit: Circuit, options: WriteSpiceOptions = {}): string {
  checkCircuit("writeSpice(circuit, options)", circuit);
  checkOptions("writeSpice(circuit, options)", options, { directives: false });
  const { directives = [] } = options;
  const names = new SpiceNames(circuit);
  const lines = [...circuit.elements.flatMap((element) => spiceLines(element, names)), ...settingLines(circuit, names)];
  return spiceText(circuit.title, [...lines, ...directives]);
}

/** Title, lines and `.end`. */
export function spiceText(title: string, lines: readonly string[]): string {
  return `${[`* ${title.replace(/\s+/g, " ").trim()}`, ...lines, ".end"].join("\n")}\n`;
}

/** Temperature and initial voltages. */
export function settingLines({ temperatureCelsius, initialVolts }: Circuit, names: SpiceNames): string[] {
  return [
    `.temp ${temperatureCelsius}`,
    ...[...initialVolts].map(([node, volts]) => `.ic v(${names.node(node)})=${volts}`),
  ];
}

/** The lines of one element. */
export function spiceLines(element: Element, names: SpiceNames): string[] {
  const name = names.element(element.name);
  if (element.kind === "coupling") {
    return [`${name} ${element.inductors.map(names.element).join(" ")} ${element.coefficient}`];
  }
  const nodes = element.terminals.map(names.node).join(" ");
  switch (element.kind) {
    case "resistor":
      return [`${name} ${nodes} ${element.ohms}`];
    case "capacitor":
      return [`${name} ${nodes} ${element.farads}`];
    case "inductor":
      return [`${name} ${nodes} ${element.henries}`];
    case "voltage-source":
      return [`${name} ${nodes} dc ${element.volts}`];
    case "current-source":
      return [`${name} ${nodes} dc ${element.amps}`];
    case "vcvs":
    case "vccs": {
      const [a, b] = element.control ?? [0, 0];
      return [`${name} ${nodes} ${names.node(a)} ${names.node(b)} ${element.gain}`];
    }
    case "cccs":
    case "ccvs":
      return [`${name} ${nodes} ${names.element(element.sensor ?? "")} ${element.gain}`];
    case "behavioural-voltage":
    case "behavioural-current": {
      const text = writeExpression(element.expression, { node: names.node, source: names.element });
      return [`${name} ${nodes} ${element.kind === "behavioural-voltage" ? "v" : "i"}=${text}`];
    }
    default:
      return semiconductorLines(element, { name, nodes });
  }
}

const types: Readonly<Record<SemiconductorElement["kind"], string>> = {
  diode: "d",
  npn: "npn",
  pnp: "pnp",
  njf: "njf",
  pjf: "pjf",
  nmos: "nmos",
  pmos: "pmos",
};

function semiconductorLines(
  { kind, area, parameters }: SemiconductorElement,
  { name, nodes }: { readonly name: string; readonly nodes: string },
): string[] {
  const isMos = kind === "nmos" || kind === "pmos";
  const model = `${name}_model`;
  const instance = isMos ? ["w", "l"] : [];
  const settings = Object.entries(parameters).filter(([parameter]) => !instance.includes(parameter));
  const sizes = instance.flatMap((size) => (parameters[size] === undefined ? [] : [`${size}=${parameters[size]}`]));
  // A bare number behind the model makes ngspice 39 take the model for a node.
  const scale = area === 1 ? [] : [`${isMos ? "m" : "area"}=${area}`];
  return [
    [name, nodes, model, ...scale, ...sizes].join(" "),
    `.model ${model} ${types[kind]}(${settings.map(([parameter, value]) => `${parameter}=${value}`).join(" ")})`,
  ];
}
