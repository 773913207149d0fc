import type { Expression } from "../circuit.ts";

/** One step: `value = operation(a, b, c)`, with earlier steps as arguments. */
export interface Step {
  readonly operation: Operation;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  /** A number, or which input. */
  readonly constant: number;
}

export type Operation =
  | "constant"
  | "input"
  | Extract<Expression, { kind: "binary" }>["operation"]
  | Extract<Expression, { kind: "unary" }>["operation"]
  | Extract<Expression, { kind: "call" }>["name"];

/** What an expression reads: a voltage between two nodes, a current, or the seconds since the first sample. */
export type ExpressionInput =
  | { readonly kind: "voltage"; readonly nodes: readonly [number, number] }
  | { readonly kind: "current"; readonly source: string }
  | { readonly kind: "time" };

/**
 * An expression as a list of steps, evaluated forwards and differentiated backwards.
 *
 * `exp` goes on as a straight line beyond 230, as ngspice has it; roots and logarithms of negative numbers take the
 * magnitude; a division by less than 1e-30 divides by that.
 */
export class ExpressionTape {
  readonly inputs: readonly ExpressionInput[];
  readonly steps: readonly Step[];
  readonly #values: Float64Array;
  readonly #slopes: Float64Array;
  /** Shape `[inputs]`: derivatives after `evaluate`. */
  readonly gradient: Float64Array;

  constructor(expression: Expression) {
    const steps: Step[] = [];
    const inputs: ExpressionInput[] = [];
    write(expression, steps, inputs);
    this.inputs = inputs;
    this.steps = steps;
    this.#values = new Float64Array(steps.length);
    this.#slopes = new Float64Array(steps.length);
    this.gradient = new Float64Array(inputs.length);
  }

  /** The value at the inputs, shape `[inputs]`; `gradient` holds its derivatives afterwards. */
  evaluate(inputs: Float64Array): number {
    const v = this.#values;
    const steps = this.steps;
    for (let n = 0; n < steps.length; n++) {
      const { operation, a, b, c, constant } = steps[n]!;
      if (operation === "input") v[n] = inputs[constant]!;
      else if (operation === "constant") v[n] = constant;
      else v[n] = compute(operation, v[a]!, v[b]!, v[c]!);
    }
    const slopes = this.#slopes.fill(0);
    this.gradient.fill(0);
    slopes[steps.length - 1] = 1;
    for (let n = steps.length - 1; n >= 0; n--) {
      const slope = slopes[n]!;
      if (slope === 0) continue;
      const { operation, a, b, c, constant } = steps[n]!;
      if (operation === "input") this.gradient[constant]! += slope;
      else if (operation !== "constant") {
        const [da, db, dc] = derivatives(operation, v[a]!, v[b]!, v[c]!, v[n]!);
        if (da !== 0) slopes[a]! += slope * da;
        if (db !== 0) slopes[b]! += slope * db;
        if (dc !== 0) slopes[c]! += slope * dc;
      }
    }
    return v[steps.length - 1]!;
  }
}

function write(expression: Expression, steps: Step[], inputs: ExpressionInput[]): number {
  const push = (operation: Operation, parts: readonly number[], constant = 0) => {
    const [a = 0, b = 0, c = 0] = parts;
    return steps.push({ operation, a, b, c, constant }) - 1;
  };
  const input = (one: ExpressionInput) => {
    const same = (other: ExpressionInput) => JSON.stringify(other) === JSON.stringify(one);
    const found = inputs.findIndex(same);
    return push("input", [], found >= 0 ? found : inputs.push(one) - 1);
  };
  switch (expression.kind) {
    case "number":
      return push("constant", [], expression.value);
    case "time":
      return input({ kind: "time" });
    case "voltage":
      return input({ kind: "voltage", nodes: expression.nodes });
    case "current":
      return input({ kind: "current", source: expression.source });
    case "unary":
      return push(expression.operation, [write(expression.argument, steps, inputs)]);
    case "binary": {
      const left = write(expression.left, steps, inputs);
      return push(expression.operation, [left, write(expression.right, steps, inputs)]);
    }
    case "call": {
      const parts = expression.arguments.map((argument) => write(argument, steps, inputs));
      if (expression.name !== "min" && expression.name !== "max") return push(expression.name, parts);
      return parts.slice(1).reduce((before, part) => push(expression.name, [before, part]), parts[0]!);
    }
  }
}

const largestExponent = 230;
const smallestDivisor = 1e-30;

function divisorOf(x: number): number {
  return Math.abs(x) >= smallestDivisor ? x : x < 0 ? -smallestDivisor : smallestDivisor;
}

function power(x: number, y: number): number {
  return Number.isInteger(y) ? x ** y : Math.abs(x) ** y;
}

