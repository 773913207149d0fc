import type { Tensor } from "../tape.ts";

/** The same values under another shape; value and gradient are shared, nothing is copied. */
export function reshape(x: Tensor, shape: readonly number[]): Tensor {
  if (shape.reduce((product, size) => product * size, 1) !== x.length) {
    throw new Error(`bug: reshape of [${x.shape.join(", ")}] to [${shape.join(", ")}]`);
  }
  return {
    shape,
    length: x.length,
    offset: x.offset,
    differentiable: x.differentiable,
    get gradient() {
      return x.gradient;
    },
    set gradient(offset) {
      x.gradient = offset;
    },
  };
}
