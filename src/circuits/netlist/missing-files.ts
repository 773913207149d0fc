import { standardPartNames } from "../parts/standard-part-texts.ts";
import type { NetlistBody, NetlistElement, Place } from "./netlist.ts";
import { listed, netlistError, quoted } from "./netlist-error.ts";
import { definitionOf } from "./node-uses.ts";
import { readSpiceNumber } from "./spice-number.ts";

/** A file that is included and was not given. */
export interface MissingFile {
  readonly place: Place;
  /** As written. */
  readonly path: string;
  /** Its last part. */
  readonly file: string;
  /** Names of the files that were given. */
  readonly given: readonly string[];
}

/**
 * Refuses a netlist that uses what only a missing file can define, and otherwise tells of the file.
 *
 * @throws TonewrightError `netlist-include`
 */
export function checkMissingFiles(
  missing: readonly MissingFile[],
  body: NetlistBody,
  warn: (place: Place, text: string) => void,
): void {
  const [first] = missing;
  if (first === undefined) return;
  const parts = undefinedParts(body);
  if (parts.length > 0) {
    const { place, path, file, given } = first;
    throw netlistError(
      "netlist-include",
      place,
      `file ${quoted(path)} is included but was not given; given: ${listed(given)}; not defined without it: ${listed(parts)}`,
      `give the file along with the netlist: put it beside the netlist and write ".include ${file.slice(0, 80)}"; or copy its models into the netlist`,
    );
  }
  for (const { place, path } of missing) {
    warn(place, `file ${quoted(path)} was not given; all parts in use are defined without it, or come along`);
  }
}

/** Models and subcircuits that elements use, and that neither the netlist nor the parts that come along define. */
function undefinedParts(body: NetlistBody): string[] {
  const found = new Set<string>();
  const seen = new Set<NetlistBody>();
  const comeAlong = { models: standardPartNames("model"), subcircuits: standardPartNames("subckt") };
  const open: (readonly NetlistBody[])[] = [[body]];
  for (let bodies = open.pop(); bodies; bodies = open.pop()) {
    const inside = bodies[0];
    if (inside === undefined || seen.has(inside)) continue;
    seen.add(inside);
    for (const element of inside.elements) {
      if (element.kind !== "instance") {
        const models = modelNames(element);
        const isDefined = models.some(
          (name) => bodies?.some((one) => Object.hasOwn(one.models, name)) || comeAlong.models.has(name),
        );
        if (models[0] !== undefined && !isDefined) found.add(models[0]);
        continue;
      }
      const definition = definitionOf(element.subcircuit, bodies);
      if (definition) open.push(definition.bodies);
      else if (element.subcircuit !== "pot" && !comeAlong.subcircuits.has(element.subcircuit))
        found.add(element.subcircuit);
    }
  }
  return [...found];
}

/** The words of an element that may be its model. */
function modelNames(element: NetlistElement): string[] {
  if (element.kind === "device") {
    const words = element.words.map(({ text }) => text);
    // The fourth word may be a node; behind a model there may be numbers.
    const four = words.slice(3, 5).reverse();
    return element.letter === "d" ? words.slice(2, 3) : four.filter((word) => readSpiceNumber(word) === undefined);
  }
  return "model" in element && element.model !== undefined ? [element.model] : [];
}
