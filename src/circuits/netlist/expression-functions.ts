import type { Expression, ExpressionFunction } from "../circuit.ts";
import { piecewise, pointsOf, valueAt } from "./piecewise.ts";

/** A function that expressions may call, by what the dialects of SPICE mean by it. */
export interface KnownFunction {
  /** Fewest and most arguments. */
  readonly arity: readonly [number, number];
  /** Of numbers. */
  readonly evaluate: (...x: readonly number[]) => number;
  /** As an expression of the circuit; absent where it is for constants only. */
  readonly expand?: (...x: readonly Expression[]) => Expression;
}

const number = (value: number): Expression => ({ kind: "number", value });
const call = (name: ExpressionFunction, ...x: readonly Expression[]): Expression => ({
  kind: "call",
  name,
  arguments: x,
});
const binary = (
  operation: Extract<Expression, { kind: "binary" }>["operation"],
  left: Expression,
  right: Expression,
): Expression => ({ kind: "binary", operation, left, right });
const one = number(1);

/** A function that the circuit knows under a name of its own. */
function native(
  name: ExpressionFunction,
  arity: KnownFunction["arity"],
  evaluate: KnownFunction["evaluate"],
): KnownFunction {
  return { arity, evaluate, expand: (...x) => call(name, ...x) };
}

function unary(name: ExpressionFunction, evaluate: (x: number) => number): KnownFunction {
  return native(name, [1, 1], (x = Number.NaN) => evaluate(x));
}

function constantOnly(arity: KnownFunction["arity"], evaluate: KnownFunction["evaluate"]): KnownFunction {
  return { arity, evaluate };
}

/** Of two or more arguments, folded from the left. */
function folded(name: "min" | "max", evaluate: (...x: readonly number[]) => number): KnownFunction {
  return {
    arity: [2, 20],
    evaluate,
    expand: (first, ...rest) => rest.reduce((sum, x) => call(name, sum, x), first ?? number(0)),
  };
}

const naturalLog = unary("ln", Math.log);
const arcTangent = unary("atan", Math.atan);
const step = unary("u", (x) => (x > 0 ? 1 : 0));
const conditional = native("if", [3, 3], (condition = 0, a = Number.NaN, b = Number.NaN) => (holds(condition) ? a : b));
/** `table(x, x1, y1, x2, y2, …)`: straight lines between points, level outside. Points are numbers. */
const curve: KnownFunction = {
  arity: [3, 401],
  evaluate: (x = Number.NaN, ...numbers) => {
    const points = pointsOf(numbers);
    return typeof points === "string" ? Number.NaN : valueAt(x, points);
  },
  expand: (x = one, ...numbers) => {
    const points = pointsOf(numbers.map((part) => (part.kind === "number" ? part.value : Number.NaN)));
    // Refused as not finite, with the formula.
    return typeof points === "string" ? number(Number.NaN) : piecewise(x, points);
  },
};

/** Monte-Carlo functions with a nominal value in front: that value. */
const nominal = constantOnly([2, 3], (x = Number.NaN) => x);

/**
 * x to the power of y, as the circuit's `power` has it: of |x| if y is no whole number.
 *
 * ngspice's `^`, `**` and `pow` always take |x|, so there `V(a)^3` is never negative; LTspice gives 0 for fractional powers
 * of negative numbers.
 */
export function power(x: number, y: number): number {
  return Number.isInteger(y) ? x ** y : Math.abs(x) ** y;
}

/** What counts as true: the circuit's `if`, `and`, `or` and `not` ask the same. */
export function holds(x: number): boolean {
  return x > 0.5;
}

