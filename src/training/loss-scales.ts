import type { Example } from "../datasets/index.ts";
import { type LossTerm, lossFilters } from "../nn/index.ts";

/**
 * The scale of each loss term: its weight over what the target itself measures, for one batch.
 *
 * A squared term becomes a share of the error-to-signal ratio of the whole training set: the batch's sums are divided by
 * the expected energy of a batch, not by its own, so quiet batches count as little as they do in the final score.
 *
 * @param options - `samples`: target samples of a full batch; `columns`: its sequences.
 */
export function lossScales(
  terms: readonly LossTerm[],
  {
    wet,
    examples,
    samples,
    columns,
  }: { wet: Float32Array; examples: readonly Example[]; samples: number; columns: number },
): (LossTerm & { scale: number })[] {
  return terms.map((term) => {
    const { power, magnitude } = targetMeans(wet, examples, term);
    if (term.measure === "absolute") return { ...term, scale: term.weight / (samples * magnitude) };
    return { ...term, scale: term.weight / ((term.measure === "dc" ? columns : samples) * power) };
  });
}

function targetMeans(
  wet: Float32Array,
  examples: readonly Example[],
  { filter }: LossTerm,
): { power: number; magnitude: number } {
  let [power, magnitude, count] = [0, 0, 0];
  for (const { scoreFrom, end } of examples) {
    let last = wet[scoreFrom] ?? 0;
    let blocked = 0;
    for (let n = scoreFrom; n < end; n++) {
      const now = wet[n] ?? 0;
      let value = now;
      if (filter === "pre-emphasis") value = now - lossFilters.preEmphasis * last;
      if (filter === "dc-block") {
        blocked = now - last + lossFilters.dcBlockPole * blocked;
        value = blocked;
      }
      last = now;
      power += value * value;
      magnitude += Math.abs(value);
    }
    count += end - scoreFrom;
  }
  // A silent target is refused before training; a filtered one can still be (a pure offset), and then counts nothing.
  return { power: Math.max(power / count, 1e-30), magnitude: Math.max(magnitude / count, 1e-30) };
}
