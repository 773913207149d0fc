import { requireKnownSettings } from "./element-settings.ts";
import type { Formula, ModelCard, NetlistElement, Place, Subcircuit, UserFunction } from "./netlist.ts";
import { describePlace, netlistError } from "./netlist-error.ts";

/** A body while it is read. */
export interface OpenBody {
  readonly elements: NetlistElement[];
  readonly models: Record<string, ModelCard>;
  readonly subcircuits: Record<string, Subcircuit>;
  readonly parameters: Record<string, Formula>;
  readonly functions: Record<string, UserFunction>;
  /** Elements' names and where they were read. */
  readonly seen: Map<string, Place>;
}

/** An empty body. Its records have no prototype: every name is an ordinary name in them. */
export function openBody(): OpenBody {
  return {
    elements: [],
    models: Object.create(null),
    subcircuits: Object.create(null),
    parameters: Object.create(null),
    functions: Object.create(null),
    seen: new Map(),
  };
}

/** Adds an element. @throws TonewrightError `netlist-duplicate` if its name is taken, and those of its settings */
export function addElement(body: OpenBody, element: NetlistElement): void {
  const before = body.seen.get(element.name);
  if (before) {
    throw netlistError(
      "netlist-duplicate",
      element.place,
      `"${element.name.slice(0, 60)}" is there already, at ${describePlace(before)}`,
      "give one of the two another name (names do not differ by case)",
    );
  }
  requireKnownSettings(element);
  body.seen.set(element.name, element.place);
  body.elements.push(element);
}
