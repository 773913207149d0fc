import type { NetlistBody, NetlistElement, NetlistOutput, Place } from "./netlist.ts";
import { quoted, suggestion } from "./netlist-error.ts";
import { askedNodes, nodeUses } from "./node-uses.ts";

/** Most nodes that are looked at: a file with more of them is no netlist that is nearly right. */
const lookLimit = 50;

/** Nodes that are meant to be alone: KiCad and LTspice name pins without a wire so. */
const unconnected = /^(.*\/)?(unconnected|no[-_ ]?connect|n\.?c\.?$|nc[-_\d(])/;

/**
 * Tells of nodes outside of subcircuits with only one part on them: misspelt names, most often.
 *
 * Left out are the output, pins that lead nowhere inside of their subcircuit, names that say that nothing is connected, and the
 * ends of potentiometers and controlled sources unless a name like theirs is there.
 *
 * @param warn - Told once for each.
 */
export function findLoneNodes(
  body: NetlistBody,
  { output, globals }: { readonly output?: NetlistOutput | undefined; readonly globals: readonly string[] },
  warn: (place: Place, text: string) => void,
): void {
  const uses = new Map<string, { count: number; isOpen: boolean; readonly element: NetlistElement }>();
  const perhaps: string[] = [];
  for (const element of body.elements) {
    for (const { node, kind } of nodeUses(element, [body])) {
      const use = uses.get(node);
      if (kind === "perhaps") perhaps.push(node);
      else if (use) use.count++;
      else uses.set(node, { count: 1, isOpen: kind === "open", element });
    }
  }
  for (const node of perhaps) {
    const use = uses.get(node);
    if (use) use.count++;
  }
  const elsewhere = askedNodes(body);
  for (const node of ["0", "gnd", ...(output?.nodes ?? []), ...globals]) elsewhere.add(node);
  const names = [...uses.keys()];
  const lone = names.filter((name) => uses.get(name)?.count === 1 && !elsewhere.has(name));
  let looked = 0;
  for (const [node, { count, isOpen, element }] of uses) {
    if (count > 1 || elsewhere.has(node) || node.startsWith("$g_") || unconnected.test(node)) continue;
    if (++looked > lookLimit) return;
    // One that is alone as well may be the other end of the same wire.
    const meant = (suggestion(node, namesLike(node, lone)) || suggestion(node, namesLike(node, names))).trim();
    if (isOpen && meant === "") continue;
    const hint = meant === "" ? "connect something to it, or correct its name" : meant;
    warn(element.place, `node ${quoted(node)} has only one part on it, ${element.name.slice(0, 40)}: ${hint}`);
  }
}

/** Names that a node may be a misspelling of: names of one letter, or with another number, are different names. */
function* namesLike(node: string, names: readonly string[]): Generator<string, void, undefined> {
  const lettersOf = (text: string) => text.replace(/\d+/g, "");
  const letters = lettersOf(node);
  if (node.length < 2) return;
  for (const name of names) if (name !== node && name.length > 1 && lettersOf(name) !== letters) yield name;
}
