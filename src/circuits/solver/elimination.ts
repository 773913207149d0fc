import { TonewrightError } from "../../errors/index.ts";
import type { Entry } from "./equations.ts";

/**
 * A linear system taken apart: what never changes is eliminated once, what nonlinear elements touch stays as a small dense
 * block.
 *
 * To solve for a right side `b`: `b[to] -= value * b[from]` for every forward step in order; solve the block, whose right
 * side is `b[rows[p]]`, for the unknowns `columns[p]`; then every pivot backwards.
 */
export interface Elimination {
  readonly forward: { readonly to: Int32Array; readonly from: Int32Array; readonly value: Float64Array };
  readonly block: {
    readonly size: number;
    readonly rows: Int32Array;
    readonly columns: Int32Array;
    /** Shape `[size, size]`. */
    readonly matrix: Float64Array;
  };
  /** In the order of solving: `x[column] = inverse * (b[row] - sum of value * x[unknown])`. */
  readonly backward: {
    readonly row: Int32Array;
    readonly column: Int32Array;
    readonly inverse: Float64Array;
    /** Where the terms of each begin, and the end of the last. */
    readonly start: Int32Array;
    readonly unknown: Int32Array;
    readonly value: Float64Array;
  };
}

/** A pivot is at least this share of the largest number of its row. */
const smallestShare = 1e-3;

/**
 * Eliminates all unknowns but those kept, with a pivot order that creates little fill-in (Markowitz).
 *
 * Kept indices stand at the same place among the block's rows and columns. Rows and columns without a usable pivot
 * join the block.
 *
 * @param entries - Values at the same place add up.
 * @param options.keep - Equations (and unknowns of the same index) that nonlinear elements touch.
 * @param options.keepColumns - Unknowns that they touch, where these are others than the equations.
 */
export function eliminate(
  entries: readonly Entry[],
  {
    size,
    keep,
    keepColumns = keep,
  }: { readonly size: number; readonly keep: ReadonlySet<number>; readonly keepColumns?: ReadonlySet<number> },
): Elimination {
  const rows = Array.from({ length: size }, () => new Map<number, number>());
  const columns = Array.from({ length: size }, () => new Set<number>());
  for (const { row, column, value } of entries) {
    rows[row]!.set(column, (rows[row]!.get(column) ?? 0) + value);
    columns[column]!.add(row);
  }
  const openRows = new Set(Array.from({ length: size }, (_, k) => k).filter((k) => !keep.has(k)));
  const openColumns = new Set(Array.from({ length: size }, (_, k) => k).filter((k) => !keepColumns.has(k)));
  const restRows = new Set(Array.from({ length: size }, (_, k) => k));
  const forward: { to: number; from: number; value: number }[] = [];
  const pivots: { row: number; column: number }[] = [];
  for (;;) {
    const pivot = bestPivot(rows, columns, { openRows, openColumns, restRows });
    if (pivot === undefined) break;
    pivots.push(pivot);
    openRows.delete(pivot.row);
    openColumns.delete(pivot.column);
    restRows.delete(pivot.row);
    const source = rows[pivot.row]!;
    const divisor = source.get(pivot.column)!;
    for (const to of columns[pivot.column]!) {
      if (!restRows.has(to)) continue;
      const target = rows[to]!;
      const factor = (target.get(pivot.column) ?? 0) / divisor;
      target.delete(pivot.column);
      if (factor === 0) continue;
      forward.push({ to, from: pivot.row, value: factor });
      for (const [column, value] of source) {
        if (column === pivot.column) continue;
        target.set(column, (target.get(column) ?? 0) - factor * value);
        columns[column]!.add(to);
      }
    }
  }
  return assemble({ rows, pivots, forward, keep, keepColumns, openRows, openColumns });
}

interface Open {
  readonly openRows: ReadonlySet<number>;
  readonly openColumns: ReadonlySet<number>;
  readonly restRows: ReadonlySet<number>;
}

function bestPivot(
  rows: readonly ReadonlyMap<number, number>[],
  columns: readonly ReadonlySet<number>[],
  { openRows, openColumns, restRows }: Open,
): { row: number; column: number } | undefined {
  const heights = new Map<number, number>();
  const heightOf = (column: number) => {
    let height = heights.get(column);
    if (height === undefined) {
      height = 0;
      for (const row of columns[column]!) if (restRows.has(row) && (rows[row]!.get(column) ?? 0) !== 0) height++;
      heights.set(column, height);
    }
    return height;
  };
  let best: { row: number; column: number } | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  let bestSize = 0;
  for (const row of openRows) {
    const values = rows[row]!;
    let largest = 0;
    let width = 0;
    for (const value of values.values()) {
      largest = Math.max(largest, Math.abs(value));
      if (value !== 0) width++;
    }
    for (const [column, value] of values) {
      const share = Math.abs(value) / largest;
      if (!openColumns.has(column) || value === 0 || share < smallestShare) continue;
      const cost = (width - 1) * (heightOf(column) - 1);
      if (cost > bestCost || (cost === bestCost && share <= bestSize)) continue;
      best = { row, column };
      bestCost = cost;
      bestSize = share;
    }
  }
  return best;
}

