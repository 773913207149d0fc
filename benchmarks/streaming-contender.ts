import { createKernels, type KernelBuild } from "../src/kernels/index.ts";
import { createModel } from "../src/models/index.ts";
import { createEngine } from "../src/realtime/index.ts";
import { createRandom } from "../src/tensor/index.ts";
import type { Contender } from "./contender.ts";
import { ownSeconds } from "./machine.ts";
import type { StreamingWorkload } from "./workloads.ts";

/** Weights and sound that all contenders play. */
export interface StreamingMaterial {
  readonly weights: Float32Array;
  readonly input: Float32Array;
}

/** Noise for a workload, and random weights. */
export function streamingMaterial(workload: StreamingWorkload, { seed }: { seed: number }): StreamingMaterial {
  const random = createRandom(seed);
  const { blocks, blockSamples, architecture } = workload;
  return {
    weights: createModel(architecture).initialWeights(random),
    input: Float32Array.from({ length: blocks * blockSamples }, () => 0.3 * random.normal()),
  };
}

/**
 * This project's real-time engine, block by block.
 *
 * Its output is summed while it plays and has to be the same, bit for bit, every time.
 */
export function prepareStreaming(
  workload: StreamingWorkload,
  { material, build }: { material: StreamingMaterial; build: KernelBuild },
): Contender {
  const { architecture, sampleRate, blockSamples, blocks } = workload;
  const { weights, input } = material;
  const document = { architecture, sampleRate, weights, metadata: { name: workload.id } };
  const engine = createEngine(document, { kernels: createKernels(build) });
  const inputs = Array.from({ length: blocks }, (_, i) => input.subarray(i * blockSamples, (i + 1) * blockSamples));
  const output = new Float32Array(blockSamples);
  const play = (times: Float64Array): number => {
    engine.reset();
    let sum = 0;
    for (let i = 0; i < blocks; i++) {
      const before = performance.now();
      engine.process(inputs[i] as Float32Array, output);
      times[i] = performance.now() - before;
      for (let n = 0; n < blockSamples; n++) sum += Math.abs(output[n] as number);
    }
    return sum;
  };
  const expected = play(new Float64Array(blocks));
  if (!(expected > 0 && expected < 1e9))
    throw new Error(`bug: ${workload.id} plays nothing: its output sums to ${expected}`);
  return {
    round: async ({ seconds }) => {
      const blockMilliseconds: number[] = [];
      let spent = 0;
      const used = ownSeconds();
      do {
        const times = new Float64Array(blocks);
        const sum = play(times);
        if (sum !== expected) throw new Error(`bug: ${workload.id} played ${sum}, ${expected} before`);
        for (const time of times) {
          blockMilliseconds.push(time);
          spent += time;
        }
      } while (spent < 1000 * seconds);
      const processorSeconds = ownSeconds() - used;
      const samples = blockMilliseconds.length * blockSamples;
      return { samples, seconds: spent / 1000, processorSeconds, blockMilliseconds };
    },
    close: async () => {},
  };
}
