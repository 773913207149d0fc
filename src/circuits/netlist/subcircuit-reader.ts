import type { LineCursor } from "./line-cursor.ts";
import type { Formula, Place } from "./netlist.ts";
import { netlistError, quoted } from "./netlist-error.ts";
import { type OpenBody, openBody } from "./open-body.ts";

/** A subcircuit whose `.ends` has not come yet. */
export interface OpenSubcircuit {
  readonly name: string;
  readonly place: Place;
  readonly ports: readonly string[];
  readonly defaults: Readonly<Record<string, Formula>>;
  readonly body: OpenBody;
}

/** `.subckt name ports… PARAMS: a=1 b=2`; also `optional:` of PSpice is refused. */
export function openSubcircuit(cursor: LineCursor, place: Place): OpenSubcircuit {
  const name = cursor.node();
  if (name === undefined) {
    throw netlistError("netlist-subcircuit", place, ".subckt has no name", "write .subckt name node node …");
  }
  const ports: string[] = [];
  while (!cursor.atEnd && !cursor.atSetting()) {
    const word = cursor.word();
    if (word === undefined) break;
    if (/^(params:|param:|text:)$/i.test(word)) break;
    if (/^optional:$/i.test(word)) {
      throw netlistError("netlist-unsupported", place, "OPTIONAL: ports are not understood", "name all nodes as ports");
    }
    ports.push(word.toLowerCase());
  }
  const twice = ports.find((port, k) => ports.indexOf(port) !== k);
  if (twice !== undefined) {
    throw netlistError(
      "netlist-subcircuit",
      place,
      `.subckt ${quoted(name)} has port ${quoted(twice)} twice`,
      "give ports different names",
    );
  }
  if (ports.includes("0")) {
    throw netlistError(
      "netlist-subcircuit",
      place,
      `.subckt ${quoted(name)} has ground (0) as a port`,
      "remove it: node 0 is ground everywhere",
    );
  }
  return { name, place, ports, defaults: cursor.settings(), body: openBody() };
}
