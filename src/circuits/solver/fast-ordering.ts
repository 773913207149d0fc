/** A pivot order for a sparse matrix whose numbers change, and what stands where after factoring. */
export interface PivotOrder {
  /** Row and column of each pivot, in order. */
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /** Per pivot: the columns of its row behind the pivot, in order of their pivots. */
  readonly rest: readonly (readonly number[])[];
  /** Per pivot: the rows below that hold its column. */
  readonly below: readonly (readonly number[])[];
  /** Per row: all columns that it holds at some time, in order of their pivots. */
  readonly held: readonly (readonly number[])[];
}

/** A pivot is at least this share of the largest number left in its row, in every sample; less where that leaves none. */
const shares = [1e-3, 1e-6, 0];

/**
 * Chooses pivots that create little fill-in (Markowitz) and are fit in several samples of the matrix.
 *
 * @param size - Rows and columns.
 * @param options.pattern - Places that may differ from 0, per row.
 * @param options.samples - Matrices `[size, size]` with numbers as they occur; overwritten.
 */
export function orderPivots(
  size: number,
  { pattern, samples }: { readonly pattern: readonly ReadonlySet<number>[]; readonly samples: readonly Float64Array[] },
): PivotOrder {
  const left = pattern.map((columns) => new Set(columns));
  const held = pattern.map((columns) => new Set(columns));
  const openRows = new Set(left.keys());
  const openColumns = new Set(left.keys());
  const rows: number[] = [];
  const columns: number[] = [];
  const below: number[][] = [];
  for (let k = 0; k < size; k++) {
    const [row, column] = choose(size, { left, openRows, openColumns, samples });
    rows.push(row);
    columns.push(column);
    openRows.delete(row);
    openColumns.delete(column);
    const lower = [...openRows].filter((other) => left[other]!.has(column));
    below.push(lower);
    for (const other of lower) {
      left[other]!.delete(column);
      for (const next of left[row]!) {
        if (next === column) continue;
        left[other]!.add(next);
        held[other]!.add(next);
      }
      for (const a of samples) subtract(a, size, { row, other, column });
    }
  }
  const turn = new Map(columns.map((column, k) => [column, k]));
  const inOrder = (set: Iterable<number>) => [...set].sort((a, b) => turn.get(a)! - turn.get(b)!);
  return {
    rows,
    columns,
    rest: rows.map((row, k) => inOrder(held[row]!).filter((column) => turn.get(column)! > k)),
    below,
    held: held.map(inOrder),
  };
}

function subtract(
  a: Float64Array,
  size: number,
  { row, other, column }: { readonly row: number; readonly other: number; readonly column: number },
): void {
  const factor = a[other * size + column]! / a[row * size + column]!;
  if (!Number.isFinite(factor) || factor === 0) return;
  for (let j = 0; j < size; j++) a[other * size + j]! -= factor * a[row * size + j]!;
  a[other * size + column] = 0;
}

function choose(
  size: number,
  {
    left,
    openRows,
    openColumns,
    samples,
  }: {
    readonly left: readonly ReadonlySet<number>[];
    readonly openRows: ReadonlySet<number>;
    readonly openColumns: ReadonlySet<number>;
    readonly samples: readonly Float64Array[];
  },
): readonly [number, number] {
  const heights = new Map<number, number>();
  for (const row of openRows) for (const column of left[row]!) heights.set(column, (heights.get(column) ?? 0) + 1);
  const candidates: { row: number; column: number; share: number; cost: number }[] = [];
  for (const row of openRows) {
    const largest = samples.map((a) => {
      let most = 0;
      for (const column of left[row]!) most = Math.max(most, Math.abs(a[row * size + column]!));
      return most;
    });
    for (const column of left[row]!) {
      if (!openColumns.has(column)) continue;
      let share = Number.POSITIVE_INFINITY;
      samples.forEach((a, s) => {
        share = Math.min(share, Math.abs(a[row * size + column]!) / largest[s]!);
      });
      const cost = (left[row]!.size - 1) * (heights.get(column)! - 1);
      candidates.push({ row, column, share: Number.isNaN(share) ? 0 : share, cost });
    }
  }
  for (const smallest of shares) {
    let best: (typeof candidates)[number] | undefined;
    for (const candidate of candidates) {
      if (candidate.share < smallest) continue;
      if (best && (candidate.cost > best.cost || (candidate.cost === best.cost && candidate.share <= best.share)))
        continue;
      best = candidate;
    }
    if (best) return [best.row, best.column];
  }
  // Nothing is left in the open rows: any pair will do, since the way with row exchanges is taken.
  return [openRows.values().next().value!, openColumns.values().next().value!];
}
