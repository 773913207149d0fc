import type { KernelBuild } from "../src/kernels/index.ts";
import { prepareFeatures, prepareResampling, soundOf, tonesOf } from "./analysis-contender.ts";
import { circuitMaterial, prepareCircuit } from "./circuit-contender.ts";
import type { Task } from "./contender.ts";
import { fourierInput, prepareFourier } from "./fourier-contender.ts";
import { prepareStreaming, streamingMaterial } from "./streaming-contender.ts";
import { learningRate, prepareTraining, trainingMaterial } from "./training-contender.ts";
import type { Workload } from "./workloads.ts";

/** The work of a workload, from material that is the same for all. */
export function createTask(
  workload: Workload,
  { seed, build, quick }: { seed: number; build: KernelBuild; quick: boolean },
): Task {
  switch (workload.kind) {
    case "train": {
      const { kind, architecture, chunkLength, chunks } = workload;
      const material = trainingMaterial(workload, { seed });
      return {
        ours: () => prepareTraining(workload, { material, build }),
        job: () => ({ kind, architecture, chunkLength, chunks, learningRate, ...material }),
      };
    }
    case "stream": {
      const { kind, architecture, blockSamples } = workload;
      const material = streamingMaterial(workload, { seed });
      return {
        ours: async () => prepareStreaming(workload, { material, build }),
        job: () => ({ kind, architecture, blockSamples, ...material }),
      };
    }
    case "features": {
      const { kind, feature, precision, sampleRate } = workload;
      const x = soundOf(workload, { seed });
      return {
        ours: async () => prepareFeatures(workload, x),
        job: () => ({ kind, feature, precision, sampleRate, x }),
      };
    }
    case "resample": {
      const { kind, sampleRate, toRate } = workload;
      const x = tonesOf(workload, { seed });
      return { ours: async () => prepareResampling(workload, x), job: () => ({ kind, sampleRate, toRate, x }) };
    }
    case "fft": {
      const { kind, size, copied } = workload;
      const x = fourierInput(workload, { seed });
      return { ours: async () => prepareFourier(workload, { x, build }), job: () => ({ kind, size, copied, x }) };
    }
    case "circuit": {
      const { kind, circuit, part, sampleRate, oversampling } = workload;
      const input = circuitMaterial(workload, { seed, seconds: quick ? 0.05 : workload.seconds });
      return {
        ours: async () => prepareCircuit(workload, input),
        job: () => ({ kind, circuit, part, sampleRate, oversampling, input }),
      };
    }
    default:
      return workload satisfies never;
  }
}
