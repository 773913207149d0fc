import { editDistance, TonewrightError } from "../../errors/index.ts";
import type { Place } from "./netlist.ts";

/** Codes that reading and resolving a netlist throw. */
export type NetlistErrorCode =
  | "netlist-encoding"
  | "netlist-syntax"
  | "netlist-unsupported"
  | "netlist-nodes"
  | "netlist-value"
  | "netlist-duplicate"
  | "netlist-parameter"
  | "netlist-expression"
  | "netlist-model"
  | "netlist-subcircuit"
  | "netlist-include"
  | "netlist-knob"
  | "netlist-port"
  | "netlist-limit";

/** An error that names file and line. */
export function netlistError(code: NetlistErrorCode, place: Place, message: string, hint: string): TonewrightError {
  return new TonewrightError(code, `${describePlace(place)}: ${message}`, hint);
}

/** `file:line`, as editors and compilers write it. */
export function describePlace({ file, line }: Place): string {
  return `${file}:${line}`;
}

/** A piece of the user's text in quotes, cut if it is long. */
export function quoted(text: string): string {
  return text.length > 60 ? `"${text.slice(0, 57)}…"` : `"${text}"`;
}

/** A list for a message, cut if it is long. */
export function listed(names: readonly string[]): string {
  if (names.length === 0) return "none";
  const shown = names.slice(0, 12).map((name) => (name.length > 40 ? `${name.slice(0, 39)}…` : name));
  return shown.join(", ") + (names.length > shown.length ? `, and ${names.length - shown.length} more` : "");
}

/** `did you mean "x"? ` or nothing. A slash in front, as KiCad writes it, does not count. */
export function suggestion(name: string, names: Iterable<string>): string {
  if (name.length > 40) return "";
  let best = "";
  const written = withoutSlash(name);
  let least = written.length > 4 ? 3 : 2;
  let looked = 0;
  for (const candidate of names) {
    if (++looked > 500) break;
    const plain = withoutSlash(candidate);
    if (Math.abs(plain.length - written.length) >= least) continue;
    const distance = editDistance(written, plain);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best === "" ? "" : `did you mean "${best}"? `;
}

function withoutSlash(name: string): string {
  return name.startsWith("/") ? name.slice(1) : name;
}
