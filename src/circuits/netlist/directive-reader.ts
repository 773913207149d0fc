import type { LineCursor } from "./line-cursor.ts";
import { directiveWords } from "./logical-lines.ts";
import type { Formula, InitialVolts, Place } from "./netlist.ts";
import { netlistError, quoted, suggestion } from "./netlist-error.ts";
import { readModel } from "./model-reader.ts";
import type { OpenBody } from "./open-body.ts";

/** What directives of SPICE leave behind, besides what they add to the body. */
export interface DirectiveResults {
  title?: string;
  temperature?: Formula;
  readonly initialVolts: InitialVolts[];
  readonly globals: string[];
  /** First values of `.step param`, for parameters that no `.param` line has. */
  readonly steps: Map<string, Formula>;
  wave?: WaveOutput;
}

/** The node that `.wave` records. */
export interface WaveOutput {
  readonly node: string;
  readonly place: Place;
}

/** A line `.word …`, the body it stands in, and where its results go. */
export interface DirectiveLine {
  readonly cursor: LineCursor;
  readonly place: Place;
  readonly body: OpenBody;
  readonly results: DirectiveResults;
  /** Whether the body is a subcircuit's. */
  readonly isInner: boolean;
  readonly warn: (place: Place, text: string) => void;
}

/** Analyses, outputs and settings of other programs. */
const ignored = new Set(
  (
    "tran ac dc op tf noise four fourier disto pz sens sp net step print plot probe save meas measure backanno width wave " +
    "loadbias savebias machine endmachine text ferret nodeset prot protect unprot unprotect csparam page pss hb four"
  ).split(" "),
);
const refused: Readonly<Record<string, string>> = {
  if: "write conditions as expressions: {mode==1 ? 10k : 22k}",
  elseif: "write conditions as expressions: {mode==1 ? 10k : 22k}",
  else: "write conditions as expressions: {mode==1 ? 10k : 22k}",
  endif: "write conditions as expressions: {mode==1 ? 10k : 22k}",
  alter: "write a netlist per variant, or a *.knob line",
  connect: "give both nodes the same name",
};
const known = [
  "param",
  "params",
  "func",
  "model",
  "ic",
  "temp",
  "options",
  "global",
  "title",
  "subckt",
  "ends",
  "include",
  "lib",
  "end",
];

/**
 * Takes one of SPICE's directives, other than those that structure the file (`.subckt`, `.include`, `.end` and their kin).
 *
 * @throws TonewrightError `netlist-unsupported`, `netlist-syntax`
 */
export function readDirective(word: string, line: DirectiveLine): void {
  const { cursor, place, body, results, warn } = line;
  switch (word) {
    case "param":
    case "params":
    case "parameter":
      readParameters(line);
      return;
    case "func":
      readFunction(line);
      return;
    case "model": {
      const card = readModel(cursor, place, warn);
      if (body.models[card.name]) warn(place, `model "${card.name}" is there already; the first one is used`);
      else body.models[card.name] = card;
      return;
    }
    case "ic":
      if (line.isInner) warn(place, ".ic is not used within a subcircuit");
      else readInitialVolts(line);
      return;
    case "temp": {
      const value = cursor.value();
      if (!value) throw netlistError("netlist-syntax", place, ".temp has no value", "write .temp 27");
      results.temperature = value;
      return;
    }
    case "option":
    case "options":
    case "opt":
    case "opts":
      readOptions(line);
      return;
    case "global":
      for (let node = cursor.node(); node !== undefined; node = cursor.node()) results.globals.push(node);
      return;
    case "step":
      readStep(line);
      break;
    case "wave":
      readWave(line);
      return;
    case "title":
      results.title = cursor.rest.trim();
      return;
    default:
  }
  if (Object.hasOwn(refused, word)) {
    throw netlistError("netlist-unsupported", place, `.${word} is not understood`, refused[word] ?? "");
  }
  if (directiveWords.some((own) => own === word)) {
    warn(place, `.${word} is not used: write *.${word}, with a star in front`);
    return;
  }
  const hint = ignored.has(word) ? "" : suggestion(word, known).replace(/^d/, "; d").trimEnd();
  warn(place, `.${word.slice(0, 40)} is not used${hint}`);
}

