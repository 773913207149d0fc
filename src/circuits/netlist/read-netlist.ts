import { checkNetlistText, checkReadOptions } from "./check-netlist.ts";
import { readDirective, type DirectiveResults } from "./directive-reader.ts";
import { readElement } from "./element-reader.ts";
import { evaluateFormula } from "./bind-expression.ts";
import { joinKnob, type OwnDirectives, readOwnDirective } from "./knob-reader.ts";
import { findLoneNodes } from "./lone-nodes.ts";
import { LineCursor } from "./line-cursor.ts";
import { type LogicalLine, placeIn, readLogicalLines } from "./logical-lines.ts";
import { checkMissingFiles, type MissingFile } from "./missing-files.ts";
import type { Netlist, NetlistBody, Place } from "./netlist.ts";
import { describePlace, netlistError, quoted } from "./netlist-error.ts";
import { nodeUses } from "./node-uses.ts";
import { findOddUnits } from "./odd-units.ts";
import { addElement, type OpenBody, openBody } from "./open-body.ts";
import { findPorts } from "./netlist-ports.ts";
import { newEvaluation, ParameterScope } from "./parameter-scope.ts";
import { readStatementLines } from "./statement-lines.ts";
import { openSubcircuit, type OpenSubcircuit } from "./subcircuit-reader.ts";
import { joinsNodes, looksLikeElement } from "./title-line.ts";

/** What belongs to a netlist's text. */
export interface ReadNetlistOptions {
  /** Of the file, for messages. */
  readonly name?: string;
  /** Texts that `.include` and `.lib` may name, by path or file name. Nothing else is ever read. */
  readonly files?: ReadonlyMap<string, string> | Readonly<Record<string, string>>;
}

/** Longest text, and deepest nesting of `.subckt`. */
const lengthLimit = 4_000_000;
const nestingLimit = 16;

/**
 * A SPICE netlist, parsed. `resolveCircuit` then puts in knobs and parameters, as often as wanted.
 *
 * The first line is the title, always: an element there is not read (a warning says so). Names do not differ by case.
 * Suffixes are SPICE's: `M` is a thousandth, `Meg` a million. Understood is what ngspice, LTspice and KiCad write of R, C, L,
 * K, V, I, E, F, G, H, B, D, Q, J, M, S, W, X and of .subckt .model .param .func .include .lib .global .ic .temp .options;
 * analyses and outputs are passed over and listed in `warnings`. Sources other than the input may move (SIN, PULSE, EXP, PWL, or
 * `time` in an expression): their time begins with the sound.
 *
 * Our own directives are comments to other programs, which take the values of the `.param` lines:
 *
 * - `*.knob drive taper=A15 min=0 max=1 unit=% "Drive"` turns `.param drive`. All settings may be left out: a linear taper from
 *   0 to 1. The `.param` line holds the value that the circuit sees, so with `taper=A15` a knob half way up is `drive=0.15`.
 * - `*.knob mode positions=si,ge,led "Clipping"` switches `.param mode` to 0, 1 or 2, for elements with `{mode==1 ? 1 : 1e9}`.
 * - `*.input Vin volts=1`: the voltage source that the audio drives, and the volts of a sample of 1 (also `*.gain 1`).
 *   Without it: the only source with `wavefile=`, a source `Vin`, the only one with `AC`, or the only one with a waveform.
 * - `*.output out volts=1`, or `*.output plus minus`: where the audio comes out, and the volts that become a sample of 1.
 *   Without it: the node that `.wave` records, a node `out`, `vout` or `output`.
 * - `*.description "…"`, and `*+` to go on with any of them.
 *
 * A subcircuit `pot` is built in: `XP1 end wiper end pot R=500k pos={drive} taper=A`; at position 0 the wiper is at the first
 * end. A taper belongs to the knob or to the pot, not to both.
 *
 * A model or subcircuit that is missing is found by `resolveCircuit`, since it may not be used; a file that is missing is refused
 * if something in use is not defined without it.
 *
 * @param text - Of the file; for bytes of unknown encoding there is `readNetlistBytes`.
 * @throws TonewrightError `netlist-syntax`, `netlist-unsupported`, `netlist-nodes`, `netlist-expression`,
 *   `netlist-parameter`, `netlist-duplicate`, `netlist-subcircuit`, `netlist-include`, `netlist-knob`, `netlist-port`,
 *   `netlist-limit`, each with file and line; `netlist-encoding` if the text is binary; `wrong-call`, `unknown-option`
 * @see Quarles et al., SPICE3 User's Manual; ngspice 39 manual; LTspice help (where `^` is exclusive or: here it is a power)
 */
