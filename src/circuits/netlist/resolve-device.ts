import type { SemiconductorElement } from "../circuit.ts";
import { type Frame, findModel, namesInReach, numberOf, pairOf, settingOf } from "./frame.ts";
import { type DeviceType, deviceType, deviceTypes, insteadOfType, modelParameterOf } from "./model-types.ts";
import { parameterInRange, usualParameter } from "./model-ranges.ts";
import type { DeviceElement, ModelCard } from "./netlist.ts";
import { listed, netlistError, quoted, suggestion } from "./netlist-error.ts";
import { addPotentiometer } from "./potentiometer.ts";
import { addVdmos } from "./vdmos.ts";
import { idealDiode, idealDiodeParameters } from "./ideal-diode.ts";
import { combine, constant } from "./piecewise.ts";
import { type LazyNumber, resolveModel } from "./resolve-model.ts";

/** Fewest nodes of an element by its letter. */
const fewestNodes = { d: 2, q: 3, j: 3, m: 4, a: 3 } as const;

/** Length of a MOSFET's channel where nothing is said. */
const usualMetres = 1e-4;

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
  if (letter === "m" && type === "vdmos") {
    const nodes = words.slice(0, count).map(({ text }) => text);
    const parallel = settingOf(frame, settings, "m") ?? 1;
    addVdmos(frame, { name, place, nodes, model: card.name, parameters, count: parallel });
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
  if (letter === "d" && [...parameters.keys()].some((parameter) => idealDiodeParameters.has(parameter))) {
    addIdealDiode(frame, element, { card, parameters, area });
    return;
  }
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
    const length = (values.l ?? usualMetres) - 2 * (values.ld ?? 0);
    if (!(length > 0)) {
      throw netlistError(
        "netlist-value",
        place,
        `${quoted(full)}: the channel is ${length} m long (L - 2 LD)`,
        "make L longer than twice LD",
      );
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

/** LTspice's diode of straight lines; its other parameters play no part. */
function addIdealDiode(
  frame: Frame,
  { name, place, words }: DeviceElement,
  model: { readonly card: ModelCard; readonly parameters: ReadonlyMap<string, LazyNumber>; readonly area: number },
): void {
  const { builder, prefix } = frame;
  const terminals = pairOf(frame, [words[0]?.text ?? "", words[1]?.text ?? ""], place);
  const values = Object.fromEntries(
    [...model.parameters].flatMap(([key, { value }]) => (idealDiodeParameters.has(key) ? [[key, value()]] : [])),
  );
  const current = idealDiode(terminals, values, { model: model.card.name, place: model.card.place });
  const expression = model.area === 1 ? current : combine("multiply", constant(model.area), current);
  builder.add({ kind: "behavioural-current", name: prefix + name, ...builder.locate(place), terminals, expression });
}

/** Which of an element's words is its model: what stands in front are nodes. */
function findModelWord(
  frame: Frame,
  { letter, name, place, words }: DeviceElement,
): { readonly count: number; readonly found: NonNullable<ReturnType<typeof findModel>> } {
  const fewest = fewestNodes[letter];
  const most = letter === "q" ? 4 : fewest;
  const found: { count: number; found: NonNullable<ReturnType<typeof findModel>> }[] = [];
  // VDMOS has three terminals.
  for (let count = letter === "m" ? 3 : fewest; count <= most; count++) {
    const model = findModel(frame, words[count]?.text ?? "");
    if (model && (count >= fewest || model.card.type === "vdmos")) found.push({ count, found: model });
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
    if (known === "decoration") continue;
    const usual = usualParameter(type.kind, name);
    const inRange = parameterInRange(usual, value(), { model: card.name, place: formula.place });
    if (inRange !== undefined) values[usual] = inRange;
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
