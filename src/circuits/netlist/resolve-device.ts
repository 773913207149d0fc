import type { SemiconductorElement } from "../circuit.ts";
import { type Frame, findModel, namesInReach, numberOf, settingOf } from "./frame.ts";
import { type DeviceType, deviceType, deviceTypes, insteadOfType, modelParameterOf } from "./model-types.ts";
import type { DeviceElement, Formula, ModelCard, Place } from "./netlist.ts";
import { listed, netlistError, quoted, suggestion } from "./netlist-error.ts";
import { addPotentiometer } from "./potentiometer.ts";

/** Fewest nodes of an element by its letter. */
const fewestNodes = { d: 2, q: 3, j: 3, m: 4, a: 3 } as const;

/** Longest chain of `ako:`. */
const chainLimit = 16;

/** A diode, transistor, or XSPICE potentiometer, with the parameters of its model. */
export function resolveDevice(frame: Frame, element: DeviceElement): void {
  const { letter, name, place, words, settings } = element;
  const full = frame.prefix + name;
  const { count, found } = findModelWord(frame, element);
  const { card, type, parameters } = resolveModel(found, place);
  if (letter === "a" || type === "potentiometer") {
    resolveXspice(frame, element, { type, parameters });
    return;
  }
  const kind = deviceType(type);
  if (!kind || kind.letter !== letter) {
    const instead = insteadOfType(type);
    throw netlistError(
      instead === undefined ? "netlist-model" : "netlist-unsupported",
      place,
      `${quoted(full)}: model "${card.name}" is of type ${type.toUpperCase()}, which no element "${letter.toUpperCase()}" can be`,
      instead ?? `such elements have models of type ${typesOf(letter)}`,
    );
  }
  requireLevel(kind, parameters, card);
  const behind = words.slice(count + 1).filter(({ text }) => text !== "off");
  const [areaWord, extra] = behind;
  if (extra) {
    throw netlistError(
      "netlist-syntax",
      place,
      `${quoted(full)}: ${quoted(extra.text)} is one word too many`,
      "remove it",
    );
  }
  const multiplier = settingOf(frame, settings, "m") ?? 1;
  const area = (settingOf(frame, settings, "area") ?? (areaWord ? numberOf(frame, areaWord) : 1)) * multiplier;
  if (!(area > 0))
    throw netlistError("netlist-value", place, `${quoted(full)} has the area ${area}`, "areas are above 0");
  const values = modelValues(kind, { card, parameters });
  if (letter === "m") {
    for (const size of ["w", "l"] as const) {
      const given = settingOf(frame, settings, size);
      if (given !== undefined) values[size] = given;
      if (values[size] !== undefined && !(values[size] > 0)) {
        throw netlistError(
          "netlist-value",
          place,
          `${quoted(full)} has ${size}=${values[size]}`,
          "sizes are in metres, above 0",
        );
      }
    }
  }
  const { builder, prefix, ports } = frame;
  // A BJT's substrate carries nothing here.
  const terminals = words
    .slice(0, letter === "q" ? 3 : count)
    .map(({ text }) => builder.node(text, { prefix, ports, place }));
  const result: SemiconductorElement = {
    kind: kind.kind,
    name: full,
    ...builder.locate(place),
    terminals,
    area,
    parameters: values,
  };
  builder.add(result);
}

/** Which of an element's words is its model: what stands in front are nodes. */
function findModelWord(
  frame: Frame,
  { letter, name, place, words }: DeviceElement,
): { readonly count: number; readonly found: NonNullable<ReturnType<typeof findModel>> } {
  const fewest = fewestNodes[letter];
  const most = letter === "q" ? 4 : fewest;
  const found: { count: number; found: NonNullable<ReturnType<typeof findModel>> }[] = [];
  // VDMOS has three terminals: found early, it is refused by name.
  for (let count = letter === "m" ? 3 : fewest; count <= most; count++) {
    const model = findModel(frame, words[count]?.text ?? "");
    if (model && (count >= fewest || insteadOfType(model.card.type))) found.push({ count, found: model });
  }
  // A substrate may be called like a model: prefer the model that fits.
  const fitting = found.find(({ found: { card } }) => deviceType(card.type)?.letter === letter) ?? found[0];
  if (fitting) return fitting;
  const asked = words[Math.min(most, words.length - 1, letter === "q" && words.length === 4 ? 3 : most)]?.text ?? "";
  const names = namesInReach(frame, "models");
  throw netlistError(
    "netlist-model",
    place,
    `${quoted(frame.prefix + name)} has the model ${quoted(asked)}, which is not defined`,
    `${suggestion(asked, names)}add its .model line or .include its file; defined: ${listed(names)}`,
  );
}