/** One operation on numbers. */
export function compute(operation: Exclude<Operation, "constant" | "input">, a: number, b: number, c: number): number {
  switch (operation) {
    case "add":
      return a + b;
    case "subtract":
      return a - b;
    case "multiply":
      return a * b;
    case "divide":
      return a / divisorOf(b);
    case "power":
      return power(a, b);
    case "negate":
      return -a;
    case "not":
      return a > 0.5 ? 0 : 1;
    case "less":
      return a < b ? 1 : 0;
    case "less-equal":
      return a <= b ? 1 : 0;
    case "greater":
      return a > b ? 1 : 0;
    case "greater-equal":
      return a >= b ? 1 : 0;
    case "equal":
      return a === b ? 1 : 0;
    case "not-equal":
      return a !== b ? 1 : 0;
    case "and":
      return a > 0.5 && b > 0.5 ? 1 : 0;
    case "or":
      return a > 0.5 || b > 0.5 ? 1 : 0;
    case "abs":
      return Math.abs(a);
    case "sqrt":
      return Math.sqrt(Math.abs(a));
    case "exp":
      return a > largestExponent ? Math.exp(largestExponent) * (1 + a - largestExponent) : Math.exp(a);
    case "ln":
      return Math.log(Math.max(Math.abs(a), smallestDivisor));
    case "log10":
      return Math.log10(Math.max(Math.abs(a), smallestDivisor));
    case "sin":
      return Math.sin(a);
    case "cos":
      return Math.cos(a);
    case "tan":
      return Math.tan(a);
    case "atan":
      return Math.atan(a);
    case "sinh":
      return Math.sinh(Math.max(-largestExponent, Math.min(largestExponent, a)));
    case "cosh":
      return Math.cosh(Math.max(-largestExponent, Math.min(largestExponent, a)));
    case "tanh":
      return Math.tanh(a);
    case "min":
      return Math.min(a, b);
    case "max":
      return Math.max(a, b);
    case "pwr":
      return Math.abs(a) ** b;
    case "pwrs":
      return Math.sign(a) * Math.abs(a) ** b;
    case "uramp":
      return Math.max(0, a);
    case "u":
      return a > 0 ? 1 : 0;
    case "sgn":
      return Math.sign(a);
    case "limit":
      return Math.min(Math.max(a, Math.min(b, c)), Math.max(b, c));
    case "if":
      return a > 0.5 ? b : c;
    default:
      return operation satisfies never;
  }
}

type Slopes = readonly [number, number, number];

function derivatives(
  operation: Exclude<Operation, "constant" | "input">,
  a: number,
  b: number,
  c: number,
  value: number,
): Slopes {
  switch (operation) {
    case "add":
      return [1, 1, 0];
    case "subtract":
      return [1, -1, 0];
    case "multiply":
      return [b, a, 0];
    case "divide":
      return [1 / divisorOf(b), -value / divisorOf(b), 0];
    case "power": {
      const base = b * power(a, b - 1) * (Number.isInteger(b) ? 1 : Math.sign(a));
      return [Number.isFinite(base) ? base : 0, value > 0 ? value * Math.log(Math.abs(a)) : 0, 0];
    }
    case "negate":
      return [-1, 0, 0];
    case "abs":
      return [Math.sign(a), 0, 0];
    case "sqrt":
      return [(0.5 * Math.sign(a)) / Math.max(value, 1e-15), 0, 0];
    case "exp":
      return [a > largestExponent ? Math.exp(largestExponent) : value, 0, 0];
    case "ln":
      return [1 / divisorOf(a), 0, 0];
    case "log10":
      return [1 / (Math.LN10 * divisorOf(a)), 0, 0];
    case "sin":
      return [Math.cos(a), 0, 0];
    case "cos":
      return [-Math.sin(a), 0, 0];
    case "tan":
      return [1 + value * value, 0, 0];
    case "atan":
      return [1 / (1 + a * a), 0, 0];
    case "sinh":
      return [Math.cosh(Math.max(-largestExponent, Math.min(largestExponent, a))), 0, 0];
    case "cosh":
      return [Math.sinh(Math.max(-largestExponent, Math.min(largestExponent, a))), 0, 0];
    case "tanh":
      return [1 - value * value, 0, 0];
    case "min":
      return a <= b ? [1, 0, 0] : [0, 1, 0];
    case "max":
      return a >= b ? [1, 0, 0] : [0, 1, 0];
    case "pwr":
    case "pwrs": {
      const size = Math.abs(a);
      const slope = size === 0 ? 0 : b * size ** (b - 1) * (operation === "pwr" ? Math.sign(a) : 1);
      return [slope, size === 0 ? 0 : value * Math.log(size), 0];
    }
    case "uramp":
      return [a > 0 ? 1 : 0, 0, 0];
    case "limit": {
      const [low, high] = [Math.min(b, c), Math.max(b, c)];
      if (a > low && a < high) return [1, 0, 0];
      return value === b ? [0, 1, 0] : [0, 0, 1];
    }
    case "if":
      return a > 0.5 ? [0, 1, 0] : [0, 0, 1];
    default:
      // Steps and comparisons are flat.
      return [0, 0, 0];
  }
}
