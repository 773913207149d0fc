/** realtime: runs a model document on live audio without allocating; the AudioWorklet processor and node. */

export { createEngine, type Engine, renderSignal } from "./engine.ts";
