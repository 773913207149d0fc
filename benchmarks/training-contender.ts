import { createModel } from "../src/models/index.ts";
import { createRandom, type KernelBuild } from "../src/tensor/index.ts";
import { Crew } from "../src/training/index.ts";
import { openWorkerPool } from "../src/training/index.node.ts";
import type { Contender } from "./contender.ts";
import { ownSeconds } from "./machine.ts";
import type { TrainingWorkload } from "./workloads.ts";

/** What all contenders train on, from the same start. */
export interface TrainingMaterial {
  readonly dry: Float32Array;
  readonly wet: Float32Array;
  readonly weights: Float32Array;
  /** First target sample of each sequence; `lookBack` samples of dry lie before it. */
  readonly starts: readonly number[];
  readonly lookBack: number;
  /** What the sum of squared errors is multiplied with: a step's loss is its error-to-signal ratio. */
  readonly lossScale: number;
}

export const learningRate = 1e-3;

/** Noise and the same noise through tanh, cut for a workload. */
export function trainingMaterial(workload: TrainingWorkload, { seed }: { seed: number }): TrainingMaterial {
  const { architecture, batch, chunkLength, chunks } = workload;
  const model = createModel(architecture);
  const lookBack = model.receptiveField - 1;
  const length = lookBack + chunks * chunkLength;
  const random = createRandom(seed);
  const dry = Float32Array.from({ length: batch * length }, () => 0.3 * random.normal());
  const wet = dry.map((x) => Math.tanh(3 * x));
  const energy = wet.reduce((sum, y) => sum + y * y, 0);
  return {
    dry,
    wet,
    weights: model.initialWeights(random),
    starts: Array.from({ length: batch }, (_, b) => b * length + lookBack),
    lookBack,
    lossScale: wet.length / energy / (batch * chunkLength),
  };
}

/** This project's trainer: the same replicas, messages and updates as a real run. */
export async function prepareTraining(
  workload: TrainingWorkload,
  { material, build }: { material: TrainingMaterial; build: KernelBuild },
): Promise<Contender> {
  const { architecture, threads, batch, chunkLength, chunks, shards } = workload;
  const { dry, wet, weights, starts, lookBack, lossScale } = material;
  const plan = { warmUp: lookBack > 0 ? lookBack : 0, chunks, chunkLength, batch, shards };
  const pool = await openWorkerPool(
    {
      architecture,
      build,
      dry,
      wet,
      shards,
      lanesPerShard: Math.ceil(batch / shards),
      terms: [{ measure: "squared", filter: "none", weight: 1, scale: lossScale }],
    },
    { threads },
  );
  const crew = new Crew(pool, plan);
  await crew.set(weights);
  let step = 0;
  let firstLoss: number | undefined;
  return {
    round: async ({ seconds }) => {
      const [began, used] = [performance.now(), ownSeconds()];
      let steps = 0;
      let loss = Number.NaN;
      do {
        const rates = { rate: learningRate, step: step + 1, gradientNormLimit: Number.POSITIVE_INFINITY };
        ({ loss } = await crew.step(starts, step % chunks, rates));
        firstLoss ??= loss;
        step++;
        steps++;
      } while (performance.now() - began < 1000 * seconds);
      const elapsed = (performance.now() - began) / 1000;
      if (!(loss < 10)) throw new Error(`bug: ${workload.id} does not learn: its loss is ${loss}`);
      const processorSeconds = ownSeconds() - used;
      return { samples: steps * batch * chunkLength, seconds: elapsed, processorSeconds, firstLoss, loss };
    },
    close: () => crew.close(),
  };
}
