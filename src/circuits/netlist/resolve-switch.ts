import type { Expression } from "../circuit.ts";
import { type Frame, findModel, namesInReach, pairOf, sensorOf } from "./frame.ts";
import type { SwitchElement } from "./netlist.ts";
import { listed, netlistError, quoted, suggestion } from "./netlist-error.ts";
import { call, combine, constant } from "./piecewise.ts";
import { type LazyNumber, resolveModel } from "./resolve-model.ts";

/** What a model's control is called: threshold, hysteresis, and PSpice's two edges. */
const controls = {
  s: { types: ["sw", "vswitch"], threshold: "vt", hysteresis: "vh", on: "von", off: "voff", least: 1e-3 },
  w: { types: ["csw", "iswitch"], threshold: "it", hysteresis: "ih", on: "ion", off: "ioff", least: 1e-6 },
} as const;

const known = new Set([
  "ron",
  "roff",
  "vt",
  "vh",
  "it",
  "ih",
  "von",
  "voff",
  "ion",
  "ioff",
  "lser",
  "vser",
  "ilimit",
  "level",
]);

/**
 * A switch: a resistance whose logarithm goes from ROFF to RON along a smooth curve.
 *
 * It goes over from `VT - |VH|` to `VT + |VH|` (PSpice: from VOFF to VON), as LTspice's switches with negative VH and PSpice's
 * do. Hysteresis is left out: a positive VH means the same. Where VH is 0, the change takes a thousandth of the threshold.
 *
 * @see ngspice 39 manual, section 3.3.15; LTspice help, "S. Voltage Controlled Switch"
 */
export function resolveSwitch(frame: Frame, element: SwitchElement): void {
  const { letter, name, place } = element;
  const { builder, prefix } = frame;
  const full = prefix + name;
  const words = controls[letter];
  const found = findModel(frame, element.model);
  if (!found) {
    const names = namesInReach(frame, "models");
    throw netlistError(
      "netlist-model",
      place,
      `${quoted(full)} has the model ${quoted(element.model)}, which is not defined`,
      `${suggestion(element.model, names)}add ".model ${element.model} ${words.types[0].toUpperCase()}(Ron=1 Roff=1Meg)"; defined: ${listed(names)}`,
    );
  }
  const { card, type, parameters } = resolveModel(found, place);
  if (!words.types.some((one) => one === type)) {
    throw netlistError(
      "netlist-model",
      place,
      `${quoted(full)}: model "${card.name}" is of type ${type.toUpperCase()}, which no element "${letter.toUpperCase()}" can be`,
      `such elements have models of type ${words.types[0].toUpperCase()}`,
    );
  }
  const unknown = [...parameters].find(([parameter]) => !known.has(parameter));
  if (unknown) {
    throw netlistError(
      "netlist-parameter",
      unknown[1].formula.place,
      `model "${card.name}": no parameter ${quoted(unknown[0])} of a switch`,
      `they have: ron, roff, ${words.threshold}, ${words.hysteresis}`,
    );
  }
  const numbers = readNumbers(parameters, words);
  if (!(numbers.on > 0 && numbers.off > 0)) {
    throw netlistError(
      "netlist-value",
      card.place,
      `model "${card.name}" has RON=${numbers.on} and ROFF=${numbers.off}`,
      "resistances of a switch are above 0",
    );
  }
  const terminals = pairOf(frame, element.nodes, place);
  const nodes =
    letter === "s" ? pairOf(frame, [element.control[0] ?? "0", element.control[1] ?? "0"], place) : undefined;
  builder.addLater(place, full, () => {
    const control: Expression = nodes
      ? { kind: "voltage", nodes }
      : { kind: "current", source: sensorOf(frame, element.control[0] ?? "", place) };
    return {
      kind: "behavioural-current",
      name: full,
      ...builder.locate(place),
      terminals,
      expression: combine("multiply", { kind: "voltage", nodes: terminals }, siemens(control, numbers)),
    };
  });
}

interface SwitchNumbers {
  readonly on: number;
  readonly off: number;
  /** Of the control. */
  readonly middle: number;
  /** From the middle to where it is on; negative where it is on below. */
  readonly reach: number;
}

function readNumbers(
  parameters: ReadonlyMap<string, LazyNumber>,
  words: (typeof controls)[keyof typeof controls],
): SwitchNumbers {
  const get = (name: string, otherwise: number) => parameters.get(name)?.value() ?? otherwise;
  const resistances = { on: get("ron", 1), off: get("roff", 1e12) };
  if (parameters.has(words.on) || parameters.has(words.off)) {
    const [on, off] = [get(words.on, 1), get(words.off, 0)];
    const reach = (on - off) / 2 || words.least;
    return { ...resistances, middle: (on + off) / 2, reach };
  }
  const middle = get(words.threshold, 0);
  const reach = Math.max(Math.abs(get(words.hysteresis, 0)), words.least * Math.max(1, Math.abs(middle)));
  return { ...resistances, middle, reach };
}

/** `exp(log Goff + share * (log Gon - log Goff))`, the share going from 0 to 1 along `(2 + 3 x - x^3) / 4`. */
function siemens(control: Expression, { on, off, middle, reach }: SwitchNumbers): Expression {
  const distance = combine("divide", combine("subtract", control, constant(middle)), constant(reach));
  const x = call("limit", distance, constant(-1), constant(1));
  const cube = combine("multiply", x, combine("multiply", x, x));
  const share = combine(
    "add",
    constant(0.5),
    combine("subtract", combine("multiply", constant(0.75), x), combine("multiply", constant(0.25), cube)),
  );
  const span = Math.log(off) - Math.log(on);
  return call("exp", combine("add", constant(-Math.log(off)), combine("multiply", constant(span), share)));
}
