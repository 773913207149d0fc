import { checkLists, checkOptions } from "../../errors/index.ts";
import { requirePositive, requireWhole } from "../options.ts";
import { readTable, squaredDistance, type Table } from "../table.ts";

/** Dense regions. Plain JSON. */
export interface Dbscan {
  readonly kind: "dbscan";
  /** Cluster of each row, shape `[samples]`: from 0, or -1 for noise. */
  readonly labels: readonly number[];
  /** Rows in the midst of their cluster, ascending. */
  readonly coreRows: readonly number[];
}

/**
 * Clusters as regions where rows lie densely; rows in no such region are noise.
 *
 * It cannot place new rows. `eps` is in the units of the columns: scale them first. Time grows with the square of the
 * number of rows, memory only with the number.
 *
 * @param table - Shape `[samples][features]`.
 * @param options.eps - Two rows are neighbours up to this Euclidean distance; 0.5 by default.
 * @param options.minSamples - A row is core if so many rows lie within `eps`, itself among them; 5 by default.
 * @returns Clusters are numbered by their first core row. A row within `eps` of two clusters belongs to the first.
 * @throws TonewrightError `bad-option`; `empty-table`, `ragged-table`, `non-finite-values`.
 * @see scikit-learn 1.9 DBSCAN; Ester et al. 1996
 */
export function fitDbscan(table: Table, options: { readonly eps?: number; readonly minSamples?: number } = {}): Dbscan {
  checkLists("fitDbscan(table, options)", { table });
  checkOptions("fitDbscan(table, options)", options, { eps: false, minSamples: false });
  const { eps = 0.5, minSamples = 5 } = options;
  requirePositive("fitDbscan: eps", eps);
  requireWhole("fitDbscan: minSamples", minSamples);
  const rows = readTable("fitDbscan", table);
  const neighboursOf = (n: number): number[] =>
    rows.flatMap((row, m) => (squaredDistance(row, rows[n]!) <= eps * eps ? [m] : []));
  const core = rows.map((_, n) => neighboursOf(n).length >= minSamples);
  const labels = rows.map(() => -1);
  let clusters = 0;
  for (const [seed, dense] of core.entries()) {
    if (!dense || labels[seed] !== -1) continue;
    labels[seed] = clusters;
    const pending = [seed];
    for (let n = pending.pop(); n !== undefined; n = pending.pop()) {
      if (!core[n]) continue;
      for (const m of neighboursOf(n)) {
        if (labels[m] !== -1) continue;
        labels[m] = clusters;
        pending.push(m);
      }
    }
    clusters += 1;
  }
  return { kind: "dbscan", labels, coreRows: core.flatMap((dense, n) => (dense ? [n] : [])) };
}
