import { createKernels, fftPlanSize, type KernelBuild, writeFftPlan } from "../src/kernels/index.ts";
import { createRandom } from "../src/tensor/index.ts";
import type { Contender } from "./contender.ts";
import { ownSeconds } from "./machine.ts";
import type { FourierWorkload } from "./workloads.ts";

/** Noise. */
export function fourierInput({ size }: FourierWorkload, { seed }: { seed: number }): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: size }, () => random.normal());
}

/** This project's kernel: from samples to real and imaginary parts, bins in rising order. */
export function prepareFourier(
  { id, size, copied, ...workload }: FourierWorkload,
  { x, build }: { x: Float32Array; build: KernelBuild },
): Contender {
  const kernels = createKernels(workload.build ?? build);
  const bins = size / 2 + 1;
  // Room behind each array, for kernels that read past its end.
  const lengths = [size, fftPlanSize(size), bins, bins].map((length) => (length + 11) & ~3);
  const [input = 0, plan = 0, re = 0, im = 0, end = 0] = [0, 1, 2, 3, 4].map(
    (i) => kernels.base + lengths.slice(0, i).reduce((sum, length) => sum + length, 0),
  );
  kernels.reserve(end);
  writeFftPlan(size, kernels.heap, plan);
  kernels.heap.set(x, input);
  const inHeap = [input, re, im].map((at, i) => kernels.heap.subarray(at, at + (i === 0 ? size : bins)));
  const [heapX, heapRe, heapIm] = inHeap as [Float32Array, Float32Array, Float32Array];
  const [outRe, outIm] = [new Float32Array(bins), new Float32Array(bins)];
  const transform = () => kernels.realFftForward(size, 1, input, size, 0, plan, re, im, bins);
  const transformCopied = () => {
    heapX.set(x);
    transform();
    outRe.set(heapRe);
    outIm.set(heapIm);
  };
  return repeatedTransform(id, {
    size,
    transform: copied ? transformCopied : transform,
    spectrum: () => interleaved(copied ? outRe : heapRe, copied ? outIm : heapIm),
  });
}

function interleaved(re: Float32Array, im: Float32Array): Float32Array {
  return Float32Array.from({ length: 2 * re.length }, (_, n) => (n % 2 === 0 ? re : im)[n >> 1] as number);
}

/** A transform over and over; its spectrum, real and imaginary parts in turns, must stay as it was. */
export function repeatedTransform(
  id: string,
  {
    size,
    transform,
    spectrum,
  }: { readonly size: number; readonly transform: () => void; readonly spectrum: () => Float32Array },
): Contender {
  // The clock is read once in a while.
  const transformsPerLook = Math.ceil(2 ** 18 / size);
  transform();
  const output = spectrum();
  return {
    output,
    round: async ({ seconds }) => {
      const [began, used] = [performance.now(), ownSeconds()];
      let count = 0;
      do {
        for (let i = 0; i < transformsPerLook; i++) transform();
        count += transformsPerLook;
      } while (performance.now() - began < 1000 * seconds);
      const elapsed = (performance.now() - began) / 1000;
      const processorSeconds = ownSeconds() - used;
      if (spectrum().some((value, n) => value !== output[n])) throw new Error(`bug: ${id} gives another spectrum`);
      return { samples: count * size, seconds: elapsed, processorSeconds };
    },
    close: async () => {},
  };
}
