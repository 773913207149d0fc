import type { LineCursor } from "./line-cursor.ts";
import { directiveWords } from "./logical-lines.ts";
import type { Formula, Knob, NetlistInput, NetlistOutput, Place, Settings } from "./netlist.ts";
import { netlistError, quoted, suggestion } from "./netlist-error.ts";
import { readTaper, taperPosition } from "./taper.ts";

/** A `*.knob` line, not yet joined with its parameter. */
export interface KnobLine {
  readonly name: string;
  readonly place: Place;
  readonly label: string;
  readonly settings: Settings;
}

/** What our own directives leave behind. */
export interface OwnDirectives {
  readonly knobs: KnobLine[];
  description: string;
  input?: NetlistInput & { readonly place: Place };
  output?: NetlistOutput & { readonly place: Place };
  /** From `*.gain`. */
  inputVolts?: number;
}

const knobSettings = ["taper", "min", "max", "positions", "unit"];

/**
 * Takes one of our directives, which SPICE reads as comments; `readNetlist` lists them.
 *
 * @throws TonewrightError `netlist-knob`, `netlist-port`
 */
export function readOwnDirective(
  cursor: LineCursor,
  place: Place,
  results: OwnDirectives,
  warn: (place: Place, text: string) => void,
): void {
  const isSpaced = /^\s/.test(cursor.line.text);
  const word = cursor.word()?.toLowerCase();
  if (isSpaced) {
    warn(place, `"* ${word}" is a comment: write *${word}, without a space behind the star`);
    return;
  }
  switch (word) {
    case ".knob":
      results.knobs.push(readKnobLine(cursor, place, warn));
      return;
    case ".input": {
      const source = cursor.node();
      if (source === undefined) throw port(place, "*.input names no source", "write *.input Vin");
      if (results.input) throw port(place, "a second *.input", "remove one: the audio drives one source");
      results.input = { source, volts: readVolts(cursor, place), place };
      return;
    }
    case ".output": {
      const first = cursor.node();
      const second = cursor.node();
      if (first === undefined) throw port(place, "*.output names no node", "write *.output out");
      if (results.output) throw port(place, "a second *.output", "remove one: a netlist has one output");
      results.output = { nodes: [first, second ?? "0"], volts: readVolts(cursor, place), place };
      return;
    }
    case ".gain":
      results.inputVolts = positiveNumber(cursor.value(), "*.gain", place);
      return;
    case ".description": {
      const text = cursor.rest.trim().replace(/^"(.*)"$/, "$1");
      results.description = results.description === "" ? text : `${results.description} ${text}`;
      return;
    }
    default:
      warn(place, `*${word} is a comment; ${suggestion(word?.slice(1) ?? "", directiveWords).trim()}`);
  }
}

function readKnobLine(cursor: LineCursor, place: Place, warn: (place: Place, text: string) => void): KnobLine {
  const name = cursor.node();
  if (name === undefined) throw knobError(place, "*.knob names no parameter", "write *.knob drive taper=A");
  const label: Formula[] = [];
  const settings: Record<string, Formula> = Object.create(null);
  let bare: Formula | undefined;
  while (!cursor.atEnd) {
    if (!cursor.atSetting()) {
      const start = cursor.at;
      const isQuoted = /^\s*"/.test(cursor.rest);
      const word = cursor.value();
      if (word && !isQuoted && isBareTaper(word.text)) bare = word;
      if (word) label.push(word);
      if (cursor.at === start) cursor.at++;
      continue;
    }
    const setting = cursor.settingName();
    if (!knobSettings.includes(setting)) {
      throw knobError(
        place,
        `*.knob ${name}: no setting ${quoted(setting)}`,
        `${suggestion(setting, knobSettings)}there are ${knobSettings.join(", ")}`,
      );
    }
    const value = setting === "positions" ? list(cursor, place) : cursor.value();
    if (!value) throw knobError(place, `*.knob ${name}: ${setting}= has no value`, "give it a value");
    settings[setting] = value;
  }
  if (bare && !settings.taper && !settings.positions) {
    warn(place, `*.knob ${name}: ${bare.text} is taken for its taper; write taper=${bare.text}, or a label in quotes`);
    settings.taper = bare;
  }
  const words = label.filter((word) => word !== bare || settings.taper !== bare);
  return { name, place, label: words.map(({ text }) => text).join(" ") || name, settings };
}

