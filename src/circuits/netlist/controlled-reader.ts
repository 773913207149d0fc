import { type ElementLine, takeNodes, takePair, takeValue } from "./element-line.ts";
import type { ParsedExpression } from "./expression.ts";
import type { Formula, NetlistElement, Place, Settings } from "./netlist.ts";
import { netlistError, quoted } from "./netlist-error.ts";

type ControlledLetter = "e" | "f" | "g" | "h";

const shapes: Readonly<Record<ControlledLetter, string>> = {
  e: "E1 plus minus control+ control- gain",
  f: "F1 from to Vsensor gain",
  g: "G1 from to control+ control- siemens",
  h: "H1 plus minus Vsensor ohms",
};

/** Forms of other programs that are refused, by their keyword. */
const refused: Readonly<Record<string, string>> = {
  laplace: "build the filter from R, C and L",
  freq: "build the filter from R, C and L",
  chebyshev: "build the filter from R, C and L",
  delay: "delays are not simulated; leave it out",
};

/** E, F, G or H: with a gain, with `POLY(n)`, or with `VALUE=`. */
export function readControlled(letter: ControlledLetter, line: ElementLine): NetlistElement {
  const { cursor, name, place } = line;
  const nodes = takePair(line, shapes[letter]);
  const quantity = letter === "e" || letter === "h" ? "voltage" : "current";
  const word = cursor.peekWord()?.toLowerCase() ?? "";
  if (Object.hasOwn(refused, word)) {
    throw unsupported(name, word, place);
  }
  const valueName = quantity === "voltage" ? /^(value|v|vol)$/ : /^(value|i|cur)$/;
  if (word === "value" || (cursor.atSetting() && valueName.test(word))) {
    if (cursor.atSetting()) cursor.settingName();
    else cursor.word();
    const value = cursor.formula();
    return { kind: "behavioural", quantity, name, place, settings: settingsBehind(line), nodes, value };
  }
  if (word === "table") return readTable(line, { nodes, quantity });
  const perDimension = letter === "e" || letter === "g" ? 2 : 1;
  if (word === "poly") {
    cursor.word();
    const dimensions = Number(takeValue(line, "dimension behind POLY", "POLY(1)").text);
    if (!(Number.isInteger(dimensions) && dimensions >= 1 && dimensions <= 20)) {
      throw netlistError(
        "netlist-syntax",
        place,
        `${quoted(name)}: POLY has no dimension from 1 to 20`,
        "write: POLY(2)",
      );
    }
    const control = takeNodes(line, perDimension * dimensions, `${name} ${nodes.join(" ")} POLY(${dimensions}) …`);
    const coefficients: Formula[] = [];
    const settings = cursor.settings((value) => coefficients.push(value));
    if (coefficients.length === 0) {
      throw netlistError(
        "netlist-syntax",
        place,
        `${quoted(name)}: POLY has no coefficients`,
        "write: E1 a b POLY(1) c d 0 1",
      );
    }
    return { kind: "polynomial", letter, name, place, settings, nodes, control, dimensions, coefficients };
  }
  const control = takeNodes(line, perDimension, shapes[letter]);
  const setting = cursor.atSetting() ? (cursor.peekWord()?.toLowerCase() ?? "") : "";
  if (Object.hasOwn(refused, setting)) throw unsupported(name, setting, place);
  if (setting === "table") {
    // LTspice's other form: the curve of what the control nodes have.
    const nodePair: ParsedExpression = { kind: "voltage", nodes: control };
    const value: Formula = { text: `V(${control.join(",")})`, place, expression: nodePair };
    return readTable(line, { nodes, quantity, value });
  }
  const gain = cursor.atSetting() && cursor.peekWord()?.toLowerCase() === "gain" ? takeGain(line) : undefined;
  const given = gain ?? takeValue(line, "gain", shapes[letter]);
  return { kind: "linear", letter, name, place, settings: settingsBehind(line), nodes, control, gain: given };
}

function unsupported(name: string, word: string, place: Place): Error {
  return netlistError(
    "netlist-unsupported",
    place,
    `${quoted(name)}: ${word.toUpperCase()} is not simulated`,
    refused[word] ?? "",
  );
}

/** `TABLE {V(a)} = (x,y) (x,y) …`, with or without the brackets and the equals sign. */
function readTable(
  line: ElementLine,
  {
    nodes,
    quantity,
    value,
  }: {
    readonly nodes: [string, string];
    readonly quantity: "voltage" | "current";
    /** Of which the curve is, where the line does not say it. */
    readonly value?: Formula;
  },
): NetlistElement {
  const { cursor, name, place } = line;
  const skipEquals = () => {
    const found = /^[\s,]*=/.exec(cursor.rest);
    if (found) cursor.at += found[0].length;
  };
  cursor.word();
  skipEquals();
  const read = value ?? cursor.formula();
  skipEquals();
  const table: Formula[] = [];
  const settings = cursor.settings((number) => table.push(number));
  if (table.length < 2 || table.length % 2 !== 0) {
    throw netlistError(
      "netlist-syntax",
      place,
      `${quoted(name)}: TABLE has ${table.length} numbers, which are no points`,
      "write: E1 a b TABLE {V(c)} = (-1,-5) (0,0) (1,5)",
    );
  }
  return { kind: "behavioural", quantity, name, place, settings, nodes, value: read, table };
}

function takeGain(line: ElementLine): Formula {
  line.cursor.settingName();
  return takeValue(line, "gain", "gain=10");
}

/** B: `V=`, `I=` or `R=` and an expression. */
export function readBehavioural(line: ElementLine): NetlistElement {
  const { cursor, name, place } = line;
  const nodes = takePair(line, "B1 a b V={…}");
  const letter = cursor.atSetting() ? cursor.settingName() : "";
  const quantity = letter === "v" ? "voltage" : letter === "i" ? "current" : letter === "r" ? "resistance" : undefined;
  if (!quantity) {
    throw netlistError(
      "netlist-syntax",
      place,
      `${quoted(cursor.line.text)} has neither V=, I= nor R= behind its nodes`,
      "write: B1 a b V={…} for volts, B1 a b I={…} for amps",
    );
  }
  const value = cursor.formula();
  return { kind: "behavioural", quantity, name, place, settings: settingsBehind(line), nodes, value };
}

function settingsBehind({ cursor }: ElementLine): Settings {
  return cursor.settings();
}
