import type { Expression, ExpressionFunction } from "../circuit.ts";

/** A point of a curve. */
export type Point = readonly [x: number, y: number];

/** A number as an expression. */
export function constant(value: number): Expression {
  return { kind: "number", value };
}

/** Seconds since the first sample. */
export const time: Expression = { kind: "time" };

/** An expression of two others; of numbers, the number. */
export function combine(
  operation: "add" | "subtract" | "multiply" | "divide" | "less",
  left: Expression,
  right: Expression,
): Expression {
  return { kind: "binary", operation, left, right };
}

/** A function of expressions. */
export function call(name: ExpressionFunction, ...list: readonly Expression[]): Expression {
  return { kind: "call", name, arguments: list };
}

/**
 * A curve of straight lines from point to point, level outside of them, as an expression of `x`.
 *
 * @param points - At least one, x never falling; of two at the same x, the curve jumps there.
 */
export function piecewise(x: Expression, points: readonly Point[]): Expression {
  const first = points[0]!;
  const last = points.at(-1)!;
  const lines: { readonly until: number; readonly line: Expression }[] = [
    { until: first[0], line: constant(first[1]) },
  ];
  for (let k = 1; k < points.length; k++) {
    const [[x0, y0], [x1, y1]] = [points[k - 1]!, points[k]!];
    if (x1 <= x0) continue;
    const rise = combine("multiply", constant((y1 - y0) / (x1 - x0)), combine("subtract", x, constant(x0)));
    lines.push({ until: x1, line: y1 === y0 ? constant(y0) : combine("add", constant(y0), rise) });
  }
  lines.push({ until: Number.POSITIVE_INFINITY, line: constant(last[1]) });
  const choose = (from: number, to: number): Expression => {
    if (to - from === 1) return lines[from]!.line;
    const middle = (from + to) >> 1;
    return call("if", combine("less", x, constant(lines[middle - 1]!.until)), choose(from, middle), choose(middle, to));
  };
  return choose(0, lines.length);
}

/** The curve at a number. */
export function valueAt(x: number, points: readonly Point[]): number {
  const next = points.findIndex(([at]) => x < at);
  if (next === 0) return points[0]![1];
  if (next < 0) return points.at(-1)![1];
  const [[x0, y0], [x1, y1]] = [points[next - 1]!, points[next]!];
  return y0 + ((y1 - y0) / (x1 - x0)) * (x - x0);
}

/** Most points of a table. */
const pointLimit = 200;

/** Numbers in turn as points; what is wrong with them, where they are none. */
export function pointsOf(numbers: readonly number[]): readonly Point[] | string {
  const points = numbers.flatMap((x, k): Point[] => (k % 2 === 0 ? [[x, numbers[k + 1] ?? Number.NaN]] : []));
  if (points.length === 0 || points.length > pointLimit)
    return `${points.length} points, where 1 to ${pointLimit} can be`;
  const bad = points.findIndex(([x, y], k) => !Number.isFinite(x + y) || (k > 0 && x < points[k - 1]![0]));
  return bad < 0
    ? points
    : `point ${bad + 1} is (${points[bad]!.join(",")})${bad > 0 ? `, behind (${points[bad - 1]!.join(",")})` : ""}`;
}

/** How far `x` is past the last whole multiple of `period`: a sawtooth from 0 to `period`. */
export function phaseIn(x: Expression, period: number): Expression {
  // atan(tan(a)) is a less the whole turns, and its slope is 1: there is no function that only cuts off.
  const turns = combine("subtract", combine("divide", x, constant(period)), constant(0.5));
  const cut = call("atan", call("tan", combine("multiply", turns, constant(Math.PI))));
  return combine(
    "multiply",
    combine("add", combine("divide", cut, constant(Math.PI)), constant(0.5)),
    constant(period),
  );
}
