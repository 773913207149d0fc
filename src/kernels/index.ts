/** kernels: fast loops over numbers, one folder per operation; plain.ts defines, simd.as.ts is fast. */

export { activationCodes } from "./activation/plain.ts";
export { type CircuitKernel, createCircuitKernel } from "./circuit/circuit-kernel.ts";
export * as circuitLayout from "./circuit/layout.ts";
export { fftPlanSize, hasFastFft, writeFftPlan } from "./fft/plan.ts";
export type { HeapArray, Kernels } from "./kernels.ts";
export { createRandom, createRandomFromState, type Random } from "./random.ts";
export { recurrentPackedSize, recurrentScratch } from "./lstm/plain.ts";
export { createPlainKernels } from "./plain-kernels.ts";
export { createKernels, createKernelsFromBytes, fastestBuild, type KernelBuild, kernelBytes } from "./wasm-kernels.ts";
export { waveLayerKeptRows, waveLayerPackedSize } from "./wavenet-layer/plain.ts";
