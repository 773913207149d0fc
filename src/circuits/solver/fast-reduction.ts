import { eliminate } from "./elimination.ts";
import type { Entry } from "./equations.ts";

/** Which equations a device writes into and which unknowns it reads, ground (-1) left out. */
export interface Touch {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/** What the reduction starts from, all in the numbering of the circuit's equations. */
export interface ReductionInput {
  readonly size: number;
  /** The constant matrix of a step: conductances and capacitances times the rate. */
  readonly entries: readonly Entry[];
  readonly capacitances: readonly Entry[];
  readonly touches: readonly Touch[];
  /** Unknowns that are listened to. */
  readonly outputs: readonly number[];
}

/** One unknown that follows from others: `x[column] = inverse * (b[row] - sum of value * x[unknown])`. */
export interface Pivot {
  readonly row: number;
  readonly column: number;
  readonly inverse: number;
  readonly terms: readonly { readonly unknown: number; readonly value: number }[];
}

/** A circuit's equations without what nobody needs and what can be solved outside the iteration. */
export interface Reduction {
  /** In order: `b[to] -= value * b[from]`. */
  readonly forward: readonly { readonly to: number; readonly from: number; readonly value: number }[];
  /** Solved before the iteration; they have no terms. */
  readonly knowns: readonly Pivot[];
  /** What is iterated: `rows` are its equations, `columns` its unknowns, `matrix` its constant part, `[size, size]`. */
  readonly block: {
    readonly rows: readonly number[];
    readonly columns: readonly number[];
    readonly matrix: Float64Array;
  };
  /** Solved after the iteration, in this order. */
  readonly backward: readonly Pivot[];
  /** Rows whose right side is needed. */
  readonly rows: ReadonlySet<number>;
}

/**
 * Takes a circuit's equations apart so that as little as possible is iterated.
 *
 * Unlike the plain solver's, equations that devices write into and unknowns that they read are told apart; currents that
 * nobody asks for go with the equation that gives them (supplies, ideal outputs); unknowns that one constant equation fixes
 * are solved first.
 */
export function reduceEquations({ size, entries, capacitances, touches, outputs }: ReductionInput): Reduction {
  const rows = Array.from({ length: size }, () => new Map<number, number>());
  for (const { row, column, value } of entries) {
    rows[row]!.set(column, (rows[row]!.get(column) ?? 0) + value);
  }
  const read = new Set(touches.flatMap(({ columns }) => columns));
  const written = new Set(touches.flatMap((touch) => (touch.columns.length > 0 ? touch.rows : [])));
  const alive = new Set(rows.keys());
  const unknowns = new Set(rows.keys());

  dropUnneeded({ rows, alive, unknowns, read, touches, capacitances, outputs });
  const forward: { to: number; from: number; value: number }[] = [];
  const knowns: Pivot[] = [];
  solveKnowns({ rows, alive, unknowns, written }, forward, knowns);

  const rowList = [...alive];
  const columnList = [...unknowns];
  const rowPlace = new Map(rowList.map((row, k) => [row, k]));
  const columnPlace = new Map(columnList.map((column, k) => [column, k]));
  const rest = rowList.flatMap((row) =>
    Array.from(rows[row]!, ([column, value]) => ({
      row: rowPlace.get(row)!,
      column: columnPlace.get(column)!,
      value,
    })),
  );
  const placesIn = (set: ReadonlySet<number>, places: ReadonlyMap<number, number>) =>
    new Set(Array.from(places).flatMap(([index, place]) => (set.has(index) ? [place] : [])));
  const parts = eliminate(rest, {
    size: rowList.length,
    keep: placesIn(written, rowPlace),
    keepColumns: placesIn(read, columnPlace),
  });
  parts.forward.to.forEach((to, k) => {
    forward.push({ to: rowList[to]!, from: rowList[parts.forward.from[k]!]!, value: parts.forward.value[k]! });
  });
  const backward = Array.from(parts.backward.row, (row, k): Pivot => {
    const [start, end] = [parts.backward.start[k]!, parts.backward.start[k + 1]!];
    return {
      row: rowList[row]!,
      column: columnList[parts.backward.column[k]!]!,
      inverse: parts.backward.inverse[k]!,
      terms: Array.from(parts.backward.unknown.subarray(start, end), (unknown, n) => ({
        unknown: columnList[unknown]!,
        value: parts.backward.value[start + n]!,
      })),
    };
  });
  const block = {
    rows: Array.from(parts.block.rows, (row) => rowList[row]!),
    columns: Array.from(parts.block.columns, (column) => columnList[column]!),
    matrix: parts.block.matrix,
  };
  return keepNeeded({ forward, knowns, block, backward }, { read, capacitances, outputs });
}

interface Alive {
  readonly rows: readonly Map<number, number>[];
  /** Equations and unknowns that are left; overwritten. */
  readonly alive: Set<number>;
  readonly unknowns: Set<number>;
}

/** Takes away every unknown that nobody needs and that stands in a single equation, with that equation. */
function dropUnneeded({
  rows,
  alive,
  unknowns,
  read,
  touches,
  capacitances,
  outputs,
}: Alive &
  Pick<ReductionInput, "touches" | "capacitances" | "outputs"> & { readonly read: ReadonlySet<number> }): void {
  const holders = Array.from(rows, () => new Set<number>());
  rows.forEach((values, row) => {
    for (const [column, value] of values) if (value !== 0) holders[column]!.add(row);
  });
  for (const touch of touches)
    for (const column of touch.columns) for (const row of touch.rows) holders[column]!.add(row);
  const charged = (column: number) =>
    capacitances.some((entry) => entry.column === column && entry.value !== 0 && alive.has(entry.row));
  for (let changed = true; changed; ) {
    changed = false;
    for (const column of unknowns) {
      const holding = [...holders[column]!].filter((row) => alive.has(row));
      if (holding.length !== 1 || read.has(column) || outputs.includes(column) || charged(column)) continue;
      alive.delete(holding[0]!);
      unknowns.delete(column);
      changed = true;
    }
  }
}

/** Solves equations with one unknown into which no device writes. */
function solveKnowns(
  { rows, alive, unknowns, written }: Alive & { readonly written: ReadonlySet<number> },
  forward: { to: number; from: number; value: number }[],
  knowns: Pivot[],
): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (const row of alive) {
      const left = [...rows[row]!].filter(([column, value]) => unknowns.has(column) && value !== 0);
      if (left.length !== 1 || written.has(row)) continue;
      const [column, divisor] = left[0]!;
      alive.delete(row);
      unknowns.delete(column);
      knowns.push({ row, column, inverse: 1 / divisor, terms: [] });
      for (const to of alive) {
        const value = rows[to]!.get(column) ?? 0;
        rows[to]!.delete(column);
        if (value !== 0) forward.push({ to, from: row, value: value / divisor });
      }
      changed = true;
    }
  }
}

/** Leaves out steps whose result nobody reads. */
function keepNeeded(
  { forward, knowns, block, backward }: Omit<Reduction, "rows">,
  {
    read,
    capacitances,
    outputs,
  }: Pick<ReductionInput, "capacitances" | "outputs"> & { readonly read: ReadonlySet<number> },
): Reduction {
  const neededRows = new Set(block.rows);
  const needed = new Set([...read, ...outputs]);
  for (let before = -1; before !== neededRows.size + needed.size; ) {
    before = neededRows.size + needed.size;
    for (const { row, column, terms } of backward.toReversed()) {
      if (!needed.has(column)) continue;
      neededRows.add(row);
      for (const { unknown } of terms) needed.add(unknown);
    }
    for (const { row, column } of knowns) if (needed.has(column)) neededRows.add(row);
    for (const { to, from } of forward.toReversed()) if (neededRows.has(to)) neededRows.add(from);
    for (const { row, column } of capacitances) if (neededRows.has(row)) needed.add(column);
  }
  return {
    forward: forward.filter(({ to }) => neededRows.has(to)),
    knowns: knowns.filter(({ column }) => needed.has(column)),
    block,
    backward: backward.filter(({ column }) => needed.has(column)),
    rows: neededRows,
  };
}