/** A model with what it takes over from others by `ako:`. Values are computed where the model is defined. */
function resolveModel(
  { card, home }: NonNullable<ReturnType<typeof findModel>>,
  place: Place,
): { readonly card: ModelCard; readonly type: string; readonly parameters: Map<string, LazyNumber> } {
  const chain: ModelCard[] = [];
  const parameters = new Map<string, LazyNumber>();
  let type = "";
  let next: { card: ModelCard; home: Frame } | undefined = { card, home };
  while (next) {
    const { card: current, home: frame }: { card: ModelCard; home: Frame } = next;
    if (chain.includes(current) || chain.length >= chainLimit) {
      throw netlistError(
        "netlist-model",
        current.place,
        `model "${current.name}" takes over from itself: ${[...chain, current].map((c) => c.name).join(" -> ")}`,
        "give one of them a type of its own",
      );
    }
    chain.push(current);
    type ||= current.type;
    for (const [name, formula] of Object.entries(current.settings)) {
      if (!parameters.has(name)) parameters.set(name, { formula, value: () => numberOf(frame, formula) });
    }
    if (current.base === undefined) break;
    const base = current.base;
    next = findModel(frame, base);
    if (!next) {
      throw netlistError(
        "netlist-model",
        current.place,
        `model "${current.name}": no model ${quoted(base)}`,
        "define it, or write a type",
      );
    }
  }
  if (type === "")
    throw netlistError("netlist-model", place, `model "${card.name}" has no type`, "write D, NPN, PNP, NJF, …");
  return { card, type, parameters };
}

interface LazyNumber {
  readonly formula: Formula;
  readonly value: () => number;
}

function requireLevel(
  { kind, levels }: DeviceType,
  parameters: ReadonlyMap<string, LazyNumber>,
  card: ModelCard,
): void {
  const level = parameters.get("level")?.value() ?? 1;
  if (levels.includes(level)) return;
  throw netlistError(
    "netlist-unsupported",
    parameters.get("level")?.formula.place ?? card.place,
    `model "${card.name}" is a ${kind.toUpperCase()} of level ${level}`,
    `only level ${levels.join(" or ")} is simulated: find a model of that level`,
  );
}

function modelValues(
  type: DeviceType,
  { card, parameters }: { readonly card: ModelCard; readonly parameters: ReadonlyMap<string, LazyNumber> },
): Record<string, number> {
  const values: Record<string, number> = {};
  for (const [name, { formula, value }] of parameters) {
    const known = modelParameterOf(type, name);
    if (known === "unknown") {
      throw netlistError(
        "netlist-parameter",
        formula.place,
        `model "${card.name}": no parameter ${quoted(name)} of ${type.kind}`,
        `${suggestion(name, type.simulated)}simulated are: ${type.simulated.join(", ")}`,
      );
    }
    if (known === "refused") {
      throw netlistError(
        "netlist-unsupported",
        formula.place,
        `model "${card.name}" has ${name.toUpperCase()}: LTspice's idealised diode of straight lines is not simulated`,
        "use a model with IS and N, such as IS=1p N=0.1 for a diode that hardly drops",
      );
    }
    if (known === "decoration") continue;
    values[name] = value();
  }
  return values;
}

/** KiCad writes potentiometers as XSPICE devices: `ARV1 end wiper end model`. */
function resolveXspice(
  frame: Frame,
  { name, place, words }: DeviceElement,
  { type, parameters }: { readonly type: string; readonly parameters: ReadonlyMap<string, LazyNumber> },
): void {
  if (type !== "potentiometer") {
    throw netlistError(
      "netlist-unsupported",
      place,
      `${quoted(name)} is an XSPICE device of type ${type}`,
      "of these, only potentiometers are simulated",
    );
  }
  const [first, wiper, last] = words.map(({ text }) => text);
  addPotentiometer(frame, {
    name,
    place,
    nodes: [first ?? "", wiper ?? "", last ?? ""],
    ohms: parameters.get("r")?.value() ?? 1e5,
    position: parameters.get("position")?.value() ?? 0.5,
    taper: /^(true|1)$/i.test(parameters.get("log")?.formula.text ?? "") ? "A" : "B",
  });
}

function typesOf(letter: DeviceElement["letter"]): string {
  const types = Object.entries(deviceTypes).filter(([, type]) => type.letter === letter);
  return types.map(([name]) => name.toUpperCase()).join(" or ");
}