/** `.wave "file.wav" 16 44.1k V(out)`: what LTspice writes to a sound file is the output. */
function readWave({ cursor, place, results, warn }: DirectiveLine): void {
  const node = /\bv\(([^(),]+)\)\s*$/i.exec(cursor.rest)?.[1]?.trim().toLowerCase();
  if (node === undefined || results.wave !== undefined) warn(place, ".wave is not used");
  else results.wave = { node, place };
}

/** `.step param x 0 1 .1` or `.step param x list 0 .5 1`: LTspice needs no `.param` for x then. */
function readStep({ cursor, results }: DirectiveLine): void {
  const start = cursor.at;
  if (/^(oct|dec|lin)$/i.test(cursor.peekWord() ?? "")) cursor.word();
  const name = cursor.word()?.toLowerCase() === "param" ? cursor.word()?.toLowerCase() : undefined;
  if (/^list$/i.test(cursor.peekWord() ?? "")) cursor.word();
  const value = name === undefined || cursor.atEnd ? undefined : cursor.value();
  if (name !== undefined && value && value.expression !== null && !results.steps.has(name))
    results.steps.set(name, value);
  cursor.at = start;
}

/** `.param a=1 b={2*a} f(x)={x+a}`. */
function readParameters(line: DirectiveLine): void {
  const { cursor, place, body, warn } = line;
  while (!cursor.atEnd) {
    if (!cursor.atSetting()) {
      if (/^[a-z_][\w]*\s*\([^()]*\)\s*=/i.test(cursor.rest)) {
        readFunction(line);
        continue;
      }
      throw netlistError(
        "netlist-syntax",
        cursor.place,
        `.param: found ${quoted(cursor.rest.trim())} where name=value should be`,
        "write .param a=1 b={2*a}",
      );
    }
    const name = cursor.settingName();
    if (!/^[\p{L}_][\p{L}\p{N}_$#]*$/u.test(name)) {
      throw netlistError(
        "netlist-syntax",
        cursor.place,
        `.param: ${quoted(name)} is no name`,
        "begin names with a letter",
      );
    }
    if (body.parameters[name]) warn(place, `parameter "${name}" is set twice; the last value is used`);
    body.parameters[name] = cursor.formula();
  }
}

/** `.func f(x,y) {x+y}`, with or without `=`. */
function readFunction({ cursor, place, body }: DirectiveLine): void {
  const header = /^([\p{L}_][\p{L}\p{N}_$#]*)\s*\(([^()]*)\)\s*=?/u.exec(cursor.rest.trimStart());
  if (!header) {
    throw netlistError(
      "netlist-syntax",
      place,
      `${quoted(cursor.line.text)} defines no function`,
      "write .func f(x,y) {x+y}",
    );
  }
  cursor.at += cursor.rest.length - cursor.rest.trimStart().length + header[0].length;
  const parameters = (header[2] ?? "").split(",").map((p) => p.trim().toLowerCase());
  body.functions[(header[1] ?? "").toLowerCase()] = {
    parameters: parameters.length === 1 && parameters[0] === "" ? [] : parameters,
    body: cursor.formula(),
  };
}

/** `.ic V(a)=1 V(b)={x}`. */
function readInitialVolts({ cursor, place, results, warn }: DirectiveLine): void {
  while (!cursor.atEnd) {
    const text = cursor.rest;
    const target = /^([vi])\s*\(\s*((?:[^()\s]|\([^()\s]*\))+)\s*\)\s*=/i.exec(text);
    if (!target) {
      throw netlistError(
        "netlist-syntax",
        cursor.place,
        `.ic: found ${quoted(text)} where V(node)=volts should be`,
        "write .ic V(out)=0",
      );
    }
    cursor.at += target[0].length;
    const volts = cursor.value();
    if (!volts)
      throw netlistError("netlist-syntax", place, `.ic: ${quoted(target[0])} has no value`, "write .ic V(out)=0");
    if (target[1]?.toLowerCase() === "i") warn(place, `${target[0]} is not used: currents have no initial value here`);
    else results.initialVolts.push({ node: (target[2] ?? "").toLowerCase(), volts });
  }
}

function readOptions({ cursor, place, results, warn }: DirectiveLine): void {
  const unused: string[] = [];
  const settings = cursor.settings((word) => unused.push(word.text));
  for (const [name, value] of Object.entries(settings)) {
    if (name === "temp") results.temperature = value;
    else unused.push(name);
  }
  if (unused.length > 0) warn(place, `.options ${unused.join(" ").slice(0, 120)}: not used`);
}
