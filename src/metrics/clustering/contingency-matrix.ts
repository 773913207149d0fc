import { checkLists, TonewrightError } from "../../errors/index.ts";
import { type Label, type LabelList, sortedLabels } from "../classification/labels.ts";
import { readLabels } from "../classification/targets.ts";

/** How many samples of each class lie in which cluster. */
export interface ContingencyMatrix {
  /** The class of each row, sorted. */
  readonly classes: readonly Label[];
  /** The cluster of each column, sorted. */
  readonly clusters: readonly Label[];
  /** Shape `[classes, clusters]`, row after row. */
  readonly values: Float64Array;
}

/**
 * Contingency matrix: how many samples of each class lie in which cluster.
 *
 * Unlike a confusion matrix it is not square, and its diagonal means nothing, as the names of clusters do not.
 *
 * @param truth - Class of each sample, shape `[samples]`.
 * @param clusters - Cluster of each sample, shape `[samples]`.
 * @returns Counts with the labels of their rows and columns.
 * @throws TonewrightError `empty-input`, `length-mismatch`, `invalid-label`, `mixed-labels`.
 * @see scikit-learn 1.9 `contingency_matrix`
 */
export function contingencyMatrix(truth: LabelList, clusters: LabelList): ContingencyMatrix {
  checkLists("contingencyMatrix(truth, clusters)", { truth, clusters });
  const metric = "contingencyMatrix";
  const { cells, classes, clusters: columns } = countTogether(metric, truth, clusters);
  if (classes.length === 0) {
    throw new TonewrightError("empty-input", `${metric}: there are no samples`, "give at least one sample");
  }
  const values = new Float64Array(classes.length * columns.length);
  for (const { row, column, count } of cells) values[row * columns.length + column] = count;
  return { classes, clusters: columns, values };
}

/** The cells of a contingency matrix that hold samples. */
export interface Contingency {
  readonly samples: number;
  readonly classes: readonly Label[];
  readonly clusters: readonly Label[];
  /** Samples of each class. */
  readonly rowSums: Float64Array;
  /** Samples of each cluster. */
  readonly columnSums: Float64Array;
  /** In the order of rows, then columns. */
  readonly cells: readonly { readonly row: number; readonly column: number; readonly count: number }[];
}

/** As `contingencyMatrix`, for any number of samples, also none. @throws TonewrightError as `contingencyMatrix`. */
export function countTogether(metric: string, truth: LabelList, clusters: LabelList): Contingency {
  if (truth.length !== clusters.length) {
    throw new TonewrightError(
      "length-mismatch",
      `${metric}: ${truth.length} true labels, ${clusters.length} clusters`,
      "give one cluster for every true label, in the same order",
    );
  }
  const rows = encode(metric, truth, "truth");
  const columns = encode(metric, clusters, "clusters");
  const counts = new Map<number, number>();
  const rowSums = new Float64Array(rows.labels.length);
  const columnSums = new Float64Array(columns.labels.length);
  for (const [n, row] of rows.codes.entries()) {
    const cell = row * columnSums.length + columns.codes[n]!;
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
    rowSums[row]! += 1;
    columnSums[columns.codes[n]!]! += 1;
  }
  const cells = [...counts].sort(([a], [b]) => a - b);
  return {
    samples: truth.length,
    classes: rows.labels,
    clusters: columns.labels,
    rowSums,
    columnSums,
    cells: cells.map(([cell, count]) => ({
      row: Math.floor(cell / columnSums.length),
      column: cell % columnSums.length,
      count,
    })),
  };
}

/**
 * Labels as positions in the sorted list of those that occur. @throws TonewrightError `invalid-label`, `mixed-labels`.
 */
export function encode(
  metric: string,
  labels: LabelList,
  name: string,
): { readonly labels: readonly Label[]; readonly codes: Int32Array } {
  if (labels.length === 0) return { labels: [], codes: new Int32Array(0) };
  const list = readLabels(metric, labels, name);
  const present = sortedLabels(list);
  const position = new Map(present.map((label, k) => [label, k]));
  return { labels: present, codes: Int32Array.from(list, (label) => position.get(label)!) };
}
