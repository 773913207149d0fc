import { checkLists, checkOptions } from "../../errors/index.ts";
import { requireWhole } from "../options.ts";
import { readTable, type Table } from "../table.ts";
import { cutTree } from "./cut-tree.ts";
import { type Linkage, type Merge, mergeTree } from "./linkage.ts";

/** A tree of merges and its cut. Plain JSON. */
export interface Agglomerative {
  readonly kind: "agglomerative";
  readonly linkage: Linkage;
  /** Cluster of each row, shape `[samples]`, from 0. */
  readonly labels: readonly number[];
  /** The whole tree, nearest first, shape `[samples - 1]`: what a dendrogram draws. */
  readonly merges: readonly Merge[];
}

/**
 * Clusters by joining the two nearest again and again until so many are left.
 *
 * It cannot place new rows. Memory and time grow with the square of the number of rows: 10,000 rows take 400 MB.
 *
 * @param table - Shape `[samples][features]`, at least 2 rows.
 * @param options.clusters - How many are left.
 * @param options.linkage - `ward` by default.
 * @throws TonewrightError `too-few-rows` if there are fewer rows than clusters; `bad-option`, `empty-table`,
 * `ragged-table`, `non-finite-values`.
 * @see scikit-learn 1.9 AgglomerativeClustering (Euclidean, no connectivity), cluster numbers included
 */
export function fitAgglomerative(
  table: Table,
  options: { readonly clusters: number; readonly linkage?: Linkage },
): Agglomerative {
  checkLists("fitAgglomerative(table, options)", { table });
  checkOptions("fitAgglomerative(table, options)", options, { clusters: true, linkage: false });
  const { clusters, linkage = "ward" } = options;
  requireWhole("fitAgglomerative: clusters", clusters);
  const rows = readTable("fitAgglomerative", table, { minimumRows: Math.max(2, clusters) });
  const merges = mergeTree(rows, linkage);
  return { kind: "agglomerative", linkage, labels: cutTree(merges, clusters), merges };
}
