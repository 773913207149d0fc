import { checkLists, checkOptions } from "../../errors/index.ts";
import type { Random } from "../../kernels/index.ts";
import { requireNotNegative, requireWhole } from "../options.ts";
import { columnMeans, readTable, squaredDistance, subtractFromRows, type Table, typedRows } from "../table.ts";
import { spreadCentres } from "./k-means-plus-plus.ts";

/** Centres of clusters and which row belongs to which. Plain JSON. */
export interface KMeans {
  readonly kind: "k-means";
  /** Shape `[clusters][features]`. */
  readonly centres: readonly (readonly number[])[];
  /** Cluster of each fitted row, shape `[samples]`, from 0. */
  readonly labels: readonly number[];
  /** Sum of squared distances of the rows to their centres. */
  readonly inertia: number;
  readonly iterations: number;
  /** False if `maxIterations` ended the search while centres still moved. */
  readonly converged: boolean;
}

/** Where the search starts: at given centres, or at several seeded draws of which the best result is kept. */
export type KMeansStart =
  | {
      /** Shape `[clusters][features]`. */
      readonly centres: Table;
    }
  | {
      readonly clusters: number;
      /** From `createRandom(seed)`. */
      readonly random: Random;
      /** How many draws; 10 by default. */
      readonly starts?: number;
    };

interface KMeansStop {
  /** Squared movement of all centres that ends the search, relative to the mean variance of the columns; 1e-4. */
  readonly tolerance?: number;
  /** 300 by default. */
  readonly maxIterations?: number;
}

/** The options of both ways to start. */
type KMeansOptions = Extract<KMeansStart, { readonly centres: Table }> &
  Extract<KMeansStart, { readonly clusters: number }> &
  KMeansStop;

/**
 * Lloyd's k-means: rows belong to the nearest centre, centres are the means of their rows, until nothing moves.
 *
 * The result is a local minimum that depends on the start, and cluster numbers mean nothing: compare two clusterings with
 * the adjusted Rand index, not label by label. Distances mix the units of the columns: scale them first.
 *
 * @param table - Shape `[samples][features]`.
 * @param options.centres - To start there, once.
 * @param options.clusters - Or how many, with `random` for greedy k-means++ draws and `starts` of them.
 * @returns Also if `maxIterations` were not enough: see `converged`.
 * @throws TonewrightError `too-few-rows` if there are fewer rows than clusters; `bad-option`; `column-mismatch`,
 * `empty-table`, `ragged-table`, `non-finite-values`.
 * @see scikit-learn 1.9 KMeans (lloyd), empty clusters moved to the farthest row as there; its draws differ from ours.
 */
export function fitKMeans(table: Table, options: KMeansStart & KMeansStop): KMeans {
  checkLists("fitKMeans(table, options)", { table });
  const draws = !Object.hasOwn(options ?? {}, "centres");
  checkOptions<Partial<KMeansOptions>>("fitKMeans(table, options)", options, {
    ...{ centres: false, clusters: draws, random: draws, starts: false },
    ...{ tolerance: false, maxIterations: false },
  });
  const { tolerance = 1e-4, maxIterations = 300 } = options;
  requireNotNegative("fitKMeans: tolerance", tolerance);
  requireWhole("fitKMeans: maxIterations", maxIterations);
  const clusters = "centres" in options ? options.centres.length : options.clusters;
  if (!("centres" in options)) requireWhole("fitKMeans: clusters", clusters);
  const rows = readTable("fitKMeans", table, { minimumRows: clusters });
  const stop = { tolerance: tolerance * meanVariance(rows), maxIterations };
  if ("centres" in options) {
    return lloyd(rows, readTable("fitKMeans: centres", options.centres, { columns: rows[0]!.length }), stop);
  }
  const { random, starts = 10 } = options;
  requireWhole("fitKMeans: starts", starts);
  let best: KMeans | undefined;
  for (let start = 0; start < starts; start++) {
    const found = lloyd(rows, spreadCentres(rows, { clusters, random }), stop);
    if (best === undefined || found.inertia < best.inertia) best = found;
  }
  return best!;
}

