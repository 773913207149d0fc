import { TonewrightError } from "../../errors/index.ts";

/**
 * Weights of the samples as float64, or nothing if none are given.
 *
 * @throws TonewrightError `length-mismatch`; `invalid-weight` for one that is negative or not finite, or if all are
 * zero.
 */
export function readWeights(
  metric: string,
  sampleWeights: ArrayLike<number> | undefined,
  samples: number,
): Float64Array | undefined {
  if (sampleWeights === undefined) return undefined;
  if (sampleWeights.length !== samples) {
    throw new TonewrightError(
      "length-mismatch",
      `${metric}: ${samples} samples, ${sampleWeights.length} sample weights`,
      "give one weight for every sample",
    );
  }
  const weights = Float64Array.from(sampleWeights);
  const wrong = weights.findIndex((weight) => !(weight >= 0 && weight < Number.POSITIVE_INFINITY));
  if (wrong >= 0) {
    throw new TonewrightError(
      "invalid-weight",
      `${metric}: sample ${wrong} weighs ${sampleWeights[wrong]}`,
      "give weights that are finite and not negative",
    );
  }
  if (weights.every((weight) => weight === 0)) {
    throw new TonewrightError(
      "invalid-weight",
      `${metric}: all ${samples} sample weights are zero`,
      "give at least one sample a weight above zero",
    );
  }
  return weights;
}
