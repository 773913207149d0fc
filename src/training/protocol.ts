import type { Architecture } from "../modelfile/index.ts";
import type { LossTerm } from "../nn/index.ts";
import type { KernelBuild } from "../tensor/index.ts";

/** What a replica is made from. Signals are already normalised. */
export interface ReplicaConfig {
  readonly architecture: Architecture;
  readonly build: KernelBuild;
  readonly dry: Float32Array;
  readonly wet: Float32Array;
  readonly shards: number;
  readonly lanesPerShard: number;
  readonly terms: (LossTerm & { readonly scale: number })[];
}

/** One shard of one training step. */
export interface ShardWork {
  readonly shard: number;
  /** First target sample of each lane's sequence. */
  readonly starts: readonly number[];
  /** Samples before `starts` that set the state (recurrent models, first chunk only). */
  readonly warmUp: number;
  /** Where in the sequence this chunk begins. */
  readonly offset: number;
  readonly length: number;
}

/** Audio to validate on: state of zeros at `start`, output counted in `[scoreFrom, end)`. */
export interface Piece {
  readonly start: number;
  readonly scoreFrom: number;
  readonly end: number;
}

/** Sums over one piece, in float64; `blocked` is after a DC blocker with pole 0.995. */
export interface PieceSums {
  readonly samples: number;
  /** Sum of the error itself, for its mean. */
  readonly errorSum: number;
  readonly error: number;
  readonly target: number;
  readonly blockedError: number;
  readonly blockedTarget: number;
}

/** One update of the weights, the same for every replica. */
export interface Update {
  readonly gradients: Float32Array;
  readonly rate: number;
  readonly step: number;
}

/** What a replica is asked; a pending update is applied first. */
export type ReplicaRequest =
  | { readonly type: "set"; readonly weights: Float32Array; readonly moments?: readonly [Float32Array, Float32Array] }
  | { readonly type: "work"; readonly update?: Update; readonly shards: readonly ShardWork[] }
  | { readonly type: "evaluate"; readonly update?: Update; readonly groups: readonly (readonly Piece[])[] }
  | { readonly type: "read"; readonly update?: Update };

/** What it answers. */
export type ReplicaReply =
  | { readonly type: "done" }
  | {
      readonly type: "gradients";
      readonly shards: readonly { readonly shard: number; readonly gradients: Float32Array; readonly loss: number }[];
    }
  | { readonly type: "evaluated"; readonly groups: readonly (readonly PieceSums[])[] }
  | {
      readonly type: "weights";
      readonly weights: Float32Array;
      readonly moments: readonly [Float32Array, Float32Array];
    }
  | { readonly type: "failed"; readonly code: string; readonly message: string; readonly hint: string };

/** Some replicas that work side by side. `ask` sends one request to each and waits for all. */
export interface ReplicaPool {
  readonly threads: number;
  ask(requests: readonly ReplicaRequest[]): Promise<ReplicaReply[]>;
  close(): Promise<void>;
}

/** Starts a pool: the platform's part (worker threads in Node, web workers in a browser, or none). */
export type OpenPool = (config: ReplicaConfig, options: { readonly threads: number }) => Promise<ReplicaPool>;