/**
 * The nearest centre of each row, the first if two are equally near.
 *
 * @param model - From `fitKMeans`.
 * @param table - Shape `[samples][features]`.
 * @returns Shape `[samples]`, from 0.
 * @throws TonewrightError `column-mismatch`; `empty-table`, `ragged-table`, `non-finite-values`.
 */
export function predictKMeans(model: KMeans, table: Table): number[] {
  checkLists("predictKMeans(model, table)", { table });
  const { centres } = model;
  return nearestCentres(readTable("predictKMeans", table, { columns: centres[0]!.length }), typedRows(centres));
}

function lloyd(
  rows: readonly Float64Array[],
  start: readonly Float64Array[],
  { tolerance, maxIterations }: { readonly tolerance: number; readonly maxIterations: number },
): KMeans {
  let centres = start;
  let labels: number[] = [];
  let iterations = 0;
  let unchanged = false;
  let shift = Number.POSITIVE_INFINITY;
  while (iterations < maxIterations && !unchanged && shift > tolerance) {
    iterations += 1;
    const assigned = nearestCentres(rows, centres);
    const moved = clusterMeans(rows, assigned, centres);
    shift = moved.reduce((sum, centre, k) => sum + squaredDistance(centre, centres[k]!), 0);
    unchanged = assigned.every((cluster, n) => cluster === labels[n]);
    centres = moved;
    labels = assigned;
  }
  // The centres moved after the last assignment, unless nothing changed any more.
  if (!unchanged) labels = nearestCentres(rows, centres);
  return {
    kind: "k-means",
    centres: centres.map((centre) => [...centre]),
    labels,
    inertia: rows.reduce((sum, row, n) => sum + squaredDistance(row, centres[labels[n]!]!), 0),
    iterations,
    converged: unchanged || shift <= tolerance,
  };
}

function nearestCentres(rows: readonly Float64Array[], centres: readonly Float64Array[]): number[] {
  return rows.map((row) => {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (const [k, centre] of centres.entries()) {
      const distance = squaredDistance(row, centre);
      if (distance >= least) continue;
      best = k;
      least = distance;
    }
    return best;
  });
}

/** The mean of each cluster's rows. An empty cluster takes the row farthest from its centre away from that row's cluster. */
function clusterMeans(
  rows: readonly Float64Array[],
  labels: readonly number[],
  centres: readonly Float64Array[],
): Float64Array[] {
  const counts = centres.map(() => 0);
  const sums = centres.map((centre) => new Float64Array(centre.length));
  for (const [n, row] of rows.entries()) {
    counts[labels[n]!]! += 1;
    addTo(sums[labels[n]!]!, row, 1);
  }
  const empty = counts.flatMap((count, k) => (count === 0 ? [k] : []));
  if (empty.length > 0) {
    const distances = rows.map((row, n) => squaredDistance(row, centres[labels[n]!]!));
    const farthest = distances.map((_, n) => n).sort((a, b) => distances[b]! - distances[a]!);
    for (const [order, k] of empty.entries()) {
      const n = farthest[order]!;
      if (distances[n] === 0) break; // fewer different rows than clusters
      addTo(sums[labels[n]!]!, rows[n]!, -1);
      counts[labels[n]!]! -= 1;
      addTo(sums[k]!, rows[n]!, 1);
      counts[k] = 1;
    }
  }
  return sums.map((sum, k) => (counts[k]! > 0 ? sum.map((value) => value / counts[k]!) : centres[k]!));
}

function addTo(sum: Float64Array, row: Float64Array, sign: 1 | -1): void {
  for (let j = 0; j < sum.length; j++) sum[j]! += sign * row[j]!;
}

function meanVariance(rows: readonly Float64Array[]): number {
  const centred = subtractFromRows(rows, columnMeans(rows));
  const energy = centred.reduce((sum, row) => row.reduce((part, value) => part + value * value, sum), 0);
  return energy / (rows.length * rows[0]!.length);
}
