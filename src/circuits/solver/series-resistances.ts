import type { Circuit, Element, SemiconductorElement } from "../circuit.ts";

/** Series resistances of each kind: parameter and terminal. */
const resistances: Readonly<Record<SemiconductorElement["kind"], readonly (readonly [string, number])[]>> = {
  diode: [["rs", 0]],
  npn: [
    ["rc", 0],
    ["rb", 1],
    ["re", 2],
  ],
  pnp: [
    ["rc", 0],
    ["rb", 1],
    ["re", 2],
  ],
  njf: [
    ["rd", 0],
    ["rs", 2],
  ],
  pjf: [
    ["rd", 0],
    ["rs", 2],
  ],
  nmos: [
    ["rd", 0],
    ["rs", 2],
  ],
  pmos: [
    ["rd", 0],
    ["rs", 2],
  ],
};

/** Overlap capacitances of a MOS transistor: parameter, what it is per metre of, and its terminals. */
const overlaps = [
  ["cgso", "w", 1, 2],
  ["cgdo", "w", 1, 0],
  ["cgbo", "l", 1, 3],
] as const;

/** A circuit with the resistances and overlap capacitances inside its semiconductors as elements of their own. */
export function withInnerElements(circuit: Circuit): Circuit {
  const nodes = [...circuit.nodes];
  const elements: Element[] = [];
  for (const element of circuit.elements) {
    if (!("parameters" in element)) {
      elements.push(element);
      continue;
    }
    const terminals = [...element.terminals];
    const { name, line, area, parameters } = element;
    for (const [parameter, terminal] of resistances[element.kind]) {
      const ohms = (parameters[parameter] ?? 0) / area;
      if (!(ohms > 0)) continue;
      const inner = nodes.push(`${name}#${parameter}`) - 1;
      elements.push({
        kind: "resistor",
        name: `${name}#${parameter}`,
        line,
        terminals: [terminals[terminal]!, inner],
        ohms,
      });
      terminals[terminal] = inner;
    }
    if (element.kind === "nmos" || element.kind === "pmos") {
      for (const [parameter, per, a, b] of overlaps) {
        const farads = (parameters[parameter] ?? 0) * (parameters[per] ?? 1e-4);
        if (!(farads > 0)) continue;
        elements.push({
          kind: "capacitor",
          name: `${name}#${parameter}`,
          line,
          terminals: [element.terminals[a]!, element.terminals[b]!],
          farads,
        });
      }
    }
    elements.push({ ...element, terminals });
  }
  return { ...circuit, nodes, elements };
}