/** Whether a word without quotes is a taper with `taper=` left out, and not a label. */
function isBareTaper(text: string): boolean {
  return /^([abc]|[ac]\d+(\.\d+)?|log|lin|linear|audio|antilog|revlog)$/i.test(text) && readTaper(text) !== undefined;
}

/** `a,b,c` as one text. */
function list(cursor: LineCursor, place: Place): Formula {
  const found = /^\s*([^\s"=]+(?:\s*,\s*[^\s",=]+)*)/.exec(cursor.rest)?.[0] ?? "";
  cursor.at += found.length;
  return { text: found.trim(), place, expression: null };
}

/**
 * The knob of a line.
 *
 * @param value - Of its parameter, as the netlist sets it.
 */
export function joinKnob({ name, place, label, settings }: KnobLine, value: number): Knob {
  const positionsText = settings.positions?.text;
  if (positionsText !== undefined) {
    const positions = positionsText.split(",").map((position) => position.trim());
    const wrong = Object.keys(settings).find((setting) => setting !== "positions");
    if (wrong) throw knobError(place, `*.knob ${name}: a switch has no ${wrong}`, "remove it, or remove positions=");
    if (positions.length < 2 || positions.includes("") || new Set(positions).size < positions.length) {
      throw knobError(
        place,
        `*.knob ${name}: positions ${quoted(positionsText)}`,
        "name two or more different positions: positions=off,on",
      );
    }
    if (!(Number.isInteger(value) && value >= 0 && value < positions.length)) {
      throw knobError(
        place,
        `*.knob ${name}: .param ${name} is ${value}, and positions are 0 to ${positions.length - 1}`,
        "set the parameter to the index of a position",
      );
    }
    return { kind: "switch", name, label, positions, position: value };
  }
  const taperText = settings.taper?.text ?? "linear";
  const taper = readTaper(taperText);
  if (!taper) {
    throw knobError(
      place,
      `*.knob ${name}: no taper ${quoted(taperText)}`,
      "write A (logarithmic), B (linear) or C (reverse), with the percentage at half rotation if you know it: A15",
    );
  }
  const min = settings.min ? finiteNumber(settings.min, `*.knob ${name} min=`, place) : 0;
  const max = settings.max ? finiteNumber(settings.max, `*.knob ${name} max=`, place) : 1;
  if (min === max) throw knobError(place, `*.knob ${name}: min and max are both ${min}`, "give it a range");
  const share = (value - min) / (max - min);
  if (!(share >= -1e-9 && share <= 1 + 1e-9)) {
    throw knobError(
      place,
      `*.knob ${name}: .param ${name} is ${value}, outside of ${min} to ${max}`,
      "set the parameter within min= and max= (0 and 1 unless written)",
    );
  }
  const position = taperPosition(Math.min(1, Math.max(0, share)), taper);
  return { kind: "potentiometer", name, label, taper, min, max, position, unit: settings.unit?.text ?? "" };
}

function readVolts(cursor: LineCursor, place: Place): number {
  const settings = cursor.settings();
  const wrong = Object.keys(settings).find((name) => name !== "volts");
  if (wrong)
    throw port(place, `no setting ${quoted(wrong)}`, "the only setting is volts=: the voltage of a sample of 1");
  return settings.volts ? positiveNumber(settings.volts, "volts=", place) : 1;
}

function positiveNumber(value: Formula | undefined, what: string, place: Place): number {
  const number = value ? finiteNumber(value, what, place) : Number.NaN;
  if (number > 0) return number;
  throw port(place, `${what} is not above 0`, "write the voltage that a sample of 1 stands for, such as volts=1");
}

function finiteNumber({ expression, text }: Formula, what: string, place: Place): number {
  const negative = expression?.kind === "unary" && expression.operation === "negate" ? expression.argument : undefined;
  const value =
    negative?.kind === "number" ? -negative.value : expression?.kind === "number" ? expression.value : Number.NaN;
  if (Number.isFinite(value)) return value;
  throw knobError(place, `${what} ${quoted(text)} is no number`, "write a plain number");
}

function knobError(place: Place, message: string, hint: string): Error {
  return netlistError("netlist-knob", place, message, hint);
}

function port(place: Place, message: string, hint: string): Error {
  return netlistError("netlist-port", place, message, hint);
}
