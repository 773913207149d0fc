import type { Circuit, Element } from "../circuit.ts";

const letters: Readonly<Record<Element["kind"], string>> = {
  resistor: "r",
  capacitor: "c",
  inductor: "l",
  coupling: "k",
  "voltage-source": "v",
  "current-source": "i",
  vcvs: "e",
  vccs: "g",
  cccs: "f",
  ccvs: "h",
  "behavioural-voltage": "b",
  "behavioural-current": "b",
  diode: "d",
  npn: "q",
  pnp: "q",
  njf: "j",
  pjf: "j",
  nmos: "m",
  pmos: "m",
};

/** Names that ngspice accepts, one for each node and element of a circuit; plain names stay as they are. */
export class SpiceNames {
  readonly #nodes: readonly string[];
  readonly #elements = new Map<string, string>();
  readonly #takenNodes = new Set(["0", "gnd"]);
  readonly #takenElements = new Set<string>();

  constructor({ nodes, elements }: Pick<Circuit, "nodes" | "elements">) {
    this.#nodes = nodes.map((name, index) => (index === 0 ? "0" : this.freshNode(name)));
    for (const { name, kind } of elements) {
      const plain = legal(name);
      const letter = letters[kind];
      this.#elements.set(name, fresh(plain.startsWith(letter) ? plain : `${letter}_${plain}`, this.#takenElements));
    }
  }

  readonly node = (index: number): string => {
    const name = this.#nodes[index];
    if (name === undefined) throw new Error(`bug: no node ${index}`);
    return name;
  };

  readonly element = (name: string): string => {
    const found = this.#elements.get(name);
    if (found === undefined) throw new Error(`bug: no element ${name}`);
    return found;
  };

  /** A name for one more node. */
  freshNode(name: string): string {
    return fresh(legal(name), this.#takenNodes);
  }

  /** A name for one more element, which must begin with its letter. */
  freshElement(name: string): string {
    return fresh(legal(name), this.#takenElements);
  }
}

function legal(name: string): string {
  return name.replace(/[^a-z0-9_]/g, "_") || "_";
}

function fresh(name: string, taken: Set<string>): string {
  let unique = name;
  for (let k = 2; taken.has(unique); k++) unique = `${name}_${k}`;
  taken.add(unique);
  return unique;
}
