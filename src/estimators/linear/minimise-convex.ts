import { dot } from "../table.ts";

/** Value of a smooth convex function at a point; its gradient is written into the second argument. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

/** Where a search ended. */
export interface Minimum {
  readonly point: Float64Array;
  readonly iterations: number;
  /** Largest magnitude in the gradient at `point`. */
  readonly steepness: number;
  /** Whether `steepness` is within the tolerance. */
  readonly converged: boolean;
}

interface Stop {
  /** Largest magnitude in the gradient that counts as converged. */
  readonly tolerance: number;
  readonly maxIterations: number;
}

/** Steps remembered. */
const MEMORY = 10;
/** Evaluations along one direction; a search that needs more has met the limit of float64. */
const MAX_TRIALS = 40;
/** Wolfe's constants: how much the value must fall and how much the slope must flatten. */
const SUFFICIENT_FALL = 1e-4;
const FLATTENED = 0.9;
/** Near the minimum the value is all rounding; then a slope this far past level, relative to the first, will do. */
const OVERSHOOT = 0.8;
const VALUE_ROUNDING = 1e-13;

/**
 * The minimum of a smooth convex function by limited-memory BFGS.
 *
 * @see Nocedal & Wright 2006, Numerical Optimization, algorithms 7.4 and 7.5; Hager & Zhang 2005 (approximate Wolfe
 * conditions), https://doi.org/10.1137/030601880
 */
export function minimiseConvex(objective: Objective, start: Float64Array, { tolerance, maxIterations }: Stop): Minimum {
  let here = evaluate(objective, start);
  const steps: Step[] = [];
  let iterations = 0;
  while (here.steepness > tolerance && iterations < maxIterations) {
    const direction = descentDirection(here.gradient, steps);
    const next = searchAlong(objective, here, direction);
    iterations += 1;
    if (next === undefined) {
      if (steps.length === 0) break;
      steps.length = 0; // the memory misled the search: start again downhill
      continue;
    }
    const moved = next.point.map((value, k) => value - here.point[k]!);
    const turned = next.gradient.map((value, k) => value - here.gradient[k]!);
    const curvature = dot(moved, turned);
    if (curvature > 0) {
      steps.push({ moved, turned, curvature });
      if (steps.length > MEMORY) steps.shift();
    }
    here = next;
  }
  const { point, steepness } = here;
  return { point, iterations, steepness, converged: steepness <= tolerance };
}

interface Evaluation {
  readonly point: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly steepness: number;
}

interface Step {
  readonly moved: Float64Array;
  readonly turned: Float64Array;
  readonly curvature: number;
}

function evaluate(objective: Objective, point: Float64Array): Evaluation {
  const gradient = new Float64Array(point.length);
  const value = objective(point, gradient);
  const steepness = gradient.reduce((largest, slope) => Math.max(largest, Math.abs(slope)), 0);
  return { point, value, gradient, steepness };
}

/** Minus the gradient, bent by the inverse Hessian that the remembered steps imply. */
function descentDirection(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  const direction = gradient.map((slope) => -slope);
  const last = steps.at(-1);
  if (last === undefined) {
    const length = Math.sqrt(dot(gradient, gradient));
    return length > 1 ? direction.map((value) => value / length) : direction;
  }
  const shares: number[] = [];
  for (const { moved, turned, curvature } of steps.toReversed()) {
    const share = dot(moved, direction) / curvature;
    shares.push(share);
    for (let k = 0; k < direction.length; k++) direction[k]! -= share * turned[k]!;
  }
  const spread = last.curvature / dot(last.turned, last.turned);
  for (let k = 0; k < direction.length; k++) direction[k]! *= spread;
  for (const { moved, turned, curvature } of steps) {
    const share = shares.pop()! - dot(turned, direction) / curvature;
    for (let k = 0; k < direction.length; k++) direction[k]! += share * moved[k]!;
  }
  return direction;
}

/** A point on the ray that meets Wolfe's conditions, or undefined if float64 cannot tell any. */
function searchAlong(objective: Objective, from: Evaluation, direction: Float64Array): Evaluation | undefined {
  const slope = dot(from.gradient, direction);
  if (!(slope < 0)) return undefined;
  const rounding = VALUE_ROUNDING * Math.abs(from.value);
  let low = { step: 0, slope };
  let high: { step: number; slope: number } | undefined;
  let step = 1;
  for (let trial = 0; trial < MAX_TRIALS; trial++) {
    const there = evaluate(
      objective,
      from.point.map((value, k) => value + step * direction[k]!),
    );
    const slopeThere = dot(there.gradient, direction);
    const fell = there.value <= from.value + SUFFICIENT_FALL * step * slope;
    const level = there.value <= from.value + rounding && slopeThere <= -OVERSHOOT * slope;
    if (slopeThere < FLATTENED * slope) low = { step, slope: slopeThere };
    else if (fell || level) return there;
    else high = { step, slope: slopeThere };
    step = high === undefined ? 2 * step : between(low, high);
  }
  return undefined;
}

/** Where the slope should cross 0 if it ran straight, kept off the ends of the interval. */
function between(low: { step: number; slope: number }, high: { step: number; slope: number }): number {
  const width = high.step - low.step;
  const share = low.slope / (low.slope - high.slope);
  return low.step + width * (high.slope > 0 ? Math.min(0.9, Math.max(0.1, share)) : 0.5);
}
