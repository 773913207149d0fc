import type { Element, Expression } from "../circuit.ts";
import { expressionOf, type Frame, numberOf, pairOf, sensorOf, settingOf } from "./frame.ts";
import type { BehaviouralElement, LinearElement, PolynomialElement } from "./netlist.ts";
import { netlistError, quoted } from "./netlist-error.ts";
import { piecewise, pointsOf } from "./piecewise.ts";

/** Most coefficients of a polynomial. */
const coefficientLimit = 100;

const linearKinds = { e: "vcvs", f: "cccs", g: "vccs", h: "ccvs" } as const;

/** E, F, G, H and B. */
export function resolveControlled(frame: Frame, element: LinearElement | PolynomialElement | BehaviouralElement): void {
  const { name, place, settings } = element;
  const { builder, prefix } = frame;
  const base = {
    name: prefix + name,
    ...builder.locate(place),
    terminals: pairOf(frame, element.nodes, place),
  } as const;
  // `m=` counts sources in parallel, which changes currents only.
  const count = settingOf(frame, settings, "m") ?? 1;
  if (element.kind === "linear") {
    const { letter, control } = element;
    const kind = linearKinds[letter];
    const gain = numberOf(frame, element.gain) * (kind === "vccs" || kind === "cccs" ? count : 1);
    if (letter === "e" || letter === "g") {
      const nodes = pairOf(frame, [control[0] ?? "0", control[1] ?? "0"], place);
      builder.add({ kind, ...base, gain, control: nodes });
    } else {
      builder.addLater(place, base.name, () => ({
        kind,
        ...base,
        gain,
        sensor: sensorOf(frame, control[0] ?? "", place),
      }));
    }
    return;
  }
  if (element.kind === "polynomial") {
    const isVoltage = element.letter === "e" || element.letter === "h";
    // Nodes that are asked about exist, even if nothing else is connected to them.
    if (element.letter === "e" || element.letter === "g") {
      for (const node of element.control) pairOf(frame, [node, node], place);
    }
    builder.addLater(place, base.name, () =>
      behavioural(isVoltage ? "voltage" : "current", base, scaled(polynomial(frame, element), isVoltage ? 1 : count)),
    );
    return;
  }
  builder.addLater(place, base.name, () => {
    const value = tabled(frame, element, expressionOf(frame, element.value));
    if (element.quantity !== "resistance") {
      return behavioural(element.quantity, base, scaled(value, element.quantity === "current" ? count : 1));
    }
    if (value.kind === "number") {
      if (value.value === 0) {
        throw netlistError("netlist-value", place, `${quoted(base.name)} is 0 ohm`, "give it a small value such as 1m");
      }
      return { kind: "resistor", ...base, ohms: value.value / count };
    }
    const volts: Expression = { kind: "voltage", nodes: base.terminals };
    return behavioural(
      "current",
      base,
      scaled({ kind: "binary", operation: "divide", left: volts, right: value }, count),
    );
  });
}

/** `TABLE`'s curve of a value; the value itself where there is none. */
function tabled(frame: Frame, { table, name, place }: BehaviouralElement, x: Expression): Expression {
  if (table === undefined) return x;
  const points = pointsOf(table.map((formula) => numberOf(frame, formula)));
  if (typeof points !== "string") return piecewise(x, points);
  throw netlistError(
    "netlist-value",
    place,
    `${quoted(name)}: ${points}`,
    "write points with rising x: (-1,-5) (0,0) (1,5)",
  );
}

function behavioural(
  quantity: "voltage" | "current",
  base: { readonly name: string; readonly line: number; readonly terminals: readonly [number, number] },
  expression: Expression,
): Element {
  // What turned out constant is an ordinary source, which costs the solver nothing.
  if (expression.kind === "number") {
    return quantity === "voltage"
      ? { kind: "voltage-source", ...base, volts: expression.value }
      : { kind: "current-source", ...base, amps: expression.value };
  }
  return { kind: `behavioural-${quantity}`, ...base, expression };
}

function scaled(expression: Expression, factor: number): Expression {
  if (factor === 1) return expression;
  if (expression.kind === "number") return { kind: "number", value: expression.value * factor };
  return { kind: "binary", operation: "multiply", left: { kind: "number", value: factor }, right: expression };
}

/**
 * SPICE2's polynomial: a constant, then products of the controls by rising degree, in the order 1, 2, …, 11, 12, …, 22, ….
 * A single coefficient of one control is its gain.
 */
function polynomial(frame: Frame, element: PolynomialElement): Expression {
  const { letter, control, dimensions, coefficients, place } = element;
  const controls = Array.from({ length: dimensions }, (_, k): Expression => {
    if (letter === "f" || letter === "h") return { kind: "current", source: sensorOf(frame, control[k] ?? "", place) };
    const nodes = pairOf(frame, [control[2 * k] ?? "0", control[2 * k + 1] ?? "0"], place);
    return { kind: "voltage", nodes };
  });
  const values = coefficients.map((formula) => numberOf(frame, formula));
  if (values.length > coefficientLimit) {
    throw netlistError(
      "netlist-limit",
      place,
      `${quoted(element.name)} has ${values.length} coefficients`,
      `write at most ${coefficientLimit}, or a formula with VALUE=`,
    );
  }
  if (dimensions === 1 && values.length === 1) values.unshift(0);
  let sum: Expression = { kind: "number", value: 0 };
  let factors: number[] = [];
  for (const value of values) {
    if (value !== 0)
      sum = plus(
        sum,
        product(
          value,
          factors.map((k) => controls[k] as Expression),
        ),
      );
    factors = following(factors, dimensions);
  }
  return sum;
}

function plus(left: Expression, right: Expression): Expression {
  if (left.kind === "number" && left.value === 0) return right;
  return { kind: "binary", operation: "add", left, right };
}

function product(value: number, factors: readonly Expression[]): Expression {
  return factors.reduce<Expression>(
    (left, right) =>
      left.kind === "number" && left.value === 1 ? right : { kind: "binary", operation: "multiply", left, right },
    { kind: "number", value },
  );
}

/** The product behind this one: factors never fall; after the last of a degree comes the first of the next. */
function following(factors: readonly number[], dimensions: number): number[] {
  for (let k = factors.length - 1; k >= 0; k--) {
    const next = (factors[k] ?? 0) + 1;
    if (next < dimensions) return [...factors.slice(0, k), ...Array<number>(factors.length - k).fill(next)];
  }
  return Array<number>(factors.length + 1).fill(0);
}