export function readNetlist(text: string, options: ReadNetlistOptions = {}): Netlist {
  const call = "readNetlist(text, options)";
  checkNetlistText(call, text);
  checkReadOptions(call, options);
  const { name = "netlist", files = {} } = options;
  if (text.trim() === "") {
    throw netlistError(
      "netlist-syntax",
      { file: name, line: 1 },
      "the netlist is empty",
      "write a title, then elements such as: R1 in out 10k",
    );
  }
  if (text.length > lengthLimit) {
    throw netlistError(
      "netlist-limit",
      { file: name, line: 1 },
      `${text.length} characters`,
      `split it; the limit is ${lengthLimit}`,
    );
  }
  if (text.includes("\0")) {
    const line = text.slice(0, text.indexOf("\0")).split("\n").length;
    throw netlistError(
      "netlist-encoding",
      { file: name, line },
      "the text contains zero bytes",
      "save it as text in UTF-8",
    );
  }
  refuseOtherFormats(text, name);
  const [first = "", ...rest] = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  const reader = new NetlistReader(name);
  const title = reader.title(first);
  const lines = readLogicalLines(title === undefined ? [first, ...rest] : rest, {
    file: name,
    first: title === undefined ? 1 : 2,
  });
  const given = files instanceof Map ? files : new Map(Object.entries(files));
  const { warn, miss } = reader;
  for (const line of readStatementLines(lines, { files: given, warn, miss })) reader.take(line);
  return reader.finish(title ?? "");
}

class NetlistReader {
  readonly #name: string;
  readonly #warnings: string[] = [];
  readonly #top = openBody();
  readonly #open: OpenSubcircuit[] = [];
  readonly #results: DirectiveResults = { initialVolts: [], globals: [], steps: new Map() };
  readonly #own: OwnDirectives = { knobs: [], description: "" };
  readonly #missing: MissingFile[] = [];
  /** The first line, where it may still turn out to be an element. */
  #written = "";

  constructor(name: string) {
    this.#name = name;
  }

  get #start(): Place {
    return { file: this.#name, line: 1 };
  }

  readonly miss = (file: MissingFile): void => {
    this.#missing.push(file);
  };

