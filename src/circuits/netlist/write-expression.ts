import type { Expression } from "../circuit.ts";

/** What nodes and sources are called in the text. */
export interface ExpressionNames {
  readonly node: (index: number) => string;
  readonly source: (name: string) => string;
}

const binaryTokens = {
  add: "+",
  subtract: "-",
  multiply: "*",
  divide: "/",
  less: "<",
  "less-equal": "<=",
  greater: ">",
  "greater-equal": ">=",
  equal: "==",
  "not-equal": "!=",
} as const;

/** Comparisons are 0 or 1 already. */
const truths: ReadonlySet<string> = new Set([
  "less",
  "less-equal",
  "greater",
  "greater-equal",
  "equal",
  "not-equal",
  "and",
  "or",
]);

/**
 * An expression as ngspice reads it in a B source, with the meaning that it has in the circuit.
 *
 * ngspice 39 takes magnitudes in `^` and `pow`, signs in `pwr`, stops at roots of negative numbers, and means something else
 * by `limit`: all these are written out.
 */
export function writeExpression(expression: Expression, names: ExpressionNames): string {
  const write = (part: Expression): string => writeExpression(part, names);
  switch (expression.kind) {
    case "number":
      return expression.value < 0 ? `(${expression.value})` : String(expression.value);
    case "voltage": {
      const [a, b] = expression.nodes;
      if (b === 0) return `v(${names.node(a)})`;
      return a === 0 ? `(-v(${names.node(b)}))` : `v(${names.node(a)},${names.node(b)})`;
    }
    case "current":
      return `i(${names.source(expression.source)})`;
    case "time":
      return "time";
    case "unary":
      return expression.operation === "negate"
        ? `(-${write(expression.argument)})`
        : `(${condition(expression.argument, write)} ? 0 : 1)`;
    case "binary":
      return binaryText(expression, write);
    case "call":
      return callText(expression, write);
    default:
      return expression satisfies never;
  }
}

function binaryText(
  { operation, left, right }: Extract<Expression, { kind: "binary" }>,
  write: (part: Expression) => string,
): string {
  if (operation === "and" || operation === "or") {
    return `(${condition(left, write)} ${operation === "and" ? "&&" : "||"} ${condition(right, write)})`;
  }
  if (operation !== "power") return `(${write(left)}${binaryTokens[operation]}${write(right)})`;
  const exponent = right.kind === "number" ? right.value : Number.NaN;
  const size = `pow(abs(${write(left)}),${write(right)})`;
  return Number.isInteger(exponent) && exponent % 2 !== 0 ? `(sgn(${write(left)})*${size})` : size;
}

function condition(part: Expression, write: (part: Expression) => string): string {
  return part.kind === "binary" && truths.has(part.operation) ? write(part) : `(${write(part)}>0.5)`;
}

function callText(
  { name, arguments: list }: Extract<Expression, { kind: "call" }>,
  write: (part: Expression) => string,
): string {
  const parts = list.map(write);
  const [a = "0", b = "0", c = "0"] = parts;
  switch (name) {
    case "if":
      return list[0] ? `(${condition(list[0], write)} ? ${b} : ${c})` : "0";
    case "limit":
      return `min(max(${a},min(${b},${c})),max(${b},${c}))`;
    case "pwr":
      return `pow(abs(${a}),${b})`;
    case "pwrs":
      return `(sgn(${a})*pow(abs(${a}),${b}))`;
    case "sqrt":
      return `sqrt(abs(${a}))`;
    case "ln":
    case "log10":
      return `${name}(max(abs(${a}),1e-30))`;
    case "min":
    case "max":
      return parts.reduce((before, part) => `${name}(${before},${part})`);
    default:
      return `${name}(${parts.join(",")})`;
  }
}
