/** One measured stretch of work. */
export interface Round {
  readonly samples: number;
  readonly seconds: number;
  /** Processor time that the contender used, all threads together: shows whether others were running. */
  readonly processorSeconds: number;
  /** Processor time for what is not counted, such as starting a program. */
  readonly asideProcessorSeconds?: number;
  /** Training: the loss of the first step since `prepare`, from the same weights and data for every contender. */
  readonly firstLoss?: number;
  /** Training: the loss of the last step of this round. */
  readonly loss?: number;
  /** Streaming: time of every block, milliseconds. */
  readonly blockMilliseconds?: readonly number[];
}

/** Somebody who can do a workload: this project, or a peer. */
export interface Contender {
  /** Analysis: what comes out, the same for every contender as far as its rounding goes. Circuits: as far as its steps go. */
  readonly output?: Float32Array;
  /** Circuits: what the peer was set to. */
  readonly settings?: string;
  /** Circuits: the first samples as they come out with steps far shorter than those that are measured. */
  readonly reference?: { readonly settings: string; readonly output: Float32Array };
  /** Works until `seconds` have passed, one whole step, stream or sound at least. Throws if its own output is wrong. */
  round(options: { readonly seconds: number }): Promise<Round>;
  close(): Promise<void>;
}

/** What a peer has to know of a workload. Arrays travel to other processes as base64. */
export type Job = { readonly kind: string } & Readonly<Record<string, unknown>>;

/** A workload with its material: the same work for all who take part. */
export interface Task {
  readonly ours: () => Promise<Contender>;
  readonly job: () => Job;
}
