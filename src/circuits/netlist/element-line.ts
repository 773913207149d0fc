import type { LineCursor } from "./line-cursor.ts";
import type { Formula, Place } from "./netlist.ts";
import { netlistError, quoted } from "./netlist-error.ts";

/** What every reader of an element line gets. */
export interface ElementLine {
  readonly cursor: LineCursor;
  readonly name: string;
  readonly place: Place;
  readonly warn: (place: Place, text: string) => void;
}

/** As many nodes as asked for. */
export function takeNodes({ cursor, place }: ElementLine, count: number, shape: string): string[] {
  const nodes: string[] = [];
  while (nodes.length < count) {
    const node = cursor.node();
    if (node === undefined) {
      throw netlistError(
        "netlist-nodes",
        place,
        `${quoted(cursor.line.text)} has ${nodes.length === 0 ? "no node" : nodes.length === 1 ? "1 node" : `${nodes.length} nodes`}, ${count} are needed`,
        `write: ${shape}`,
      );
    }
    nodes.push(node);
  }
  return nodes;
}

/** Two nodes. */
export function takePair(line: ElementLine, shape: string): [string, string] {
  const [a = "", b = ""] = takeNodes(line, 2, shape);
  return [a, b];
}

/** A value that must be there. */
export function takeValue({ cursor, place }: ElementLine, what: string, shape: string): Formula {
  const value = cursor.atSetting() ? undefined : cursor.value();
  if (value) return value;
  throw netlistError("netlist-syntax", place, `${quoted(cursor.line.text)} has no ${what}`, `write: ${shape}`);
}
