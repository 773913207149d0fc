import { setFlagsFromString } from "node:v8";

/** Switches on relaxed SIMD where Node has it behind a flag (before 22). Call it before the first kernel is compiled. */
export function enableRelaxedSimd(): void {
  const major = Number.parseInt(process.versions.node, 10);
  if (major < 22) setFlagsFromString("--experimental-wasm-relaxed-simd");
}
