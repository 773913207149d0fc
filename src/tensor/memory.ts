import type { Kernels } from "../kernels/index.ts";

/**
 * The heap of one kernel set, in two parts: lasting arrays (parameters, optimiser and sequence state) and, after them, the
 * arena of the present step, freed as a whole.
 *
 * Offsets count elements. The heap array changes when it grows, so nobody keeps it over an allocation.
 */
export class Memory {
  readonly kernels: Kernels;
  #lasting: number;
  #next: number;

  constructor(kernels: Kernels) {
    this.kernels = kernels;
    this.#lasting = kernels.base;
    this.#next = kernels.base;
  }

  /** Offset of `n` zeros that stay until the end. The arena must be empty. */
  keep(n: number): number {
    if (this.#next !== this.#lasting) throw new Error("bug: lasting memory was asked for in the middle of a step");
    const offset = this.zeros(n);
    this.#lasting = this.#next;
    return offset;
  }

  /** Offset of `n` elements of the arena, with whatever lies there. */
  take(n: number): number {
    const offset = this.#next;
    this.#next += (n + 15) & ~7;
    this.kernels.reserve(this.#next);
    return offset;
  }

  /** Offset of `n` zeros in the arena. */
  zeros(n: number): number {
    const offset = this.take(n);
    this.kernels.heap.fill(0, offset, offset + n);
    return offset;
  }

  /** Frees the arena. */
  clear(): void {
    this.#next = this.#lasting;
  }

  /** Where the arena stands, for `release`. */
  mark(): number {
    return this.#next;
  }

  /** Frees what was taken since `mark`. */
  release(mark: number): void {
    if (mark < this.#lasting || mark > this.#next) throw new Error(`bug: ${mark} is no mark of this arena`);
    this.#next = mark;
  }

  /** Copies `values` to `offset`. */
  write(offset: number, values: ArrayLike<number>): void {
    this.kernels.heap.set(values, offset);
  }

  /** A copy of `n` elements at `offset`, as float32. */
  read(offset: number, n: number): Float32Array {
    return new Float32Array(this.kernels.heap.subarray(offset, offset + n));
  }
}
