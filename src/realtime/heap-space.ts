import type { Kernels } from "../kernels/index.ts";

/** Samples that an engine works on at a time; longer blocks are cut. */
export const blockSamples = 256;

/** Hands out the heap of a kernel set once, at construction; afterwards the heap never moves. */
export class HeapSpace {
  readonly #kernels: Kernels;
  #next: number;

  constructor(kernels: Kernels) {
    this.#kernels = kernels;
    this.#next = kernels.base;
  }

  /** Offset of `n` zeros. */
  zeros(n: number): number {
    const offset = this.#next;
    // A few elements more than asked: vector stores round up.
    this.#next += (n + 23) & ~7;
    this.#kernels.reserve(this.#next);
    this.#kernels.heap.fill(0, offset, this.#next);
    return offset;
  }

  /** Offset of a copy of `values`. */
  copy(values: ArrayLike<number>): number {
    const offset = this.zeros(values.length);
    this.#kernels.heap.set(values, offset);
    return offset;
  }
}

/** Copies `n` samples of an array into the heap. */
export function copyIn(
  heap: Float32Array | Float64Array,
  offset: number,
  input: Float32Array,
  from: number,
  n: number,
): void {
  for (let i = 0; i < n; i++) heap[offset + i] = input[from + i] as number;
}

/** Copies `n` samples of the heap into an array. */
export function copyOut(
  heap: Float32Array | Float64Array,
  offset: number,
  output: Float32Array,
  from: number,
  n: number,
): void {
  for (let i = 0; i < n; i++) output[from + i] = heap[offset + i] as number;
}