  readonly warn = (place: Place, text: string): void => {
    if (this.#warnings.length < 200) this.#warnings.push(`${describePlace(place)}: ${text}`);
  };

  /** The title that a file's first line is; nothing if the line is one of our directives. */
  title(first: string): string | undefined {
    const place = this.#start;
    const [line] = readLogicalLines([first.replace(/^\s*\+/, "")], { file: this.#name });
    if (line?.directive) return undefined;
    const trimmed = first.trim();
    const directive = /^\.(\w+)\s*(.*)$/.exec(trimmed);
    if (directive?.[1]?.toLowerCase() === "title") return directive[2] ?? "";
    if (looksLikeElement(trimmed)) this.#warnings.push(lostTitle(place, trimmed));
    else this.#written = trimmed;
    return trimmed.replace(/^\*\s*/, "");
  }

  take(line: LogicalLine): void {
    const cursor = new LineCursor(line);
    const place = placeIn(line, 0);
    if (line.directive) {
      readOwnDirective(cursor, place, this.#own, this.warn);
      return;
    }
    const word = cursor.word()?.toLowerCase() ?? "";
    if (word === ".subckt" || word === ".macro") this.#openSubcircuit(cursor, place);
    else if (word === ".ends" || word === ".eom") this.#closeSubcircuit(cursor.node(), place);
    else if (word.startsWith(".")) {
      const results = this.#results;
      const isInner = this.#open.length > 0;
      readDirective(word.slice(1), { cursor, place, body: this.#body, results, isInner, warn: this.warn });
    } else {
      const name = word === "" ? line.text.slice(0, 1) : word;
      const element = readElement({ cursor, name, place, warn: this.warn });
      addElement(this.#body, element);
      findOddUnits(element, { subject: `${element.name.slice(0, 40)}: `, warn: this.warn });
    }
  }

  finish(title: string): Netlist {
    const left = this.#open.at(-1);
    if (left) {
      throw netlistError(
        "netlist-subcircuit",
        left.place,
        `.subckt ${quoted(left.name)} has no .ends`,
        "add .ends behind its last line",
      );
    }
    for (const [name, value] of this.#results.steps) {
      if (this.#top.parameters[name]) continue;
      this.#top.parameters[name] = value;
      this.warn(value.place, `${name} is ${value.text}, the first value of .step`);
    }
    const body = closed(this.#top);
    const { title: given, temperature, initialVolts, globals } = this.#results;
    const { wave } = this.#results;
    const ports = findPorts(body, { ...this.#own, ...(wave ? { wave } : {}) }, this.warn);
    this.#warnOf(body);
    checkMissingFiles(this.#missing, body, this.warn);
    findLoneNodes(body, { output: ports.output, globals }, this.warn);
    const netlist: Netlist = {
      ...body,
      name: this.#name,
      title: given ?? title,
      description: this.#own.description,
      knobs: this.#knobs(body),
      ...ports,
      initialVolts,
      ...(temperature ? { temperature } : {}),
      globals,
      warnings: this.#warnings,
    };
    return netlist;
  }

  /** What can only be told once all is read. */
  #warnOf(body: NetlistBody): void {
    const nodes = new Set(body.elements.flatMap((element) => nodeUses(element, [body]).map(({ node }) => node)));
    if (joinsNodes(this.#written, nodes)) this.#warnings.unshift(lostTitle(this.#start, this.#written));
    this.#warnOfUnits(body);
  }

  #warnOfUnits({ parameters, models, subcircuits }: NetlistBody): void {
    const find = (data: unknown, subject: string) =>
      findOddUnits(data, { subject: `${subject.slice(0, 50)}: `, warn: this.warn });
    for (const [name, formula] of Object.entries(parameters)) find(formula, `.param ${name}`);
    for (const [name, { settings }] of Object.entries(models)) find(settings, `.model ${name}`);
    for (const [name, subcircuit] of Object.entries(subcircuits)) {
      find(subcircuit.defaults, `.subckt ${name}`);
      this.#warnOfUnits(subcircuit);
    }
  }

  get #body(): OpenBody {
    return this.#open.at(-1)?.body ?? this.#top;
  }

  #openSubcircuit(cursor: LineCursor, place: Place): void {
    if (this.#open.length >= nestingLimit) {
      throw netlistError(
        "netlist-limit",
        place,
        `.subckt within .subckt more than ${nestingLimit} deep`,
        "add the missing .ends",
      );
    }
    this.#open.push(openSubcircuit(cursor, place));
  }

  #closeSubcircuit(name: string | undefined, place: Place): void {
    const { name: opened = "", place: at = place, ports = [], defaults = {}, body } = this.#open.pop() ?? {};
    if (!body)
      throw netlistError("netlist-subcircuit", place, ".ends without .subckt", "remove it, or add the .subckt line");
    if (name !== undefined && name !== opened) {
      throw netlistError(
        "netlist-subcircuit",
        place,
        `.ends ${quoted(name)} closes .subckt ${quoted(opened)} of line ${at.line}`,
        `write .ends ${opened.slice(0, 40)}`,
      );
    }
    const outer = this.#body;
    if (outer.subcircuits[opened]) this.warn(at, `subcircuit "${opened}" is there already; the first one is used`);
    else outer.subcircuits[opened] = { ...closed(body), name: opened, place: at, ports, defaults };
  }

  #knobs(body: NetlistBody): Netlist["knobs"] {
    const scope = new ParameterScope({
      formulas: body.parameters,
      values: new Map(),
      functions: body.functions,
      outer: undefined,
      evaluation: newEvaluation(),
      evaluate: evaluateFormula,
    });
    const names = new Set<string>();
    return this.#own.knobs.map((line) => {
      const { name, place } = line;
      if (names.has(name))
        throw netlistError("netlist-knob", place, `a second *.knob ${name}`, "remove one of the two");
      names.add(name);
      const value = Object.hasOwn(body.parameters, name) ? scope.lookUp(name, place) : undefined;
      if (value === undefined) {
        throw netlistError(
          "netlist-knob",
          place,
          `*.knob ${name}: no .param ${name} outside of subcircuits`,
          `add ".param ${name}=0.5": its value is the knob's default`,
        );
      }
      return joinKnob(line, value);
    });
  }
}

function lostTitle(place: Place, line: string): string {
  const text = `the first line of a netlist is its title, so ${quoted(line)} was not read; put a title in front`;
  return `${describePlace(place)}: ${text}`;
}

function closed({ elements, models, subcircuits, parameters, functions }: OpenBody): NetlistBody {
  return { elements, models, subcircuits, parameters, functions };
}

/** Files that people take for netlists. */
const otherFormats: readonly (readonly [RegExp, string, string])[] = [
  [
    /^Version 4\s+SHEET/,
    "an LTspice schematic (.asc)",
    "in LTspice choose View > SPICE Netlist, and give the .net file",
  ],
  [/^\s*\(kicad_/, "a KiCad schematic or board", "in KiCad choose File > Export > Netlist, format SPICE"],
  [/^\s*\(export\s/, "a KiCad netlist for boards", "in KiCad choose File > Export > Netlist, format SPICE"],
  [/^\s*<(\?xml|!doctype|html|eagle)/i, "XML or HTML", "export a SPICE netlist (.cir, .net)"],
  [/^\s*[{[]\s*["[{]/, "JSON", "export a SPICE netlist (.cir, .net)"],
];

function refuseOtherFormats(text: string, file: string): void {
  const start = text.slice(0, 200).replace(/^\uFEFF/, "");
  const other = otherFormats.find(([pattern]) => pattern.test(start));
  if (other) throw netlistError("netlist-encoding", { file, line: 1 }, `the file is ${other[1]}, no netlist`, other[2]);
}
