import type { Element } from "../circuit.ts";
import type { Netlist, Place } from "./netlist.ts";
import { netlistError } from "./netlist-error.ts";

/** Most nodes, elements, and instances of subcircuits. */
const nodeLimit = 1000;
const elementLimit = 10_000;

/** Nodes and elements of a circuit while subcircuits are laid out flat. */
export class CircuitBuilder {
  readonly nodes: string[] = ["0"];
  readonly #indices = new Map<string, number>([["0", 0]]);
  readonly #globals: ReadonlySet<string>;
  /** Elements, or what makes them once all nodes and names are known. */
  readonly #elements: (Element | (() => Element))[] = [];
  readonly #byName = new Map<string, Element>();
  readonly #names = new Set<string>();
  readonly #mainFile: string;
  #instances = 0;

  constructor({ globals, name }: Pick<Netlist, "globals" | "name">) {
    this.#globals = new Set(globals);
    this.#mainFile = name;
  }

  /** The index of a node by its name within an instance; made if it is new. */
  node(name: string, { prefix, ports, place }: NodeNames & { readonly place: Place }): number {
    const full = this.#fullName(name, { prefix, ports });
    if (typeof full === "number") return full;
    const known = this.#indices.get(full);
    if (known !== undefined) return known;
    if (this.nodes.length > nodeLimit) {
      throw netlistError(
        "netlist-limit",
        place,
        `the circuit has more than ${nodeLimit} nodes`,
        "simulate a part of it: one stage or one pedal at a time",
      );
    }
    const index = this.nodes.push(full) - 1;
    this.#indices.set(full, index);
    return index;
  }

  /** The index of a node that elements have made, or nothing. Looks within the instance first, then at the whole circuit. */
  findNode(name: string, names: NodeNames): number | undefined {
    const clean = name.replaceAll(":", ".");
    for (const candidate of [name, clean]) {
      const full = this.#fullName(candidate, names);
      const index = typeof full === "number" ? full : this.#indices.get(full);
      if (index !== undefined) return index;
    }
    return this.#indices.get(clean);
  }

  add(element: Element): void {
    this.#require(element);
    this.#elements.push(element);
    this.#byName.set(element.name, element);
  }

  /** Adds an element that asks for other elements or for nodes that may come later. */
  addLater(place: Place, name: string, make: () => Element): void {
    this.#require({ name, line: place.line });
    this.#elements.push(make);
  }

  /** An element by its name within an instance, or in the whole circuit. Not one that was added with `addLater`. */
  findElement(name: string, prefix: string): Element | undefined {
    const clean = name.replaceAll(":", ".");
    return this.#byName.get(prefix + name) ?? this.#byName.get(prefix + clean) ?? this.#byName.get(clean);
  }

  /** Notes one more instance of a subcircuit. */
  countInstance(place: Place): void {
    if (++this.#instances <= elementLimit) return;
    throw netlistError(
      "netlist-limit",
      place,
      `the circuit has more than ${elementLimit} instances of subcircuits`,
      "simulate a part of it: one stage or one pedal at a time",
    );
  }

  /** `line`, and `file` if it is not the netlist's own. */
  locate({ file, line }: Place): { readonly line: number; readonly file?: string } {
    return file === this.#mainFile ? { line } : { line, file };
  }

  /** All elements in the order of the netlist. */
  finish(): Element[] {
    return this.#elements.map((element) => (typeof element === "function" ? element() : element));
  }

  #require({ name, line }: { readonly name: string; readonly line: number }): void {
    if (this.#names.has(name)) {
      throw netlistError(
        "netlist-duplicate",
        { file: this.#mainFile, line },
        `"${name.slice(0, 60)}" is there already, once as written and once as a part of something else`,
        "give it a name without dots and #",
      );
    }
    this.#names.add(name);
    if (this.#elements.length < elementLimit) return;
    throw netlistError(
      "netlist-limit",
      { file: this.#mainFile, line },
      `the circuit has more than ${elementLimit} elements with its subcircuits laid out; "${name.slice(0, 60)}" is the next`,
      "simulate a part of it: one stage or one pedal at a time",
    );
  }

  #fullName(name: string, { prefix, ports }: NodeNames): string | number {
    // A port may be called gnd: it is whatever the instance connects it to.
    const port = ports.get(name);
    if (port !== undefined) return port;
    if (name === "0" || name === "gnd") return 0;
    return this.#globals.has(name) || name.startsWith("$g_") ? name : prefix + name;
  }
}

/** What a node's name is relative to. */
export interface NodeNames {
  /** `x1.`, or nothing outside of subcircuits. */
  readonly prefix: string;
  readonly ports: ReadonlyMap<string, number>;
}
