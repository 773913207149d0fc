import { readBehavioural, readControlled } from "./controlled-reader.ts";
import { type ElementLine, takePair } from "./element-line.ts";
import { requireKnownSettings } from "./element-settings.ts";
import type { DeviceElement, Formula, NetlistElement, PassiveElement, Settings } from "./netlist.ts";
import { netlistError, quoted } from "./netlist-error.ts";
import { readSource } from "./source-reader.ts";
import { readSwitch } from "./switch-reader.ts";

/** Letters that SPICE knows and we do not simulate. */
const refused: Readonly<Record<string, string>> = {
  t: "leave the transmission line out: audio cables are a capacitor",
  o: "leave the transmission line out: audio cables are a capacitor",
  u: "digital parts and uniform RC lines are not simulated",
  p: "coupled lines are not simulated",
  y: "transmission lines are not simulated",
  z: "write the MESFET as a J element with an NJF model",
  n: "Verilog-A devices are not simulated",
};

/**
 * The element of a line.
 *
 * @throws TonewrightError `netlist-unsupported` if no reader knows the letter, `netlist-nodes` if nodes are missing,
 *   `netlist-syntax` if words are left over or values missing
 */
export function readElement(line: ElementLine): NetlistElement {
  const letter = line.name[0] ?? "";
  switch (letter) {
    case "r":
    case "c":
    case "l":
      return readPassive(letter, line);
    case "v":
    case "i":
      return readSource(letter, line);
    case "e":
    case "f":
    case "g":
    case "h":
      return readControlled(letter, line);
    case "b":
      return readBehavioural(line);
    case "k":
      return readCoupling(line);
    case "d":
    case "q":
    case "j":
    case "m":
    case "a":
      return readDevice(letter, line);
    case "s":
    case "w":
      return readSwitch(letter, line);
    case "x":
      return readInstance(line);
    default:
      throw netlistError(
        "netlist-unsupported",
        line.place,
        Object.hasOwn(refused, letter)
          ? `${quoted(line.name)}: elements "${letter.toUpperCase()}" are not simulated`
          : `${quoted(line.name)}: no element begins with "${letter}"`,
        refused[letter] ??
          "elements begin with R C L K V I E F G H B D Q J M S W or X, directives with a dot, comments with *",
      );
  }
}

const passives = {
  r: { kind: "resistor", shape: "R1 a b 10k", value: "r" },
  c: { kind: "capacitor", shape: "C1 a b 100n", value: "c" },
  l: { kind: "inductor", shape: "L1 a b 10m", value: "l" },
} as const;

function readPassive(letter: "r" | "c" | "l", line: ElementLine): NetlistElement {
  const { cursor, name, place, warn } = line;
  const { kind, shape, value: valueName } = passives[letter];
  const nodes = takePair(line, shape);
  const words: Formula[] = [];
  const settings = cursor.settings((word) => words.push(word));
  const named = settings[valueName] ?? settings[{ r: "resistance", c: "capacitance", l: "inductance" }[letter]];
  // A name that is no number may be a model's, in front of the value or behind it.
  const isName = (word: Formula) => word.expression === null || word.expression.kind === "name";
  const values = words.filter((word) => !isName(word) || word.text.startsWith("{") || word.text.startsWith("'"));
  const names = words.filter((word) => !values.includes(word));
  const extra = values[1] ?? names[1];
  if (extra) {
    throw netlistError(
      "netlist-syntax",
      place,
      `${quoted(name)}: ${quoted(extra.text)} is one word too many`,
      `write: ${shape}`,
    );
  }
  const value = values[0] ?? named;
  if (letter === "r" && value && /^[\d.]+M(?![eE][gG]|[iI][lL])/.test(value.text)) {
    warn(place, `${name}: ${value.text} is a thousandth in SPICE; a million is written Meg`);
  }
  if (kind === "resistor" && named && named === value && dependsOnCircuit(named)) {
    return { kind: "behavioural", quantity: "resistance", name, place, settings, nodes, value: named };
  }
  const element: PassiveElement = { kind, name, place, settings, nodes };
  const model = names[0]?.text.toLowerCase();
  if (!value && model === undefined) {
    requireKnownSettings(element);
    throw netlistError("netlist-syntax", place, `${quoted(cursor.line.text)} has no value`, `write: ${shape}`);
  }
  return { ...element, ...(value ? { value } : {}), ...(model === undefined ? {} : { model }) };
}

