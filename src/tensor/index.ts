/**
 * tensor: n-d arrays on a tape, their gradients, seeded randomness; the only owner of kernel memory.
 *
 * Recurrent sequences are `[steps, channels, batch]`, convolutional ones `[batch, channels, samples]`.
 */

export { createRandom, type Random } from "../kernels/index.ts";
export { createKernels, createPlainKernels, fastestBuild, type KernelBuild, type Kernels } from "../kernels/index.ts";
export { Memory } from "./memory.ts";
export { dense } from "./ops/dense.ts";
export { activation, type ActivationName, addScaled, multiply, scale, subtract } from "./ops/elementwise.ts";
export { type GruWeights, gru, type LstmWeights, lstm } from "./ops/recurrent.ts";
export { columnMeans, sum, sumOfMagnitudes, sumOfSquares, weightedSum } from "./ops/reductions.ts";
export { reshape } from "./ops/reshape.ts";
export { dcBlock, preEmphasis } from "./ops/time-filters.ts";
export { type WaveLayer, waveStack } from "./ops/wave-layer.ts";
export { type AdamStep, type ParameterPlace, Parameters } from "./parameters.ts";
export { type Scalar, Tape, type Tensor } from "./tape.ts";
