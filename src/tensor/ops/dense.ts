import type { Tape, Tensor } from "../tape.ts";

/**
 * `weight x + bias` on every column: x `[outer, inputs, n]` to `[outer, outputs, n]`.
 *
 * For recurrent models outer is time and n the batch; for convolutional ones outer is the batch and n time.
 *
 * @param options - `weight` `[outputs, inputs]` (trailing sizes of 1 are allowed), `bias` `[outputs]`.
 */
export function dense(tape: Tape, x: Tensor, { weight, bias }: { weight: Tensor; bias?: Tensor | undefined }): Tensor {
  const { kernels, memory } = tape;
  const [outer = 1, inputs = 1, n = 1] = x.shape;
  const outputs = weight.shape[0] ?? 1;
  if (weight.length !== outputs * inputs) {
    throw new Error(`bug: dense of x [${x.shape.join(", ")}] with weight [${weight.shape.join(", ")}]`);
  }
  const out = tape.empty([outer, outputs, n], { differentiable: true });
  kernels.dense(
    outer,
    outputs,
    inputs,
    n,
    x.offset,
    inputs * n,
    n,
    weight.offset,
    bias?.offset ?? 0,
    out.offset,
    outputs * n,
    n,
    0,
  );
  tape.record(() => {
    const d = tape.gradientOf(out);
    const [dWeight, dBias] = [tape.gradientOf(weight), bias === undefined ? 0 : tape.gradientOf(bias)];
    kernels.denseGradients(outer, outputs, inputs, n, x.offset, inputs * n, n, d, outputs * n, n, dWeight, dBias);
    if (!x.differentiable) return;
    const dx = tape.gradientOf(x);
    const transposed = memory.take(weight.length);
    kernels.transpose(outputs, inputs, weight.offset, transposed);
    kernels.dense(outer, inputs, outputs, n, d, outputs * n, n, transposed, 0, dx, inputs * n, n, 1);
  });
  return out;
}
