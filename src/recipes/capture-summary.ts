import type { Scores } from "../metrics/index.ts";
import type { Evaluation } from "./evaluation.ts";

/** What a capture found, as the command line's JSON document states it. */
export interface CaptureSummary {
  readonly model: { readonly architecture: string; readonly parameters: number };
  readonly data: {
    readonly sampleRate: number;
    readonly seconds: number;
    /** Samples by which the wet recording was later than the dry one. */
    readonly delaySamples: number;
    readonly polarity: 1 | -1;
  };
  /** Scored audio in each split, seconds. */
  readonly splits: { readonly train: number; readonly validation: number; readonly test: number };
  readonly scores: { readonly test: Scores };
  readonly baselines: Evaluation["baselines"];
  readonly training: {
    readonly steps: number;
    readonly epochs: number;
    readonly seconds: number;
    readonly samplesPerSecond: number;
    readonly threads: number;
    readonly shards: number;
  };
  readonly realtime: { readonly timesRealtime: number };
}
