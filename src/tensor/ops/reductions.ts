import type { Scalar, Tape, Tensor } from "../tape.ts";

/** Sum of all elements. */
export function sum(tape: Tape, x: Tensor): Scalar {
  const { kernels } = tape;
  const out: Scalar = { value: kernels.sum(x.length, x.offset), gradient: 0 };
  tape.record(() => {
    if (!x.differentiable) return;
    const d = tape.gradientOf(x);
    const one = tape.memory.take(1);
    kernels.fill(1, out.gradient, one);
    kernels.addToRows(x.length, 1, one, d);
  });
  return out;
}

/** Sum of the squares of all elements. */
export function sumOfSquares(tape: Tape, x: Tensor): Scalar {
  const { kernels } = tape;
  const out: Scalar = { value: kernels.sumOfSquares(x.length, x.offset), gradient: 0 };
  tape.record(() => {
    if (x.differentiable) kernels.scaleAdd(x.length, 2 * out.gradient, x.offset, 1, tape.gradientOf(x));
  });
  return out;
}

/** Sum of the magnitudes of all elements; the gradient at 0 is 0. */
export function sumOfMagnitudes(tape: Tape, x: Tensor): Scalar {
  const { kernels } = tape;
  const out: Scalar = { value: kernels.sumOfMagnitudes(x.length, x.offset), gradient: 0 };
  tape.record(() => {
    if (x.differentiable) kernels.signAdd(x.length, out.gradient, x.offset, tape.gradientOf(x));
  });
  return out;
}

/** Means over time: x `[steps, columns]` (any shape whose first size is the number of steps) to `[columns]`. */
export function columnMeans(tape: Tape, x: Tensor): Tensor {
  const { kernels } = tape;
  const steps = x.shape[0] ?? 1;
  const columns = x.length / steps;
  const out = tape.empty([columns], { differentiable: x.differentiable });
  kernels.columnMeans(steps, columns, x.offset, out.offset);
  tape.record(() => {
    if (!x.differentiable) return;
    const d = tape.gradientOf(out);
    const shared = tape.memory.take(columns);
    kernels.scaleAdd(columns, 1 / steps, d, 0, shared);
    kernels.addToRows(steps, columns, shared, tape.gradientOf(x));
  });
  return out;
}

/** `sum_i weights[i] terms[i]`. */
export function weightedSum(tape: Tape, terms: readonly Scalar[], weights: readonly number[]): Scalar {
  const value = terms.reduce((total, term, i) => total + term.value * (weights[i] ?? 0), 0);
  const out: Scalar = { value, gradient: 0 };
  tape.record(() => {
    terms.forEach((term, i) => {
      term.gradient += out.gradient * (weights[i] ?? 0);
    });
  });
  return out;
}
