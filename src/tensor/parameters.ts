import type { Memory } from "./memory.ts";
import type { Tensor } from "./tape.ts";

/** Where one named weight lies in the flat block. */
export interface ParameterPlace {
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly length: number;
}

/**
 * All weights of a model as one flat block, with a gradient block and Adam's two moments of the same size.
 *
 * Flat blocks make an update one kernel call and a message one array.
 */
export class Parameters {
  readonly length: number;
  readonly values: number;
  readonly gradients: number;
  readonly #memory: Memory;
  readonly #moments: readonly [number, number];
  readonly #tensors: ReadonlyMap<string, Tensor>;

  constructor(memory: Memory, places: readonly ParameterPlace[]) {
    const last = places.at(-1);
    this.length = last === undefined ? 0 : last.offset + last.length;
    this.#memory = memory;
    this.values = memory.keep(this.length);
    this.gradients = memory.keep(this.length);
    this.#moments = [memory.keep(this.length), memory.keep(this.length)];
    this.#tensors = new Map(
      places.map((place) => [
        place.name,
        {
          shape: place.shape,
          length: place.length,
          offset: this.values + place.offset,
          gradient: this.gradients + place.offset,
          differentiable: true,
        },
      ]),
    );
  }

  /** The weight of that name, as a tensor whose gradient is part of the gradient block. */
  get(name: string): Tensor {
    const tensor = this.#tensors.get(name);
    if (tensor === undefined)
      throw new Error(`bug: no parameter "${name}" (there are ${[...this.#tensors.keys()].join(", ")})`);
    return tensor;
  }

  /** Whether a weight of that name exists. */
  has(name: string): boolean {
    return this.#tensors.has(name);
  }

  /** Sets all gradients to zero. */
  zeroGradients(): void {
    this.#memory.kernels.fill(this.length, 0, this.gradients);
  }

  /** A copy of all weights. */
  read(): Float32Array {
    return this.#memory.read(this.values, this.length);
  }

  /** A copy of all gradients. */
  readGradients(): Float32Array {
    return this.#memory.read(this.gradients, this.length);
  }

  /** Sets all weights. */
  write(values: ArrayLike<number>): void {
    this.#memory.write(this.values, values);
  }

  /** Copies of Adam's first and second moments. */
  readMoments(): [Float32Array, Float32Array] {
    return [this.#memory.read(this.#moments[0], this.length), this.#memory.read(this.#moments[1], this.length)];
  }

  /** Sets Adam's moments. */
  writeMoments(first: ArrayLike<number>, second: ArrayLike<number>): void {
    this.#memory.write(this.#moments[0], first);
    this.#memory.write(this.#moments[1], second);
  }

  /**
   * One Adam step with the gradients given.
   *
   * @param gradients - Same length as the block; written to the gradient block.
   * @param options - `rate`: learning rate; `step`: number of this step, from 1.
   * @see Kingma & Ba 2015, https://arxiv.org/abs/1412.6980
   */
  adam(gradients: ArrayLike<number>, { rate, step, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamStep): void {
    this.#memory.write(this.gradients, gradients);
    const [m, v] = this.#moments;
    const { kernels } = this.#memory;
    const corrections = [1 - beta1 ** step, 1 - beta2 ** step] as const;
    kernels.adam(this.length, this.values, this.gradients, m, v, rate, beta1, beta2, epsilon, ...corrections);
  }
}

/** What one Adam step needs to know besides the gradients. */
export interface AdamStep {
  readonly rate: number;
  readonly step: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
}
