import type { Contender, Job } from "./contender.ts";

/** Whom this project can be compared with. */
export const peerNames = ["pytorch", "librosa", "pffft", "ngspice"] as const;
export type PeerName = (typeof peerNames)[number];

/** What a peer says of itself. */
export interface PeerDescription {
  readonly id: PeerName;
  /** For people. */
  readonly name: string;
  readonly version: string;
  readonly libraries: string;
  /** The name of the Python it runs in, if it does. */
  readonly python?: string;
}

/** A peer that is there. */
export interface FoundPeer extends PeerDescription {
  /** Gets ready for a workload, or returns `undefined` if it cannot do that one. */
  readonly prepare: (job: Job, options: { readonly threads: number }) => Promise<Contender | undefined>;
}

/** A peer that is not, and why. */
export interface MissingPeer {
  readonly id: PeerName;
  readonly name: string;
  readonly missing: string;
}
