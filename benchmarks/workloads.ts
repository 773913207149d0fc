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

/** Features of a whole sound, from its samples to the finished table, with librosa's defaults. Samples are those of the sound. */
export interface FeatureWorkload {
  readonly kind: "features";
  readonly id: string;
  readonly feature: "mel" | "mfcc";
  readonly precision: "float32" | "float64";
  readonly threads: 1;
  readonly seconds: number;
  readonly sampleRate: number;
}

/** A whole sound at another rate. Samples are those that go in. */
export interface ResamplingWorkload {
  readonly kind: "resample";
  readonly id: string;
  readonly threads: 1;
  readonly seconds: number;
  readonly sampleRate: number;
  readonly toRate: number;
}

/** Real Fourier transforms in float32, one per call. Samples are those that go in: `size` per transform. */
export interface FourierWorkload {
  readonly kind: "fft";
  readonly id: string;
  readonly size: number;
  /** Which kernels; the fastest ones unless it is said. */
  readonly build?: "simd";
  /** Whether the samples are copied into the memory of the transform and the spectrum out of it. */
  readonly copied: boolean;
  readonly threads: 1;
}

/** A guitar through a circuit of the library, knobs as drawn. Samples are those of the sound, not of the solver. */
export interface CircuitWorkload {
  readonly kind: "circuit";
  readonly id: string;
  /** Its name in the library. */
  readonly circuit: string;
  /**
   * The transient of the oversampled sound alone, by the fast solver or by the plain one; or the whole of `simulateCircuit`
   * with oversampling there and back.
   */
  readonly part: "transient" | "plain-transient" | "sound";
  readonly threads: 1;
  readonly seconds: number;
  readonly sampleRate: number;
  readonly oversampling: number;
}

export type Workload =
  | TrainingWorkload
  | StreamingWorkload
  | FeatureWorkload
  | ResamplingWorkload
  | FourierWorkload
  | CircuitWorkload;

const recurrentStep = { batch: 40, chunkLength: 1024, chunks: 8, shards: 2 };
const waveNetStep = { batch: 16, chunkLength: 8192, chunks: 1, shards: 16 };
const stream = { threads: 1, blockSamples: 128, blocks: 2000, sampleRate: 48_000 } as const;
const minute = { threads: 1, seconds: 60 } as const;

const analysis: readonly Workload[] = [
  ...(["mel", "mfcc"] as const).flatMap((feature) =>
    (["float32", "float64"] as const).map((precision): FeatureWorkload => {
      const id = `${feature}-${feature === "mel" ? 128 : 20}${precision === "float32" ? "" : "-float64"}`;
      return { kind: "features", id, feature, precision, sampleRate: 22_050, ...minute };
    }),
  ),
  { kind: "resample", id: "resample-44100-22050", sampleRate: 44_100, toRate: 22_050, ...minute },
];

const transforms: readonly FourierWorkload[] = [
  { id: "rfft-2048", size: 2048, copied: false },
  { id: "rfft-2048-simd", size: 2048, copied: false, build: "simd" as const },
  { id: "rfft-2048-copied", size: 2048, copied: true },
  { id: "rfft-512", size: 512, copied: false },
  { id: "rfft-1920", size: 1920, copied: false },
  { id: "rfft-400", size: 400, copied: false },
].map((transform) => ({ kind: "fft", threads: 1, ...transform }));

const circuit = { kind: "circuit", threads: 1, seconds: 1, sampleRate: 48_000, oversampling: 8 } as const;
const measuredCircuits = ["diode-clipper", "tube-screamer", "big-muff", "triode-stage", "fuzz-face"];

const circuits: readonly CircuitWorkload[] = [
  ...measuredCircuits.map((name) => ({ ...circuit, id: `circuit-${name}`, circuit: name, part: "transient" as const })),
  ...measuredCircuits.map((name) => ({
    ...circuit,
    id: `circuit-${name}-sound`,
    circuit: name,
    part: "sound" as const,
  })),
  ...["diode-clipper", "tube-screamer"].map((name) => ({
    ...circuit,
    id: `circuit-${name}-plain`,
    circuit: name,
    part: "plain-transient" as const,
    seconds: 0.25,
  })),
];

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
    ...analysis,
    ...transforms,
    ...circuits,
  ];
}

/** The ids of all workloads. */
export const workloadIds: readonly string[] = [...new Set(allWorkloads({ threads: [1] }).map(({ id }) => id))];
