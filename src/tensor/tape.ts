import type { Kernels } from "../kernels/index.ts";
import type { Memory } from "./memory.ts";

/** An array of numbers on a tape: its shape, where it lies, and where its gradient lies once it has one. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly length: number;
  readonly offset: number;
  /** Whether a gradient is wanted; inputs and targets want none. */
  readonly differentiable: boolean;
  /** Offset of the gradient; 0 until the backward pass reaches this tensor. */
  gradient: number;
}

/** One number on a tape, in float64: a loss or a part of one. */
export interface Scalar {
  readonly value: number;
  gradient: number;
}

/**
 * Records operations as they run, and runs their gradients backwards.
 *
 * Values live in the arena of `memory`; `clear` frees them all and forgets the record. With `recording` false only values
 * are computed.
 */
export class Tape {
  readonly memory: Memory;
  readonly kernels: Kernels;
  recording = true;
  #steps: (() => void)[] = [];

  constructor(memory: Memory) {
    this.memory = memory;
    this.kernels = memory.kernels;
  }

  /** A tensor with a copy of `values`; shape as given, its product equal to the number of values. */
  constant(values: ArrayLike<number>, shape: readonly number[]): Tensor {
    const tensor = this.empty(shape, { differentiable: false });
    if (tensor.length !== values.length)
      throw new Error(`bug: ${values.length} values for shape [${shape.join(", ")}]`);
    this.memory.write(tensor.offset, values);
    return tensor;
  }

  /** As `constant`, with a gradient. */
  variable(values: ArrayLike<number>, shape: readonly number[]): Tensor {
    return { ...this.constant(values, shape), differentiable: true };
  }

  /** A new tensor in the arena, its values not set. */
  empty(shape: readonly number[], { differentiable }: { differentiable: boolean }): Tensor {
    const length = shape.reduce((product, size) => product * size, 1);
    return { shape, length, offset: this.memory.take(length), differentiable, gradient: 0 };
  }

  /** Records the gradient of an operation that has just run. */
  record(backward: () => void): void {
    if (this.recording) this.#steps.push(backward);
  }

  /** Offset of the gradient of a tensor, zeros at first; 0 if the tensor wants none. */
  gradientOf(tensor: Tensor): number {
    if (!tensor.differentiable) return 0;
    if (tensor.gradient === 0) tensor.gradient = this.memory.zeros(tensor.length);
    return tensor.gradient;
  }

  /** Runs the recorded gradients from last to first, starting from d(loss)/d(loss) = 1. */
  backward(loss: Scalar): void {
    loss.gradient = 1;
    for (let i = this.#steps.length - 1; i >= 0; i--) this.#steps[i]?.();
    this.#steps = [];
  }

  /** Frees every tensor of this step and forgets the record. */
  clear(): void {
    this.#steps = [];
    this.memory.clear();
  }
}
