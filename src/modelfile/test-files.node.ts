import { existsSync, readFileSync } from "node:fs";

/** For tests only: files of `fixtures/modelfile`, and the conformance data beside the repository, if they are there. */
const fixtures = new URL("../../fixtures/modelfile/", import.meta.url);
const shared = new URL("../../../shared/data/conformance/", import.meta.url);

/** True if this machine has the conformance data; a test that needs them is skipped otherwise. */
export const hasSharedData = existsSync(shared);

/** The bytes of a conformance file. */
export function readShared(path: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(path, shared)));
}

/** The bytes of a fixture of this door. */
export function readFixture(path: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(path, fixtures)));
}

/** Raw little-endian float32. */
export function floatsOf(bytes: Uint8Array): Float32Array {
  return new Float32Array(bytes.slice().buffer);
}

/** Energy of the difference over energy of the target. */
export function esr(found: ArrayLike<number>, target: ArrayLike<number>): number {
  let error = 0;
  let energy = 0;
  for (let n = 0; n < target.length; n++) {
    error += ((found[n] ?? 0) - (target[n] ?? 0)) ** 2;
    energy += (target[n] ?? 0) ** 2;
  }
  return error / energy;
}
