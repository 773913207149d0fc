import type { Heap, KernelsOf } from "../kernels.ts";

/** Activation codes as every kernel takes them. */
export const activationCodes = { identity: 0, tanh: 1, sigmoid: 2, "leaky-relu": 3 } as const;

/** Value of activation `kind` at `x`; `slope` is the leaky ReLU's slope below zero. */
export function activate(kind: number, slope: number, x: number): number {
  switch (kind) {
    case activationCodes.tanh:
      return Math.tanh(x);
    case activationCodes.sigmoid:
      return 1 / (1 + Math.exp(-x));
    case activationCodes["leaky-relu"]:
      return x > 0 ? x : slope * x;
    default:
      return x;
  }
}

/** Derivative of activation `kind`, from its output `y`. */
export function activationSlope(kind: number, slope: number, y: number): number {
  switch (kind) {
    case activationCodes.tanh:
      return 1 - y * y;
    case activationCodes.sigmoid:
      return y * (1 - y);
    case activationCodes["leaky-relu"]:
      return y > 0 ? 1 : slope;
    default:
      return 1;
  }
}

/** The definition of the activation kernels. */
export function plainActivation(heap: Heap): KernelsOf<"activationForward" | "activationBackward"> {
  return {
    activationForward(kind, slope, n, x, y) {
      const m = heap();
      for (let j = 0; j < n; j++) m[y + j] = activate(kind, slope, m[x + j]!);
    },
    activationBackward(kind, slope, n, y, dy, dx) {
      const m = heap();
      for (let j = 0; j < n; j++) m[dx + j]! += m[dy + j]! * activationSlope(kind, slope, m[y + j]!);
    },
  };
}
