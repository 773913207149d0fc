/** training: the loop: fit, replicas, checkpoints, resume, events. */

export { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from "./checkpoint.ts";
export { Crew } from "./crew.ts";
export type { HistoryPoint, TrainingEvent, ValidationScores } from "./events.ts";
export { type FitOptions, type FitResult, fit } from "./fit.ts";
export { openLocalPool } from "./local-pool.ts";
export type { OpenPool } from "./protocol.ts";
export type { SequencePlan } from "./sequences.ts";
