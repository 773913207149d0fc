import type { Expression } from "../circuit.ts";
import type { Formula, Place, UserFunction } from "./netlist.ts";
import { listed, netlistError } from "./netlist-error.ts";

/** What is shared by everything that is evaluated for one circuit. */
export interface Evaluation {
  /** Parameters being evaluated, outermost first. */
  readonly pending: { scope: ParameterScope; name: string }[];
  /** Functions being expanded, outermost first. */
  readonly calls: string[];
  /** Frames of recursion in use. */
  depth: number;
  /** Parts of expressions looked at so far. */
  work: number;
  readonly extents: WeakMap<Expression, Extent>;
}

/** How large an expression is, written out. */
export interface Extent {
  readonly size: number;
  readonly depth: number;
}

/** A fresh `Evaluation`. */
export function newEvaluation(): Evaluation {
  return { pending: [], calls: [], depth: 0, work: 0, extents: new WeakMap() };
}

/** Turns a formula into a number. */
export type Evaluate = (formula: Formula, scope: ParameterScope) => number;

/** Longest chain of parameters that depend on one another. */
const chainLimit = 100;

/** Parameters of the circuit or of one instance of a subcircuit, evaluated when first asked for. Their order does not matter. */
export class ParameterScope {
  readonly #formulas: Readonly<Record<string, Formula>>;
  readonly #values = new Map<string, number>();
  readonly #asked = new Set<string>();
  readonly #functions: Readonly<Record<string, UserFunction>>;
  readonly #outer: ParameterScope | undefined;
  readonly #evaluation: Evaluation;
  readonly #evaluate: Evaluate;

  /**
   * @param options.values - Already known: they win over formulas of the same name.
   * @param options.outer - Looked into where a name is not found here.
   */
  constructor(options: {
    readonly formulas: Readonly<Record<string, Formula>>;
    readonly values: ReadonlyMap<string, number>;
    readonly functions: Readonly<Record<string, UserFunction>>;
    readonly outer: ParameterScope | undefined;
    readonly evaluation: Evaluation;
    readonly evaluate: Evaluate;
  }) {
    this.#formulas = options.formulas;
    for (const [name, value] of options.values) this.#values.set(name, value);
    this.#functions = options.functions;
    this.#outer = options.outer;
    this.#evaluation = options.evaluation;
    this.#evaluate = options.evaluate;
  }

  get evaluation(): Evaluation {
    return this.#evaluation;
  }

  /** The value of a parameter, or nothing if there is none of that name. */
  lookUp(name: string, place: Place): number | undefined {
    const known = this.#values.get(name);
    if (known !== undefined) {
      this.#asked.add(name);
      return known;
    }
    const formula = Object.hasOwn(this.#formulas, name) ? this.#formulas[name] : undefined;
    if (!formula) return this.#outer?.lookUp(name, place);
    const { pending } = this.#evaluation;
    const first = pending.findIndex((p) => p.scope === this && p.name === name);
    if (first >= 0) {
      const cycle = [...pending.slice(first).map((p) => p.name), name].join(" -> ");
      throw netlistError(
        "netlist-parameter",
        formula.place,
        `parameter "${name}" depends on itself: ${cycle}`,
        "give one of them a number",
      );
    }
    if (pending.length >= chainLimit) {
      throw netlistError(
        "netlist-limit",
        formula.place,
        `more than ${chainLimit} parameters depend on one another: … ${listed(pending.slice(-4).map((p) => p.name))}`,
        "give one of them a number",
      );
    }
    pending.push({ scope: this, name });
    const value = this.#evaluate(formula, this);
    pending.pop();
    this.#values.set(name, value);
    return value;
  }

  /** Whether a value that was known from the start has been looked up. */
  wasAsked(name: string): boolean {
    return this.#asked.has(name);
  }

  /** The function of a name. */
  functionOf(name: string): UserFunction | undefined {
    return Object.hasOwn(this.#functions, name) ? this.#functions[name] : this.#outer?.functionOf(name);
  }

  /** All names that can be looked up here. */
  get names(): string[] {
    return [...new Set([...this.#values.keys(), ...Object.keys(this.#formulas), ...(this.#outer?.names ?? [])])];
  }
}
