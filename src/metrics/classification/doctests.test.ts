import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { callAsScikit, scikitNames } from "./test-calls.node.ts";

/**
 * The examples in the documentation of scikit-learn 1.9.1, run as they are written: a reader for the little Python in
 * them (literals, assignments, calls) stands in front of our functions.
 */

interface Example {
  readonly fn: string;
  readonly source: string;
  readonly want: string;
}

/** Lines that need a trained model of scikit-learn, or nothing of ours: not run, and counted. */
const notOurs = /^(from|import) |svm|LinearSVC|est\.|GridSearchCV|make_scorer|pred_decision|^[XY] = /;

const examples = new URL("../../../../shared/data/conformance/features/sklearn/doctests.json", import.meta.url);
describe.skipIf(!existsSync(examples))("the examples of scikit-learn 1.9.1 (skipped without ../shared/data)", () => {
  const all = existsSync(examples)
    ? (JSON.parse(readFileSync(examples, "utf8")) as { examples: readonly Example[] }).examples
    : [];
  const ours = all.filter(({ fn }) => scikitNames.includes(fn));

  for (const fn of scikitNames.filter((name) => ours.some((one) => one.fn === name && one.want !== ""))) {
    it(fn, () => {
      const python = new Python();
      for (const { source, want } of ours.filter((one) => one.fn === fn && !notOurs.test(one.source))) {
        const found = python.run(source);
        if (want !== "") expectAsWanted(found, want, source);
      }
    });
  }

  it("are 68, of which 5 need a support vector machine", () => {
    const withOutput = ours.filter(({ want }) => want !== "");
    expect(withOutput).toHaveLength(68);
    expect(withOutput.filter(({ source }) => notOurs.test(source))).toHaveLength(5);
  });
});

/** Equal text, or numbers equal to the digits that are printed, as scikit-learn itself runs them. */
function expectAsWanted(found: unknown, want: string, source: string): void {
  if (typeof found === "string") {
    expect(`${found}\n`, source).toBe(want.replaceAll("<BLANKLINE>", ""));
    return;
  }
  const wanted = [...want.replaceAll("...", "").matchAll(/nan|None|-?\d+(\.\d*)?/g)].map(([token]) => token);
  const numbers = [found].flat(Number.POSITIVE_INFINITY);
  expect(numbers, source).toHaveLength(wanted.length);
  for (const [n, token] of wanted.entries()) {
    if (token === "None") expect(numbers[n], source).toBeUndefined();
    else if (token === "nan") expect(numbers[n], source).toBeNaN();
    else {
      // Printed values are cut and not rounded: they may be off by one in their last digit.
      const decimals = token.split(".")[1]?.length ?? 0;
      expect(Math.abs((numbers[n] as number) - Number(token)), source).toBeLessThan(
        decimals === 0 ? 1e-12 : 10 ** -decimals,
      );
    }
  }
}

/**
 * Just enough Python: literals, names, `np.array`, `np.ones`, `np.zeros`, indexing, assignment, and calls of our
 * functions.
 */
class Python {
  readonly #names: Record<string, unknown> = { None: null, True: true, False: false };
  #tokens: string[] = [];
  #at = 0;

  /** The value of an expression; undefined for an assignment. */
  run(source: string): unknown {
    const text = source.replace(/#.*$/gm, "");
    this.#tokens = text.match(/'[^']*'|"[^"]*"|\d+\.?\d*|\.\d+|[A-Za-z_]\w*|[=()[\],+.-]/g) ?? [];
    this.#at = 0;
    const equals = this.#tokens.indexOf("=");
    const targets = this.#tokens.slice(0, Math.max(0, equals));
    if (equals < 0 || !targets.every((token) => token === "," || /^\w+$/.test(token))) return this.#tuple();
    this.#at = equals + 1;
    const value = this.#tuple();
    const names = targets.filter((token) => token !== ",");
    for (const [n, name] of names.entries()) this.#names[name] = names.length === 1 ? value : (value as unknown[])[n];
    return undefined;
  }

  #peek = () => this.#tokens[this.#at];
  #next = () => this.#tokens[this.#at++] ?? "";

  #take(token: string): boolean {
    if (this.#peek() !== token) return false;
    this.#at++;
    return true;
  }

  #tuple(): unknown {
    const first = this.#value();
    if (this.#peek() !== ",") return first;
    const values = [first];
    while (this.#take(",")) values.push(this.#value());
    return values;
  }

  #list(end: string): unknown[] {
    const values: unknown[] = [];
    while (!this.#take(end)) {
      values.push(this.#value());
      this.#take(",");
    }
    return values;
  }

  #value(): unknown {
    const token = this.#next();
    let value: unknown;
    if (token === "-") value = -(this.#value() as number);
    else if (token === "+") value = this.#value();
    else if (token === "[") value = this.#list("]");
    else if (token === "(") value = this.#list(")");
    else if (/^['"]/.test(token)) value = token.slice(1, -1);
    else if (/^[\d.]/.test(token)) value = Number(token);
    else value = this.#named(token);
    while (this.#peek() === "[" || this.#peek() === ".") value = this.#part(value);
    return value;
  }

  #part(value: unknown): unknown {
    if (this.#take("[")) return (value as unknown[])[this.#list("]")[0] as number];
    this.#at += 4; // .ravel() and .tolist(): the same numbers in one list
    return [value].flat(Number.POSITIVE_INFINITY);
  }

  #named(token: string): unknown {
    const name = token === "np" && this.#take(".") ? `np.${this.#next()}` : token;
    if (name === "np.nan") return Number.NaN;
    if (!this.#take("(")) {
      if (!(name in this.#names)) throw new Error(`bug: the example uses ${name}`);
      return this.#names[name];
    }
    const values: unknown[] = [];
    const options: Record<string, unknown> = {};
    while (!this.#take(")")) {
      const key = this.#tokens[this.#at + 1] === "=" ? this.#next() : undefined;
      if (key !== undefined) this.#at++;
      if (key === undefined) values.push(this.#value());
      else options[key] = this.#value();
      this.#take(",");
    }
    if (name === "np.array" || name === "print") return values[0];
    if (name === "np.ones" || name === "np.zeros") {
      const [rows, columns] = values[0] as [number, number];
      return Array.from({ length: rows }, () => new Array(columns).fill(name === "np.ones" ? 1 : 0));
    }
    return callAsScikit(name, values, options);
  }
}
