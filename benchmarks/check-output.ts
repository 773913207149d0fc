import { errorToSignalRatio } from "../src/metrics/index.ts";
import type { Contender } from "./contender.ts";

/** Circuits: a peer or we ourselves being further off than this is another circuit, not another length of steps. */
const largestErrorDb = -35;

/**
 * Holds contenders to the same work. Analysis gives the same numbers as far as float32 rounds, measured by the largest of
 * them; circuits are held to the peer's reference.
 */
export function checkSameOutput(id: string, [ours, theirs]: readonly Contender[]): void {
  if (ours?.output === undefined || theirs?.output === undefined) return;
  const { output: expected } = theirs;
  if (ours.output.length !== expected.length) {
    throw new Error(`bug: ${id} gives ${ours.output.length} numbers here, ${expected.length} there`);
  }
  if (theirs.reference !== undefined) {
    for (const contender of [ours, theirs]) {
      const { errorToSignalDb = 0 } = errorToReferenceDb(contender, theirs.reference);
      if (errorToSignalDb < largestErrorDb) continue;
      const whose = contender === ours ? "ours" : "the peer's";
      throw new Error(
        `bug: ${id} is not the same work: ${whose} is ${errorToSignalDb.toFixed(1)} dB off the reference`,
      );
    }
    return;
  }
  let [largest, difference] = [0, 0];
  for (const [n, value] of ours.output.entries()) {
    largest = Math.max(largest, Math.abs(expected[n] as number));
    difference = Math.max(difference, Math.abs(value - (expected[n] as number)));
  }
  if (difference < 1e-4 * largest) return;
  throw new Error(`bug: ${id} is not the same work: results differ by ${difference}, the largest is ${largest}`);
}

/** Error-to-signal ratio in dB over the samples that the reference has; nothing where one of the two is not there. */
export function errorToReferenceDb(
  contender: Contender | undefined,
  reference: Contender["reference"],
): { readonly errorToSignalDb?: number } {
  if (contender?.output === undefined || reference === undefined) return {};
  const { output } = reference;
  return { errorToSignalDb: 10 * Math.log10(errorToSignalRatio(contender.output.subarray(0, output.length), output)) };
}
