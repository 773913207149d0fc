import type { NetlistBody } from "../netlist/netlist.ts";
import { readNetlist } from "../netlist/read-netlist.ts";
import { standardPartTexts } from "./standard-part-texts.ts";

let read: NetlistBody | undefined;

/**
 * Models and subcircuits that every netlist may use without defining them.
 *
 * A definition of the same name in the netlist goes before. They are typical parts: yours has its own figures, and a card of
 * its maker is better where there is one.
 */
export function standardParts(): NetlistBody {
  // A netlist needs an element.
  const text = ["* standard parts", "R1 nowhere 0 1", ...Object.values(standardPartTexts), ".end"].join("\n");
  read ??= readNetlist(text, { name: "standard parts" });
  return read;
}
