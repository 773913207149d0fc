import type { BinaryOperation, ParsedExpression } from "./expression.ts";
import { quoted } from "./netlist-error.ts";
import { scanSpiceNumber } from "./spice-number.ts";

/** Where an expression stands, and how to complain about it. */
export interface ExpressionText {
  readonly text: string;
  /** Index at which the expression begins. */
  readonly at: number;
  /** Whether a blank outside of brackets ends the expression, as in a list of settings. */
  readonly endsAtBlank: boolean;
  readonly fail: (at: number, message: string, hint: string) => Error;
}

/** Deepest nesting of brackets, and deepest tree. */
const nestingLimit = 100;
const depthLimit = 200;
/** Longest text between the brackets of `V(…)`. */
const probeLimit = 1000;

interface Operator {
  readonly token: string;
  readonly operation: BinaryOperation;
  readonly precedence: number;
}

/** Longer tokens first. */
const operators: readonly Operator[] = [
  { token: "&&", operation: "and", precedence: 1 },
  { token: "||", operation: "or", precedence: 0 },
  { token: "==", operation: "equal", precedence: 2 },
  { token: "!=", operation: "not-equal", precedence: 2 },
  { token: "<>", operation: "not-equal", precedence: 2 },
  { token: "<=", operation: "less-equal", precedence: 3 },
  { token: ">=", operation: "greater-equal", precedence: 3 },
  { token: "**", operation: "power", precedence: 7 },
  { token: "^", operation: "power", precedence: 7 },
  { token: "<", operation: "less", precedence: 3 },
  { token: ">", operation: "greater", precedence: 3 },
  { token: "+", operation: "add", precedence: 4 },
  { token: "-", operation: "subtract", precedence: 4 },
  { token: "*", operation: "multiply", precedence: 5 },
  { token: "/", operation: "divide", precedence: 5 },
  { token: "&", operation: "and", precedence: 1 },
  { token: "|", operation: "or", precedence: 0 },
];
const power = 7;

