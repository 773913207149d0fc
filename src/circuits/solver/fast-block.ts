import { circuitLayout as at, createRandom } from "../../kernels/index.ts";
import { type Device, Stamp } from "../devices/device.ts";
import type { RestingCircuit } from "./resting-circuit.ts";
import type { FastMemory } from "./fast-memory.ts";
import { orderPivots, type PivotOrder } from "./fast-ordering.ts";
import type { CircuitParts } from "./fast-parts.ts";
import type { Reduction } from "./fast-reduction.ts";
import { writeTerms } from "./fast-right-sides.ts";

/** How far unknowns are moved from the operating point to see what the block's numbers may become. */
const sampleVolts = [0, 0.3, 3];

/** The order of the block's pivots. */
export function orderBlock(
  { solution, equations, dynamics }: RestingCircuit,
  parts: CircuitParts,
  block: Reduction["block"],
): PivotOrder {
  const size = block.rows.length;
  const places = new Map(block.columns.map((column, k) => [column, k]));
  const rowPlaces = new Map(block.rows.map((row, k) => [row, k]));
  const pattern = block.rows.map((_, k) => {
    const columns = new Set<number>();
    for (let j = 0; j < size; j++) if (block.matrix[k * size + j] !== 0) columns.add(j);
    return columns;
  });
  for (const { rows, columns } of parts.touches) {
    for (const row of rows) {
      const place = rowPlaces.get(row);
      if (place === undefined) continue;
      for (const column of columns) if (places.has(column)) pattern[place]!.add(places.get(column)!);
    }
  }
  const random = createRandom(1);
  const devices: readonly Device[] = [
    ...parts.diodes,
    ...parts.bipolars,
    ...parts.junctionFets,
    ...parts.mosfets,
    ...parts.tapes.map(({ device }) => device),
  ];
  const samples = sampleVolts.map((volts) => {
    const x = solution.map((value) => value + volts * (2 * random.uniform() - 1));
    const stamp = new Stamp(equations.size);
    // Limits let go after some calls.
    for (let call = 0; call < 20; call++) {
      stamp.matrix.fill(0);
      for (const device of devices) device.load(x, stamp, dynamics);
    }
    return block.matrix.map((value, k) => {
      const [row, column] = [block.rows[Math.floor(k / size)]!, block.columns[k % size]!];
      return value + stamp.matrix[row * stamp.size + column]!;
    });
  });
  return orderPivots(size, { pattern, samples });
}

/**
 * Lays out the block: its sparse matrix, what its rows lack, and the steps of solving it. Rows, columns and what belongs to
 * them stand in the order of pivots.
 */
export function placeBlock(
  order: PivotOrder,
  {
    block,
    memory,
    rightAt,
    unknownAt,
    changes,
  }: {
    readonly block: Reduction["block"];
    readonly memory: FastMemory;
    readonly rightAt: (row: number) => number;
    readonly unknownAt: (unknown: number) => number;
    /** Bytes from an unknown to its change. */
    readonly changes: number;
  },
): {
  /** Addresses by row and unknown of the circuit; what is not in the block has one that nobody reads. */
  readonly residualAt: (row: number) => number;
  readonly entryAt: (row: number, unknown: number) => number;
  /** Header entries. */
  readonly words: readonly (readonly [number, number])[];
} {
  const size = block.rows.length;
  const turns = order.rows.map((row) => ({ row, columns: order.held[row]! }));
  const count = turns.reduce((sum, { columns }) => sum + columns.length, 0);
  const constant = memory.allocate(8 * count);
  const matrix = memory.allocate(8 * count);
  const residuals = memory.allocate(8 * size);
  const nowhere = memory.allocate(8);
  const dense = memory.allocate(8 * size * size);
  const turnOfColumn = new Map(order.columns.map((column, k) => [column, k]));
  /** Bytes from the start of the sparse matrix, by row and column of the block. */
  const offsets = new Map<number, number>();
  const entries: number[] = [];
  turns.forEach(({ row, columns }, k) => {
    for (const column of columns) {
      const offset = 8 * offsets.size;
      offsets.set(row * size + column, offset);
      memory.number(constant + offset, block.matrix[row * size + column]!);
      entries.push(matrix + offset, dense + 8 * (k * size + turnOfColumn.get(column)!));
    }
  });
  const entryOf = (row: number, column: number) => matrix + offsets.get(row * size + column)!;
  const residualRows = turns.map(({ row, columns }) => {
    const terms = columns
      .map((column) => ({ unknown: block.columns[column]!, value: block.matrix[row * size + column]! }))
      .filter(({ value }) => value !== 0);
    const record = memory.words([rightAt(block.rows[row]!), terms.length]);
    writeTerms(memory, terms, unknownAt);
    return record;
  });
  const turnOfRow = new Map(order.rows.map((row, k) => [row, k]));
  const residualOf = (row: number) => residuals + 8 * turnOfRow.get(row)!;
  const factorSteps: number[] = [];
  order.rows.forEach((row, k) => {
    const [column, rest, below] = [order.columns[k]!, order.rest[k]!, order.below[k]!];
    factorSteps.push(entryOf(row, column), 8 * rest.length, below.length, residualOf(row));
    for (const other of below) {
      factorSteps.push(entryOf(other, column), residualOf(other), ...rest.map((next) => entryOf(other, next)));
    }
  });
  const changeOf = (column: number) => unknownAt(block.columns[column]!) + changes;
  const backSteps: number[] = [];
  for (let k = size - 1; k >= 0; k--) {
    const [row, column, rest] = [order.rows[k]!, order.columns[k]!, order.rest[k]!];
    backSteps.push(entryOf(row, column), residualOf(row), changeOf(column), 8 * rest.length, ...rest.map(changeOf));
  }
  const rowPlaces = new Map(block.rows.map((row, k) => [row, k]));
  const columnPlaces = new Map(block.columns.map((unknown, k) => [unknown, k]));
  return {
    residualAt(row) {
      const place = rowPlaces.get(row);
      return place === undefined ? nowhere : residualOf(place);
    },
    entryAt(row, unknown) {
      const [r, c] = [rowPlaces.get(row), columnPlaces.get(unknown)];
      // What a device does not touch (a gate's row) has no entry either.
      const offset = r === undefined || c === undefined ? undefined : offsets.get(r * size + c);
      return offset === undefined ? nowhere : matrix + offset;
    },
    words: [
      [at.constant, constant],
      [at.matrix, matrix],
      [at.matrixBytes, 8 * count],
      [at.residualRows, residualRows[0] ?? 0],
      [at.residuals, residuals],
      [at.factorSteps, memory.words(factorSteps)],
      [at.backSteps, memory.words(backSteps)],
      [at.entryCount, count],
      [at.entries, memory.words(entries)],
      [at.dense, dense],
    ],
  };
}
