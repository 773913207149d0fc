import { type Circuit, type Element, type Netlist, resolveCircuit } from "../circuits/index.ts";
import type { EffectKnob } from "../datasets/index.ts";
import { isTonewrightError } from "../errors/index.ts";

/** More combinations of switches than any pedal has need of. */
const mostSwitchings = 64;

/**
 * Whether something in a circuit depends on the time since its beginning, such as an LFO or a pulse: a sound cannot be cut
 * into pieces then, each of which would begin at 0.
 *
 * @param settings - Positions of knobs, by name; the circuit at rest is looked at too.
 */
export function asksForTime(netlist: Netlist, settings: readonly Readonly<Record<string, number>>[]): boolean {
  const switches = netlist.knobs.filter(({ kind }) => kind === "switch").map(({ name }) => name);
  // Potentiometers change values, switches what is there at all.
  const switchings = new Map(settings.map((knobs) => [switches.map((name) => knobs[name]).join(), knobs]));
  return [{}, ...[...switchings.values()].slice(0, mostSwitchings)].some((knobs) => {
    const circuit = resolved(netlist, knobs);
    return circuit?.elements.some((element) => "expression" in element && hasTime(element.expression)) ?? false;
  });
}

type Expression = Extract<Element, { readonly expression: unknown }>["expression"];

function hasTime(expression: Expression): boolean {
  switch (expression.kind) {
    case "time":
      return true;
    case "unary":
      return hasTime(expression.argument);
    case "binary":
      return hasTime(expression.left) || hasTime(expression.right);
    case "call":
      return expression.arguments.some(hasTime);
    default:
      return false;
  }
}

/** Nothing where the circuit has a fault at that setting. */
function resolved(netlist: Netlist, knobs: Readonly<Record<string, number>>): Circuit | undefined {
  try {
    return resolveCircuit(netlist, { knobs });
  } catch (error) {
    if (isTonewrightError(error)) return undefined;
    throw error;
  }
}

/**
 * Knobs that change no part of a circuit, wherever the others stand: their parameter is used nowhere.
 *
 * @param knobs - Of the circuit.
 */
export function idleKnobs(netlist: Netlist, knobs: readonly EffectKnob[]): EffectKnob[] {
  const partsAt = (positions: Readonly<Record<string, number>>) => {
    const circuit = resolved(netlist, positions);
    // A fault is a change too.
    if (circuit === undefined) return undefined;
    const { elements, temperatureCelsius, initialVolts } = circuit;
    return JSON.stringify([elements, temperatureCelsius, [...initialVolts]]);
  };
  return knobs.filter((knob) => {
    const { name, min, max, positions } = knob;
    const all = positions?.map((_, position) => position) ?? [min, (min + max) / 2, max];
    const others = knobs.filter((other) => other !== knob);
    const surroundings = ["default", "min", "max"] as const;
    return surroundings.every((where) => {
      const around = Object.fromEntries(others.map((other) => [other.name, other[where]]));
      const [first, ...rest] = all.map((value) => partsAt({ ...around, [name]: value }));
      return first !== undefined && rest.every((parts) => parts === first);
    });
  });
}

/** A sentence about input and output that the netlist does not name itself; nothing if it does, or has none. */
export function guessedPorts({ input, output }: Netlist, text: string): string | undefined {
  const says = (directive: string) => new RegExp(`^[ \\t]*\\*[ \\t]*\\.${directive}\\b`, "im").test(text);
  if (input === undefined || output === undefined || (says("input") && says("output"))) return undefined;
  const [from, to] = output.nodes;
  const node = to === "0" ? from : `${from} against ${to}`;
  const scale =
    input.volts === output.volts
      ? `${input.volts} V is full scale`
      : `full scale is ${input.volts} V in and ${output.volts} V out`;
  return `input ${input.source}, output ${node} (${scale}); lines with *.input and *.output choose others`;
}
