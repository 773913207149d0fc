import type { Architecture } from "../modelfile/index.ts";
import type { ParameterPlace, Parameters, Random, Tape, Tensor } from "../tensor/index.ts";

/**
 * An architecture as training sees it: where its weights lie, how they start, its forward pass on a tape.
 *
 * Recurrent models take `[steps, 1, batch]` and give the same shape; convolutional ones take one sequence
 * `[1, 1, samples]` and give `[1, 1, samples - receptiveField + 1]`.
 */
export interface Model {
  readonly architecture: Architecture;
  readonly family: "recurrent" | "convolutional";
  /** Samples that reach one output; 1 for recurrent models, whose past comes with their state. */
  readonly receptiveField: number;
  readonly places: readonly ParameterPlace[];
  readonly parameterCount: number;
  /** First weights, flat, in the order of `places`. */
  initialWeights(random: Random): Float32Array;
  /** Elements of state for a batch; 0 if there is none. */
  stateLength(batch: number): number;
  /** The output for x; `state` is an offset in lasting memory, read and overwritten. */
  forward(tape: Tape, x: Tensor, options: { parameters: Parameters; state: number }): Tensor;
  /** Weights of the model whose output is higher by `offset`. */
  shiftOutput(weights: Float32Array, offset: number): Float32Array;
  /** Weights of the model that computes `outputGain f(inputGain x)`, where f is the model with `weights`. */
  foldGains(weights: Float32Array, gains: Gains): Float32Array;
}

/** Gains before and after a model; linear. */
export interface Gains {
  readonly inputGain: number;
  readonly outputGain: number;
}
