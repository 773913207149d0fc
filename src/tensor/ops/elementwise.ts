import { activationCodes } from "../../kernels/index.ts";
import type { Tape, Tensor } from "../tape.ts";

/** Activations by name; `slope` counts for `leaky-relu` only (0 is a plain ReLU). */
export type ActivationName = keyof typeof activationCodes;

/** `a + b scale`, elementwise; same shape. */
export function addScaled(tape: Tape, a: Tensor, b: Tensor, { scale = 1 }: { scale?: number } = {}): Tensor {
  sameShape("addScaled", a, b);
  const { kernels } = tape;
  const out = tape.empty(a.shape, { differentiable: a.differentiable || b.differentiable });
  kernels.scaleAdd(a.length, 1, a.offset, 0, out.offset);
  kernels.scaleAdd(a.length, scale, b.offset, 1, out.offset);
  tape.record(() => {
    const d = tape.gradientOf(out);
    if (a.differentiable) kernels.scaleAdd(a.length, 1, d, 1, tape.gradientOf(a));
    if (b.differentiable) kernels.scaleAdd(a.length, scale, d, 1, tape.gradientOf(b));
  });
  return out;
}

/** `a - b`, elementwise; same shape. */
export function subtract(tape: Tape, a: Tensor, b: Tensor): Tensor {
  return addScaled(tape, a, b, { scale: -1 });
}

/** `a b`, elementwise; same shape. */
export function multiply(tape: Tape, a: Tensor, b: Tensor): Tensor {
  sameShape("multiply", a, b);
  const { kernels } = tape;
  const out = tape.empty(a.shape, { differentiable: a.differentiable || b.differentiable });
  kernels.fill(a.length, 0, out.offset);
  kernels.multiplyAdd(a.length, a.offset, b.offset, out.offset);
  tape.record(() => {
    const d = tape.gradientOf(out);
    if (a.differentiable) kernels.multiplyAdd(a.length, d, b.offset, tape.gradientOf(a));
    if (b.differentiable) kernels.multiplyAdd(a.length, d, a.offset, tape.gradientOf(b));
  });
  return out;
}

/** `scale x`. */
export function scale(tape: Tape, x: Tensor, factor: number): Tensor {
  const { kernels } = tape;
  const out = tape.empty(x.shape, { differentiable: x.differentiable });
  kernels.scaleAdd(x.length, factor, x.offset, 0, out.offset);
  tape.record(() => {
    if (x.differentiable) kernels.scaleAdd(x.length, factor, tape.gradientOf(out), 1, tape.gradientOf(x));
  });
  return out;
}

/** The activation of every element. */
export function activation(
  tape: Tape,
  x: Tensor,
  { name, slope = 0 }: { name: ActivationName; slope?: number },
): Tensor {
  const { kernels } = tape;
  const code = activationCodes[name];
  const out = tape.empty(x.shape, { differentiable: x.differentiable });
  kernels.activationForward(code, slope, x.length, x.offset, out.offset);
  tape.record(() => {
    if (!x.differentiable) return;
    kernels.activationBackward(code, slope, x.length, out.offset, tape.gradientOf(out), tape.gradientOf(x));
  });
  return out;
}

function sameShape(op: string, a: Tensor, b: Tensor): void {
  if (a.shape.join() !== b.shape.join()) {
    throw new Error(`bug: ${op} of shapes [${a.shape.join(", ")}] and [${b.shape.join(", ")}]`);
  }
}