const table: Readonly<Record<string, KnownFunction>> = {
  abs: unary("abs", Math.abs),
  sqrt: unary("sqrt", Math.sqrt),
  exp: unary("exp", Math.exp),
  ln: naturalLog,
  log: naturalLog,
  log10: unary("log10", Math.log10),
  sin: unary("sin", Math.sin),
  cos: unary("cos", Math.cos),
  tan: unary("tan", Math.tan),
  atan: arcTangent,
  arctan: arcTangent,
  sinh: unary("sinh", Math.sinh),
  cosh: unary("cosh", Math.cosh),
  tanh: unary("tanh", Math.tanh),
  min: folded("min", Math.min),
  max: folded("max", Math.max),
  pow: {
    arity: [2, 2],
    evaluate: (x = Number.NaN, y = Number.NaN) => power(x, y),
    expand: (x = one, y = one) => binary("power", x, y),
  },
  pwr: native("pwr", [2, 2], (x = Number.NaN, y = Number.NaN) => Math.abs(x) ** y),
  pwrs: native("pwrs", [2, 2], (x = Number.NaN, y = Number.NaN) => Math.sign(x) * Math.abs(x) ** y),
  uramp: unary("uramp", (x) => Math.max(x, 0)),
  u: step,
  stp: step,
  sgn: unary("sgn", Math.sign),
  limit: native("limit", [3, 3], (x = Number.NaN, a = Number.NaN, b = Number.NaN) =>
    Math.min(Math.max(x, Math.min(a, b)), Math.max(a, b)),
  ),
  if: conditional,
  ternary_fcn: conditional,
  square: {
    arity: [1, 1],
    evaluate: (x = Number.NaN) => x * x,
    expand: (x = one) => binary("multiply", x, x),
  },
  hypot: {
    arity: [2, 2],
    evaluate: Math.hypot,
    expand: (x = one, y = one) => call("sqrt", binary("add", binary("multiply", x, x), binary("multiply", y, y))),
  },
  buf: {
    arity: [1, 1],
    evaluate: (x = Number.NaN) => (x > 0.5 ? 1 : 0),
    expand: (x = one) => binary("greater", x, number(0.5)),
  },
  inv: {
    arity: [1, 1],
    evaluate: (x = Number.NaN) => (x > 0.5 ? 0 : 1),
    expand: (x = one) => binary("less-equal", x, number(0.5)),
  },
  asin: constantOnly([1, 1], Math.asin),
  arcsin: constantOnly([1, 1], Math.asin),
  acos: constantOnly([1, 1], Math.acos),
  arccos: constantOnly([1, 1], Math.acos),
  atan2: constantOnly([2, 2], Math.atan2),
  asinh: constantOnly([1, 1], Math.asinh),
  acosh: constantOnly([1, 1], Math.acosh),
  atanh: constantOnly([1, 1], Math.atanh),
  int: constantOnly([1, 1], Math.trunc),
  floor: constantOnly([1, 1], Math.floor),
  ceil: constantOnly([1, 1], Math.ceil),
  round: constantOnly([1, 1], Math.round),
  nint: constantOnly([1, 1], Math.round),
  table: curve,
  tbl: curve,
  pwl: curve,
  mc: nominal,
  gauss: nominal,
  agauss: nominal,
  unif: nominal,
  aunif: nominal,
};

/** A function by its name in lower case. */
export function knownFunction(name: string): KnownFunction | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** All names, for messages. */
export const knownFunctionNames: readonly string[] = Object.keys(table);

/** Functions of other programs that are refused, with what to do instead. */
const refused: Readonly<Record<string, string>> = {
  uplim: "write min(x,y), whose corner is sharp",
  dnlim: "write max(x,y), whose corner is sharp",
  ddt: "differentiate with a capacitor: its current is C times the derivative of its voltage",
  idt: "integrate with a current source into a capacitor",
  sdt: "integrate with a current source into a capacitor",
  idtmod: "integrate with a current source into a capacitor",
  delay: "delays are not simulated; leave it out",
  absdelay: "delays are not simulated; leave it out",
  laplace: "build the filter from R, C and L",
  rand: "use a fixed value: a dataset must come out the same every time",
  random: "use a fixed value: a dataset must come out the same every time",
  white: "use a fixed value: a dataset must come out the same every time",
  flat: "use a fixed value: a dataset must come out the same every time",
};

/** What to do instead of a function that is not there, if there is something to say. */
export function refusedFunction(name: string): string | undefined {
  return Object.hasOwn(refused, name) ? refused[name] : undefined;
}