interface Parts {
  readonly rows: readonly ReadonlyMap<number, number>[];
  readonly pivots: readonly { readonly row: number; readonly column: number }[];
  readonly forward: readonly { readonly to: number; readonly from: number; readonly value: number }[];
  readonly keep: ReadonlySet<number>;
  readonly keepColumns: ReadonlySet<number>;
  readonly openRows: ReadonlySet<number>;
  readonly openColumns: ReadonlySet<number>;
}

function assemble({ rows, pivots, forward, keep, keepColumns, openRows, openColumns }: Parts): Elimination {
  const inOrder = (kept: ReadonlySet<number>) => Array.from(kept).sort((a, b) => a - b);
  const blockRows = [...inOrder(keep), ...openRows];
  const blockColumns = [...inOrder(keepColumns), ...openColumns];
  if (blockRows.length !== blockColumns.length) throw new Error("bug: a block that is not square");
  const size = blockRows.length;
  const placeOf = new Map(blockColumns.map((column, p) => [column, p]));
  const matrix = new Float64Array(size * size);
  for (const [p, row] of blockRows.entries()) {
    for (const [column, value] of rows[row]!) {
      const place = placeOf.get(column);
      if (place === undefined) throw new Error("bug: an eliminated unknown in the block");
      matrix[p * size + place] = value;
    }
  }
  const backwards = pivots.toReversed();
  const start = [0];
  const unknown: number[] = [];
  const value: number[] = [];
  for (const { row, column } of backwards) {
    for (const [other, entry] of rows[row]!) {
      if (other === column || entry === 0) continue;
      unknown.push(other);
      value.push(entry);
    }
    start.push(unknown.length);
  }
  return {
    forward: {
      to: Int32Array.from(forward, ({ to }) => to),
      from: Int32Array.from(forward, ({ from }) => from),
      value: Float64Array.from(forward, ({ value: factor }) => factor),
    },
    block: { size, rows: Int32Array.from(blockRows), columns: Int32Array.from(blockColumns), matrix },
    backward: {
      row: Int32Array.from(backwards, ({ row }) => row),
      column: Int32Array.from(backwards, ({ column }) => column),
      inverse: Float64Array.from(backwards, ({ row, column }) => 1 / rows[row]!.get(column)!),
      start: Int32Array.from(start),
      unknown: Int32Array.from(unknown),
      value: Float64Array.from(value),
    },
  };
}

/**
 * Overwrites the right side `b` with the solution of a dense system, by elimination with row exchanges; `a` is overwritten.
 *
 * @returns -1 where there is one solution, else the first unknown that nothing decides.
 */
export function solveDense(size: number, a: Float64Array, b: Float64Array): number {
  for (let k = 0; k < size; k++) {
    let pivot = k;
    for (let i = k + 1; i < size; i++) {
      if (Math.abs(a[i * size + k]!) > Math.abs(a[pivot * size + k]!)) pivot = i;
    }
    const divisor = a[pivot * size + k]!;
    if (!(Math.abs(divisor) > 0 && Math.abs(divisor) < Number.POSITIVE_INFINITY)) return k;
    if (pivot !== k) {
      for (let j = k; j < size; j++) {
        const value = a[k * size + j]!;
        a[k * size + j] = a[pivot * size + j]!;
        a[pivot * size + j] = value;
      }
      const value = b[k]!;
      b[k] = b[pivot]!;
      b[pivot] = value;
    }
    for (let i = k + 1; i < size; i++) {
      const factor = a[i * size + k]! / divisor;
      if (factor === 0) continue;
      for (let j = k + 1; j < size; j++) a[i * size + j]! -= factor * a[k * size + j]!;
      b[i]! -= factor * b[k]!;
    }
  }
  for (let k = size - 1; k >= 0; k--) {
    let sum = b[k]!;
    for (let j = k + 1; j < size; j++) sum -= a[k * size + j]! * b[j]!;
    b[k] = sum / a[k * size + k]!;
  }
  return -1;
}

/** The error for equations without one solution. @param unknowns - Among which the fault is, where that is known. */
export function singularCircuit(unknowns?: string): TonewrightError {
  return new TonewrightError(
    "singular-circuit",
    `the circuit's equations have no single solution${unknowns === undefined ? "" : `: they do not decide ${unknowns}`}`,
    "look for a loop of voltage sources or inductors, a current source without a path, resistors that cancel, or a node that only capacitors reach",
  );
}
