import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { callAsScikit, scikitNames } from "./test-calls.node.ts";

/**
 * The examples in the documentation of scikit-learn 1.9.1, run as they are written: a reader for the little Python in
 * them (literals, assignments, arithmetic on lists, calls) stands in front of our functions.
 */

interface Example {
  readonly fn: string;
  readonly source: string;
  readonly want: string;
}

/** Examples that need data sets or fitted models of scikit-learn. */
const notOurs = /^(from|import) |sklearn|clf|kmeans|make_|load_|Grid|grid|pinball_95|y_score = np\.transpose|KMeans/;
const fitted = ["calinski_harabasz_score", "roc_auc_score", "silhouette_samples", "silhouette_score"];

const examples = new URL("../../../../shared/data/conformance/features/sklearn/doctests.json", import.meta.url);
describe.skipIf(!existsSync(examples))("the examples of scikit-learn 1.9.1 (skipped without ../shared/data)", () => {
  const all = existsSync(examples)
    ? (JSON.parse(readFileSync(examples, "utf8")) as { examples: readonly Example[] }).examples
    : [];
  const usable = all.filter(
    ({ fn, source }) => scikitNames.includes(fn) && !fitted.includes(fn) && !notOurs.test(source),
  );

  it("are 132 with output", () => {
    expect(usable.filter(({ want }) => want !== "")).toHaveLength(132);
  });

  for (const fn of new Set(usable.map((one) => one.fn))) {
    it(fn, () => {
      const python = new Python();
      for (const { source, want } of usable.filter((one) => one.fn === fn)) {
        const found = python.run(source);
        if (want !== "") expectAsWanted(found, want, source);
      }
    });
  }
});

/** Numbers equal to the digits that are printed. */
function expectAsWanted(found: unknown, want: string, source: string): void {
  const wanted = [...want.replaceAll("...", "").matchAll(/nan|-?inf|-?\d+(\.\d*)?/g)].map(([token]) => token);
  const numbers = [found].flat(Number.POSITIVE_INFINITY) as number[];
  expect(numbers, source).toHaveLength(wanted.length);
  for (const [n, token] of wanted.entries()) {
    const value = numbers[n]!;
    if (token === "nan") expect(value, source).toBeNaN();
    else if (token.endsWith("inf")) expect(value, source).toBe(token === "inf" ? Infinity : -Infinity);
    else {
      // Printed values are cut and not rounded: they may be off by one in their last digit.
      const decimals = token.split(".")[1]?.length ?? 0;
      const allowed = Math.max(1.001 * 10 ** -decimals, Math.abs(value) * 1e-12);
      expect(Math.abs(value - Number(token)), source).toBeLessThanOrEqual(allowed);
    }
  }
}

/** Just enough Python: literals, names, `np.array`, `np.asarray`, `print`, `+`, `-`, `>`, assignment, and our calls. */
class Python {
  readonly #names: Record<string, unknown> = { None: null, True: true, False: false };
  #tokens: string[] = [];
  #at = 0;

  /** The value of an expression; undefined for an assignment. */
  run(source: string): unknown {
    const text = source.replace(/#.*$/gm, "").replace(/"%\.6f" %/, "");
    this.#tokens = text.match(/'[^']*'|"[^"]*"|\d*\.?\d+(e-?\d+)?\.?|[A-Za-z_]\w*|[=()[\],+.>-]/g) ?? [];
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

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }

  #tuple(): unknown {
    const values = [this.#sum()];
    while (this.#take(",")) values.push(this.#sum());
    return values.length === 1 ? values[0] : values;
  }

  #list(end: string): unknown[] {
    const values: unknown[] = [];
    while (!this.#take(end)) {
      values.push(this.#sum());
      this.#take(",");
    }
    return values;
  }

  #sum(): unknown {
    let value = this.#value();
    for (;;) {
      if (this.#take("+")) value = each(value, this.#value(), (a, b) => a + b);
      else if (this.#take("-")) value = each(value, this.#value(), (a, b) => a - b);
      else if (this.#take(">")) value = each(value, this.#value(), (a, b) => (a > b ? 1 : 0));
      else return value;
    }
  }

  #value(): unknown {
    const token = this.#tokens[this.#at++] ?? "";
    if (token === "-") return -(this.#value() as number);
    if (token === "[") return this.#list("]");
    if (token === "(") return this.#list(")");
    if (/^['"]/.test(token)) return token.slice(1, -1);
    if (/^[\d.]/.test(token)) return Number(token);
    return this.#named(token);
  }

  #named(token: string): unknown {
    const name = (token === "np" || token === "metrics") && this.#take(".") ? this.#tokens[this.#at++]! : token;
    if (!this.#take("(")) {
      if (!(name in this.#names)) throw new Error(`bug: the example uses ${name}`);
      return this.#names[name];
    }
    const values: unknown[] = [];
    const options: Record<string, unknown> = {};
    while (!this.#take(")")) {
      const key = this.#tokens[this.#at + 1] === "=" ? this.#tokens[this.#at] : undefined;
      if (key !== undefined) this.#at += 2;
      if (key === undefined) values.push(this.#sum());
      else options[key] = this.#sum();
      this.#take(",");
    }
    return ["array", "asarray", "print"].includes(name) ? values[0] : callAsScikit(name, values, options);
  }
}

/** An operation on numbers, or on a list and a number. */
function each(a: unknown, b: unknown, of: (a: number, b: number) => number): unknown {
  if (Array.isArray(a)) return a.map((value) => each(value, b, of));
  if (Array.isArray(b)) return b.map((value) => each(a, value, of));
  return of(a as number, b as number);
}