/** Whether a formula asks for voltages, currents or time. */
export function dependsOnCircuit({ expression }: Formula): boolean {
  const open = expression ? [expression] : [];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === "voltage" || node.kind === "current" || (node.kind === "name" && node.name === "time"))
      return true;
    if (node.kind === "unary") open.push(node.argument);
    if (node.kind === "binary") open.push(node.left, node.right);
    if (node.kind === "call") open.push(...node.arguments);
  }
  return false;
}

function readCoupling(line: ElementLine): NetlistElement {
  const { cursor, name, place } = line;
  const inductors: string[] = [];
  let coefficient: Formula | undefined;
  const settings: Settings = cursor.settings((word) => {
    if (/^l/i.test(word.text) && !coefficient) inductors.push(word.text.toLowerCase());
    else if (!coefficient) coefficient = word;
    else coefficient = { ...word, expression: null };
  });
  if (inductors.length < 2 || !coefficient || coefficient.expression === null) {
    throw netlistError(
      "netlist-syntax",
      place,
      `${quoted(cursor.line.text)} does not name two inductors and a coefficient`,
      "write: K1 L1 L2 0.99",
    );
  }
  return { kind: "coupling", name, place, settings, inductors, coefficient };
}

/** Of an A element of LTspice: eight nodes and a type. */
const ltspiceWords = 9;

const deviceShapes = {
  d: "D1 anode cathode model",
  q: "Q1 collector base emitter model",
  j: "J1 drain gate source model",
  m: "M1 drain gate source bulk model W=… L=…",
  a: "A1 end wiper end model, with a model of type potentiometer",
} as const;

function readDevice(letter: DeviceElement["letter"], line: ElementLine): NetlistElement {
  const { cursor, name, place } = line;
  const words: Formula[] = [];
  const take = (text: string) => words.push({ text: text.toLowerCase(), place: cursor.place, expression: null });
  // Nodes and models are words whatever they look like: 1N4148 is no number.
  const least = letter === "d" ? 3 : 4;
  while (words.length < least && !cursor.atEnd && !cursor.atSetting()) {
    const word = cursor.word();
    if (word === undefined) break;
    take(word.replace(/^\[(.*)\]$/, "$1"));
  }
  if (words.length < least) {
    throw netlistError(
      "netlist-nodes",
      place,
      `${quoted(cursor.line.text)} has ${words.length} words behind its name, ${least} are needed: nodes and a model`,
      `write: ${deviceShapes[letter]}`,
    );
  }
  const settings = cursor.settings((word) => words.push({ ...word, text: word.text.toLowerCase() }));
  const last = words.at(-1)?.text ?? "";
  if (letter === "a" && words.length >= ltspiceWords) {
    throw netlistError(
      "netlist-unsupported",
      place,
      `${quoted(name)}: LTspice's device ${last.toUpperCase()} is not simulated`,
      "write it as a B source, such as B1 0 out I={1m*tanh(V(a,b))} for an OTA",
    );
  }
  return { kind: "device", letter, name, place, settings, words };
}

function readInstance(line: ElementLine): NetlistElement {
  const { cursor, name, place } = line;
  const words: string[] = [];
  while (!cursor.atEnd && !cursor.atSetting()) {
    const word = cursor.word();
    if (word === undefined) break;
    if (/^params:$/i.test(word)) break;
    words.push(word.toLowerCase());
  }
  const settings = cursor.settings();
  const subcircuit = words.pop();
  if (subcircuit === undefined) {
    throw netlistError(
      "netlist-nodes",
      place,
      `${quoted(cursor.line.text)} names no subcircuit`,
      "write: X1 a b subcircuit",
    );
  }
  return { kind: "instance", name, place, settings, nodes: words, subcircuit };
}
