import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import { marginSums, tabulate } from "./confusion-matrix.ts";
import type { LabelList } from "./labels.ts";
import { type ClassTargets, readSingleLabelTargets } from "./targets.ts";

/** What a disagreement costs, by how far apart the classes stand in the order of the labels. */
export type KappaWeighting = "none" | "linear" | "quadratic";

/**
 * Cohen's kappa: agreement of two raters beyond what their own habits would give by chance.
 *
 * The two sides may be swapped. With weights, the distance of two classes is that of their places in `labels` and not
 * of their values: give ordered grades in their order, as text labels sort by alphabet.
 *
 * @param first - Class of each sample by the first rater, shape `[samples]`.
 * @param second - Class of each sample by the second rater, shape `[samples]`.
 * @param options.weights - "none" (every disagreement costs the same, the default), "linear" or "quadratic".
 * @param options.labels - Which classes, in which order; samples with another class are left out. All that occur,
 * sorted, if left out.
 * @param options.sampleWeights - Shape `[samples]`, not negative.
 * @param options.onUndefined - Called with a sentence if chance alone agrees fully, so that kappa is 0/0.
 * @returns From -1 to 1; 0 is agreement by chance; NaN where undefined (both raters name one and the same class only).
 * @throws TonewrightError `empty-input`, `length-mismatch`, `invalid-label`, `mixed-labels`, `mixed-targets`,
 * `invalid-indicator`, `invalid-weight`, `duplicate-label`, `bad-option`; `unsupported-targets` for several labels per
 * sample; `unknown-label` if the first rater has none of `labels`.
 * @see Cohen 1960, https://doi.org/10.1177/001316446002000104; scikit-learn 1.9 `cohen_kappa_score`.
 */
export function cohenKappa(
  first: ClassTargets,
  second: ClassTargets,
  options: {
    readonly weights?: KappaWeighting | undefined;
    readonly labels?: LabelList | undefined;
    readonly sampleWeights?: ArrayLike<number> | undefined;
    readonly onUndefined?: ((message: string) => void) | undefined;
  } = {},
): number {
  checkLists("cohenKappa(first, second, options)", { first, second });
  checkOptions("cohenKappa(first, second, options)", options, {
    weights: false,
    labels: false,
    sampleWeights: false,
    onUndefined: false,
  });
  const { weights = "none", labels, sampleWeights, onUndefined } = options;
  const metric = "cohenKappa";
  const cost = costOf(metric, weights);
  const matrix = tabulate(metric, readSingleLabelTargets(metric, first, second, sampleWeights), labels);
  const { rows, columns } = marginSums(matrix);
  const size = matrix.labels.length;
  const total = rows.reduce((sum, value) => sum + value, 0);
  let found = 0;
  let expected = 0; // times the total
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const distance = cost(row - column);
      found += distance * matrix.values[row * size + column]!;
      expected += distance * rows[row]! * columns[column]!;
    }
  }
  if (expected === 0) {
    const reason = total === 0 ? "no sample has one of the labels on both sides" : "both sides hold only one class";
    onUndefined?.(`${metric}: ${reason}, so it is 0/0 and NaN`);
    return Number.NaN;
  }
  return 1 - (found * total) / expected;
}

function costOf(metric: string, weights: KappaWeighting): (distance: number) => number {
  switch (weights) {
    case "none":
      return (distance) => (distance === 0 ? 0 : 1);
    case "linear":
      return Math.abs;
    case "quadratic":
      return (distance) => distance * distance;
    default:
      weights satisfies never;
      throw new TonewrightError(
        "bad-option",
        `${metric}: there is no weighting ${JSON.stringify(weights)}`,
        'choose "none", "linear" or "quadratic"',
      );
  }
}
