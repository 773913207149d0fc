import { lossFilters } from "../nn/index.ts";
import type { PieceSums } from "./protocol.ts";

/** Energies of error and target over one piece, as they are and after the DC blocker started at rest on the first sample. */
export function pieceSums(output: Float32Array, target: Float32Array): PieceSums {
  const pole = lossFilters.dcBlockPole;
  let [errorSum, error, energy, blockedError, blockedTarget] = [0, 0, 0, 0, 0];
  let [lastError, lastTarget, blockedE, blockedT] = [(output[0] ?? 0) - (target[0] ?? 0), target[0] ?? 0, 0, 0];
  for (let n = 0; n < target.length; n++) {
    const t = target[n] ?? 0;
    const e = (output[n] ?? Number.NaN) - t;
    errorSum += e;
    error += e * e;
    energy += t * t;
    blockedE = e - lastError + pole * blockedE;
    blockedT = t - lastTarget + pole * blockedT;
    blockedError += blockedE * blockedE;
    blockedTarget += blockedT * blockedT;
    lastError = e;
    lastTarget = t;
  }
  return { samples: target.length, errorSum, error, target: energy, blockedError, blockedTarget };
}
