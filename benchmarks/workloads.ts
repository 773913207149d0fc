import type { Architecture } from "../src/modelfile/index.ts";
import { presetArchitecture } from "../src/modelfile/index.ts";

/** A full training step: forward, squared error, backward, Adam. Samples are target samples. */
export interface TrainingWorkload {
  readonly kind: "train";
  readonly id: string;
  readonly architecture: Architecture;
  readonly threads: number;
  /** Sequences per step, samples per sequence and step, steps per sequence (the state is carried), shards of the batch. */
  readonly batch: number;
  readonly chunkLength: number;
  readonly chunks: number;
  readonly shards: number;
}

/** One voice in blocks, as a sound card asks for them. */
export interface StreamingWorkload {
  readonly kind: "stream";
  readonly id: string;
  readonly architecture: Architecture;
  readonly threads: 1;
  readonly blockSamples: number;
  readonly blocks: number;
  readonly sampleRate: number;
}

export type Workload = TrainingWorkload | StreamingWorkload;

const recurrentStep = { batch: 40, chunkLength: 1024, chunks: 8, shards: 2 };
const waveNetStep = { batch: 16, chunkLength: 8192, chunks: 1, shards: 16 };
const stream = { threads: 1, blockSamples: 128, blocks: 2000, sampleRate: 48_000 } as const;

/** Everything that is measured, in the order of the table. */
export function allWorkloads({ threads }: { threads: readonly number[] }): Workload[] {
  const training = (model: string, step: typeof recurrentStep): TrainingWorkload[] =>
    threads.map((count) => ({
      kind: "train",
      id: `${model}-train`,
      architecture: presetArchitecture(model),
      threads: count,
      ...step,
    }));
  const streaming = (model: string): StreamingWorkload => ({
    kind: "stream",
    id: `${model}-stream`,
    architecture: presetArchitecture(model),
    ...stream,
  });
  return [
    ...training("lstm-32", recurrentStep),
    ...training("wavenet-standard", waveNetStep),
    ...training("gru-8", recurrentStep),
    ...["lstm-32", "wavenet-standard", "lstm-16", "wavenet-feather"].map(streaming),
  ];
}

/** The ids of all workloads. */
export const workloadIds: readonly string[] = [...new Set(allWorkloads({ threads: [1] }).map(({ id }) => id))];
