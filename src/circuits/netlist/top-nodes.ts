import type { Netlist } from "./netlist.ts";

/**
 * The nodes of a circuit that the netlist itself names: not those inside of subcircuits (`x1.n2`) or elements (`c1#rser`).
 *
 * @param nodes - Of the circuit that was made of the netlist.
 */
export function topNodes({ elements }: Pick<Netlist, "elements">, nodes: readonly string[]): string[] {
  const prefixes = elements.flatMap(({ kind, name }) => (kind === "instance" ? [`${name}.`] : []));
  return nodes.filter((node) => !node.includes("#") && !prefixes.some((prefix) => node.startsWith(prefix)));
}
