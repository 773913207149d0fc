import type { Tape, Tensor } from "../tape.ts";

/**
 * `x[t] - coefficient x[t - 1]` over time, from the second step on: x `[steps, …]` to `[steps - 1, …]`.
 */
export function preEmphasis(tape: Tape, x: Tensor, { coefficient }: { coefficient: number }): Tensor {
  const { kernels } = tape;
  const [steps = 1, ...rest] = x.shape;
  const columns = x.length / steps;
  const out = tape.empty([steps - 1, ...rest], { differentiable: x.differentiable });
  kernels.preEmphasisForward(steps, columns, coefficient, x.offset, out.offset);
  tape.record(() => {
    if (!x.differentiable) return;
    kernels.preEmphasisBackward(steps, columns, coefficient, tape.gradientOf(out), tape.gradientOf(x));
  });
  return out;
}

/**
 * DC blocker over time, `y[t] = x[t] - x[t - 1] + pole y[t - 1]`: x `[steps, …]`, same shape out.
 *
 * Without a state it starts at rest on the first step, which comes out 0. A state carries it from chunk to chunk of one
 * sequence; gradients stop at it.
 *
 * @param options - `state`: offset of `[2, columns]` in lasting memory, overwritten; 0 for none.
 */
export function dcBlock(tape: Tape, x: Tensor, { pole, state = 0 }: { pole: number; state?: number }): Tensor {
  const { kernels } = tape;
  const steps = x.shape[0] ?? 1;
  const columns = x.length / steps;
  const out = tape.empty(x.shape, { differentiable: x.differentiable });
  kernels.dcBlockForward(steps, columns, pole, x.offset, out.offset, state);
  tape.record(() => {
    if (!x.differentiable) return;
    kernels.dcBlockBackward(steps, columns, pole, tape.gradientOf(out), tape.gradientOf(x), state === 0 ? 0 : 1);
  });
  return out;
}