const name = /[\p{L}_][\p{L}\p{N}_$#]*/uy;
const closing: Readonly<Record<string, string>> = { "(": ")", "{": "}", "'": "'", "[": "]" };

/**
 * The longest expression that begins at a place in a text, and where it ends.
 *
 * Weakest first: `a ? b : c`; `||`; `&&`; `== !=`; `< <= > >=`; `+ -`; `* /`; unary `- + !`; `^` and `**` (both are
 * powers, from the right, and bind closer than the sign: `-2^2` is -4). Braces and single quotes bracket like parentheses.
 * `V(…)` and `I(…)` take names, not expressions.
 *
 * @throws TonewrightError whatever `fail` makes, code `netlist-expression`
 */
export function parseExpression(source: ExpressionText): {
  readonly expression: ParsedExpression;
  readonly end: number;
} {
  const parser = new ExpressionParser(source);
  const expression = parser.conditional();
  return { expression, end: parser.at };
}

class ExpressionParser {
  at: number;
  readonly #text: string;
  readonly #source: ExpressionText;
  #nesting = 0;
  #brackets = 0;
  readonly #depths = new Map<ParsedExpression, number>();

  constructor(source: ExpressionText) {
    this.#source = source;
    this.#text = source.text;
    this.at = source.at;
  }

  conditional(): ParsedExpression {
    if (++this.#nesting > nestingLimit) {
      throw this.#fail(this.at, `more than ${nestingLimit} brackets or signs in one another`, "split it with .param");
    }
    let expression = this.#binary(0);
    if (this.#peek() === "?") {
      this.at++;
      const chosen = this.conditional();
      if (this.#peek() !== ":") {
        throw this.#fail(this.at, `found ${this.#found()} after "?", where ":" should be`, "write a ? b : c");
      }
      this.at++;
      expression = this.#node({ kind: "call", name: "if", arguments: [expression, chosen, this.conditional()] });
    }
    this.#nesting--;
    return expression;
  }

  #binary(least: number): ParsedExpression {
    let left = this.#signed();
    for (;;) {
      const operator = this.#operator();
      if (!operator || operator.precedence < least) return left;
      this.at += operator.token.length;
      const right = this.#binary(operator.precedence + 1);
      left = this.#node({ kind: "binary", operation: operator.operation, left, right });
    }
  }

  #signed(): ParsedExpression {
    this.#blanks();
    const sign = this.#text[this.at];
    if (sign !== "-" && sign !== "+" && sign !== "!" && sign !== "~") return this.#powers();
    if (++this.#nesting > nestingLimit) {
      throw this.#fail(this.at, `more than ${nestingLimit} brackets or signs in one another`, "split it with .param");
    }
    this.at++;
    const argument = this.#signed();
    this.#nesting--;
    if (sign === "+") return argument;
    return this.#node({ kind: "unary", operation: sign === "-" ? "negate" : "not", argument });
  }

  #powers(): ParsedExpression {
    const base = this.#primary();
    const operator = this.#operator();
    if (operator?.precedence !== power) return base;
    this.at += operator.token.length;
    if (++this.#nesting > nestingLimit) {
      throw this.#fail(this.at, `more than ${nestingLimit} powers in one another`, "split it with .param");
    }
    const exponent = this.#signed();
    this.#nesting--;
    return this.#node({ kind: "binary", operation: "power", left: base, right: exponent });
  }

  #primary(): ParsedExpression {
    this.#blanks();
    const text = this.#text;
    const number = scanSpiceNumber(text, this.at);
    if (number) {
      this.at = number.end;
      return this.#node({ kind: "number", value: number.value });
    }
    const open = text[this.at] ?? "";
    const close = closing[open];
    if (close !== undefined && open !== "[") {
      const start = this.at++;
      this.#brackets++;
      const expression = this.conditional();
      this.#expect(close, start);
      this.#brackets--;
      return expression;
    }
    name.lastIndex = this.at;
    const found = name.exec(text)?.[0];
    if (found === undefined) {
      throw this.#fail(
        this.at,
        `found ${this.#found()} where a number, a parameter or "(" should be`,
        'write expressions like {2*R1} or {a ? b : c}; a value that is missing is written "0"',
      );
    }
    const start = this.at;
    this.at += found.length;
    const lower = found.toLowerCase();
    if (this.#peek() !== "(") return this.#node({ kind: "name", name: lower });
    this.at++;
    if (lower === "v" || lower === "i") return this.#probe(lower, start);
    return this.#node({ kind: "call", name: lower, arguments: this.#arguments(start) });
  }

  /** Behind `(`: arguments up to `)`. */
  #arguments(start: number): ParsedExpression[] {
    this.#brackets++;
    const list: ParsedExpression[] = [];
    if (this.#peek() !== ")") {
      list.push(this.conditional());
      while (this.#peek() === ",") {
        this.at++;
        list.push(this.conditional());
      }
    }
    this.#expect(")", start);
    this.#brackets--;
    return list;
  }

  /** Behind `V(` or `I(`: names of any characters, with brackets in pairs. */
  #probe(letter: "v" | "i", start: number): ParsedExpression {
    const text = this.#text;
    const names: string[] = [];
    let from = this.at;
    let open = 1;
    const last = Math.min(text.length, this.at + probeLimit);
    for (; this.at < last; this.at++) {
      const c = text[this.at];
      if (c === "(") open++;
      if (c === ")") open--;
      if (open === 0 || (c === "," && open === 1)) {
        names.push(text.slice(from, this.at));
        from = this.at + 1;
      }
      if (open === 0) break;
    }
    if (open > 0) {
      throw this.#fail(start, `${quoted(text.slice(start, start + 100))} has no ")"`, 'close the bracket with ")"');
    }
    this.at++;
    const clean = names.map((written) => unquoted(written.trim()).toLowerCase());
    const written = quoted(text.slice(start, this.at));
    if (clean.some((n) => n === "" || /\s/.test(n)) || clean.length > (letter === "v" ? 2 : 1)) {
      const hint = letter === "v" ? "write V(node) or V(node,node)" : "write I(source) with one voltage source";
      throw this.#fail(start, `${written} does not name ${letter === "v" ? "one or two nodes" : "one element"}`, hint);
    }
    return this.#node(
      letter === "v" ? { kind: "voltage", nodes: clean } : { kind: "current", element: clean[0] ?? "" },
    );
  }

  #operator(): Operator | undefined {
    const c = this.#peek();
    if (c === undefined) return undefined;
    const operator = operators.find(({ token }) => this.#text.startsWith(token, this.at));
    // A single "=" belongs to the next setting.
    return operator?.token === "!" ? undefined : operator;
  }

  /** The next character of this expression; nothing where it has ended. */
  #peek(): string | undefined {
    if (this.#source.endsAtBlank && this.#brackets === 0) return this.#text[this.at];
    this.#blanks();
    return this.#text[this.at];
  }

  #blanks(): void {
    while (/\s/.test(this.#text[this.at] ?? "x")) this.at++;
  }

  #expect(close: string, start: number): void {
    this.#blanks();
    if (this.#text[this.at] === close) {
      this.at++;
      return;
    }
    const opened = quoted(this.#text.slice(start, this.at));
    throw this.#fail(
      this.at,
      `found ${this.#found()} behind ${opened}, where "${close}" or an operator should be`,
      `close the bracket with "${close}"`,
    );
  }

  #found(): string {
    const rest = this.#text.slice(this.at, this.at + 200).trim();
    return rest === "" ? "the end of the line" : quoted(/^[\p{L}\p{N}_.$]+|^./u.exec(rest)?.[0] ?? rest);
  }

  #node<T extends ParsedExpression>(node: T): T {
    const depth = 1 + Math.max(0, ...children(node).map((child) => this.#depths.get(child) ?? 0));
    if (depth > depthLimit) {
      throw this.#fail(
        this.at,
        `an expression more than ${depthLimit} operators deep`,
        "split it with .param or .func",
      );
    }
    this.#depths.set(node, depth);
    return node;
  }

  #fail(at: number, message: string, hint: string): Error {
    return this.#source.fail(at, message, hint);
  }
}

function unquoted(name: string): string {
  return /^".*"$/.test(name) ? name.slice(1, -1) : name;
}

function children(node: ParsedExpression): readonly ParsedExpression[] {
  switch (node.kind) {
    case "unary":
      return [node.argument];
    case "binary":
      return [node.left, node.right];
    case "call":
      return node.arguments;
    default:
      return [];
  }
}
