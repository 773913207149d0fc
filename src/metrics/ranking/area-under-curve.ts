import { checkLists, TonewrightError } from "../../errors/index.ts";
import { sumOver } from "../regression/sum.ts";

/**
 * Area under a curve by the trapezoidal rule.
 *
 * For a precision-recall curve it is too optimistic: use `averagePrecision`.
 *
 * @param x - Shape `[points]`, rising or falling throughout; at least two points.
 * @param y - Shape `[points]`.
 * @returns Area, positive where `y` is, whichever way `x` runs.
 * @throws TonewrightError `too-few-points`, `length-mismatch`, `not-monotonic`.
 * @see scikit-learn 1.9 `auc`
 */
export function areaUnderCurve(x: ArrayLike<number>, y: ArrayLike<number>): number {
  checkLists("areaUnderCurve(x, y)", { x, y });
  const metric = "areaUnderCurve";
  if (x.length !== y.length) {
    throw new TonewrightError(
      "length-mismatch",
      `${metric}: ${x.length} values of x, ${y.length} of y`,
      "give one y for every x",
    );
  }
  if (x.length < 2) {
    throw new TonewrightError("too-few-points", `${metric}: ${x.length} points`, "give at least two points");
  }
  const rises = (n: number) => x[n + 1]! - x[n]!;
  const steps = x.length - 1;
  let up = -1;
  let down = -1;
  for (let n = 0; n < steps; n++) {
    if (rises(n) > 0) up = n;
    if (rises(n) < 0) down = n;
  }
  if (up >= 0 && down >= 0) {
    throw new TonewrightError(
      "not-monotonic",
      `${metric}: x rises after point ${up} and falls after point ${down}`,
      "sort the points by x",
    );
  }
  const area = sumOver(steps, (n) => (rises(n) * (y[n]! + y[n + 1]!)) / 2);
  return down >= 0 ? -area : area;
}
