/** realtime: runs a model document on live audio without allocating; the AudioWorklet processor and node. */

export { createEngine, renderSignal } from "./create-engine.ts";
export type { Engine } from "./engine.ts";
