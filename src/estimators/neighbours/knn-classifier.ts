import { checkLists, checkOptions } from "../../errors/index.ts";
import { encodeLabels, firstMaximum, type Label } from "../labels.ts";
import { requireWhole } from "../options.ts";
import { readTable, squaredDistance, type Table, typedRows } from "../table.ts";
import { nearestOf, type NeighbourWeights, neighbourWeights } from "./nearest-rows.ts";

/** The training rows and their classes. Plain JSON. */
export interface KnnClassifier<L extends Label = Label> {
  readonly kind: "knn-classifier";
  readonly neighbours: number;
  readonly weights: NeighbourWeights;
  /** Sorted. */
  readonly classes: readonly L[];
  /** Position of each row's class in `classes`, shape `[samples]`. */
  readonly codes: readonly number[];
  /** Shape `[samples][features]`. */
  readonly rows: readonly (readonly number[])[];
}

/** Options of the nearest-neighbour classifier and regressor. */
export interface KnnOptions {
  /** How many of the nearest rows decide; 5 by default. */
  readonly neighbours?: number;
  /** `uniform` by default, or `distance` for weights of 1 / distance. */
  readonly weights?: NeighbourWeights;
}

/**
 * A classifier by a vote of the nearest training rows, in Euclidean distance.
 *
 * Distances mix the units of the columns: scale them first.
 *
 * @param table - Shape `[samples][features]`.
 * @param labels - Class of each row, shape `[samples]`.
 * @returns For `predictKnnClasses` and `predictKnnProbabilities`. It holds the whole table.
 * @throws TonewrightError `too-few-rows` if there are fewer rows than neighbours; `length-mismatch`, `bad-label`,
 * `bad-option`, `empty-table`, `ragged-table`, `non-finite-values`.
 * @see scikit-learn 1.9 KNeighborsClassifier
 */
export function fitKnnClassifier<L extends Label>(
  table: Table,
  labels: readonly L[],
  options: KnnOptions = {},
): KnnClassifier<L> {
  checkLists("fitKnnClassifier(table, labels, options)", { table, labels });
  checkOptions("fitKnnClassifier(table, labels, options)", options, { neighbours: false, weights: false });
  const { neighbours = 5, weights = "uniform" } = options;
  requireWhole("fitKnnClassifier: neighbours", neighbours);
  const rows = readTable("fitKnnClassifier", table, { minimumRows: neighbours });
  const { classes, codes } = encodeLabels("fitKnnClassifier", labels, rows.length);
  return { kind: "knn-classifier", neighbours, weights, classes, codes, rows: rows.map((row) => [...row]) };
}

/**
 * The class most of the nearest rows have.
 *
 * Of classes with equally many votes the first in `classes` wins; of rows at equal distance, the first in the table
 * (scikit-learn leaves that to its search tree).
 *
 * @param model - From `fitKnnClassifier`.
 * @param table - Shape `[samples][features]`.
 * @returns Shape `[samples]`.
 * @throws TonewrightError `column-mismatch`; `empty-table`, `ragged-table`, `non-finite-values`.
 */
export function predictKnnClasses<L extends Label>(model: KnnClassifier<L>, table: Table): L[] {
  checkLists("predictKnnClasses(model, table)", { table });
  return predictKnnProbabilities(model, table).map((votes) => model.classes[firstMaximum(votes)]!);
}

/**
 * The share of the vote that each class gets.
 *
 * @param model - From `fitKnnClassifier`.
 * @param table - Shape `[samples][features]`.
 * @returns Shape `[samples][classes]`, in the order of `model.classes`; each row sums to 1.
 * @throws TonewrightError `column-mismatch`; `empty-table`, `ragged-table`, `non-finite-values`.
 */
export function predictKnnProbabilities(model: KnnClassifier, table: Table): Float64Array[] {
  checkLists("predictKnnProbabilities(model, table)", { table });
  const rows = readTable("predictKnnProbabilities", table, { columns: model.rows[0]!.length });
  const known = typedRows(model.rows);
  return rows.map((row) => {
    const squared = known.map((other) => squaredDistance(row, other));
    const { indices, distances } = nearestOf(squared, model.neighbours);
    const weight = neighbourWeights(distances, model.weights);
    const votes = new Float64Array(model.classes.length);
    for (const [k, n] of indices.entries()) votes[model.codes[n]!]! += weight[k]!;
    const total = votes.reduce((sum, vote) => sum + vote, 0);
    return votes.map((vote) => vote / total);
  });
}
