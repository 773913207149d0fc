import { circuitLayout as at } from "../../kernels/index.ts";
import type { RestingCircuit } from "./resting-circuit.ts";
import { orderBlock, placeBlock } from "./fast-block.ts";
import { type DeviceWriter, writeBipolar, writeDiode, writeJunctionFet, writeMosfet } from "./fast-devices.ts";
import { FastMemory } from "./fast-memory.ts";
import { type CircuitParts, reduceCircuit, takeApart } from "./fast-parts.ts";
import type { PivotOrder } from "./fast-ordering.ts";
import type { Reduction } from "./fast-reduction.ts";
import type { JumpLimit } from "./jumps.ts";
import { placeRightSides, writeTerms } from "./fast-right-sides.ts";
import { writeTape } from "./fast-tape-record.ts";

/** A circuit as bytes for the kernel. */
export interface FlatCircuit {
  /** Address of the first byte. */
  readonly base: number;
  readonly bytes: Uint8Array;
  /** Address behind the last byte. */
  readonly end: number;
  readonly header: number;
  /** Addresses of tables of `x^-grading`, by grading: for the kernel to write. */
  readonly powerTables: ReadonlyMap<number, number>;
  /** Addresses of the charges of devices, whose history is to be set once the kernel has started. */
  readonly charges: readonly number[];
  /** Addresses of the volts of junctions and gates; those of the last settled step stand behind them. */
  readonly junctions: readonly number[];
  /** Unknowns of the block, in the kernel's order. */
  readonly blockUnknowns: readonly number[];
  /** What goes on where the same circuit is laid out with other values. */
  readonly state: StateAddresses;
  readonly block: Pick<Reduction["block"], "rows" | "columns">;
  readonly order: PivotOrder;
}

/** Where the state of a laid out circuit lies, apart from its devices' charges. */
export interface StateAddresses {
  /** Voltages and currents, by unknown of the circuit. */
  readonly unknowns: ReadonlyMap<number, number>;
  /** Settled value and differences of the block's unknowns, by unknown of the circuit. */
  readonly differences: ReadonlyMap<number, number>;
  /** Of linear charges, by row of the circuit: the number, and the record with the charge before. */
  readonly histories: ReadonlyMap<number, { readonly history: number; readonly record: number }>;
}

/** Tolerances of the iteration. */
export interface FastTolerances {
  readonly relative: number;
  readonly absoluteVolts: number;
}

/** Share of the absolute tolerance by which junctions may be off after the last iteration. */
const errorShare = 1e-2;

/**
 * Lays a circuit out for the kernel, from address `base` on.
 *
 * @param options.like - The same circuit with other values: its order of pivots is taken over, which saves finding one.
 */
export function flattenCircuit(
  rest: RestingCircuit,
  {
    base,
    tolerances,
    jump,
    like,
  }: {
    readonly base: number;
    readonly tolerances: FastTolerances;
    readonly jump: JumpLimit;
    readonly like?: FlatCircuit | undefined;
  },
): FlatCircuit {
  const { equations, dynamics, output } = rest;
  const parts = takeApart(rest);
  const reduction = reduceCircuit(rest, parts);
  const { block, knowns, backward } = reduction;
  const sameBlock = like !== undefined && same(like.block.rows, block.rows) && same(like.block.columns, block.columns);
  const order = sameBlock ? like.order : orderBlock(rest, parts, block);
  const blockUnknowns = order.columns.map((column) => block.columns[column]!);

  const memory = new FastMemory(base);
  const header = memory.allocate(at.headerBytes);
  const voltsAt = (unknown: number) => (unknown < 0 ? 0 : rest.solution[unknown]!);
  const unknowns = [-1, ...blockUnknowns, ...[...knowns, ...backward].map(({ column }) => column)];
  const firstUnknown = memory.numbers(unknowns.map(voltsAt));
  const changes = memory.allocate(8 * unknowns.length);
  const unknownAddresses = new Map(unknowns.map((unknown, k) => [unknown, firstUnknown + 8 * k]));
  const unknownAt = (unknown: number) => {
    const address = unknownAddresses.get(unknown);
    if (address === undefined) throw new Error(`bug: ${equations.names[unknown]} is needed and was taken away`);
    return address;
  };
  const differences = memory.allocate(at.differenceBytes * blockUnknowns.length);
  blockUnknowns.forEach((unknown, k) => {
    memory.number(differences + at.differenceBytes * k, voltsAt(unknown));
    memory.number(differences + at.differenceBytes * k + at.differencePeak, Math.abs(voltsAt(unknown)));
  });

  const rights = placeRightSides(rest, { sources: parts.sources, reduction, memory, unknownAt });
  const places = placeBlock(order, {
    block,
    memory,
    rightAt: rights.rightAt,
    unknownAt,
    changes: changes - firstUnknown,
  });
  const backwardSteps = backward.map(({ row, column, inverse, terms }) => {
    const record = memory.allocate(24);
    memory.word(record, unknownAt(column));
    memory.word(record + 4, rights.rightAt(row));
    memory.word(record + 8, terms.length);
    memory.number(record + 16, inverse);
    writeTerms(memory, terms, unknownAt);
    return record;
  });
  const charges: number[] = [];
  const junctions: number[] = [];
  const powerTables = new Map<number, number>();
  const devices = writeRecords(parts, {
    memory,
    addresses: { unknown: unknownAt, residual: places.residualAt, entry: places.entryAt },
    volts: (from, to) => voltsAt(from) - voltsAt(to),
    errorVolts: errorShare * tolerances.absoluteVolts,
    charges,
    junctions,
    powerTables,
  });
  const words: Words = [
    ...rights.words,
    ...places.words,
    ...devices,
    [at.blockSize, blockUnknowns.length],
    [at.block, firstUnknown + 8],
    [at.changeShift, changes - firstUnknown],
    [at.differences, differences],
    [at.backwardCount, backward.length],
    [at.backward, backwardSteps[0] ?? 0],
    [at.plus, unknownAt(output[0])],
    [at.minus, unknownAt(output[1])],
    [at.gear, dynamics.method === "gear2" ? 1 : 0],
  ];
  for (const [offset, value] of words) memory.word(header + offset, value);
  memory.number(header + at.rate, dynamics.rate);
  memory.number(header + at.gmin, dynamics.gmin);
  memory.number(header + at.relativeTolerance, tolerances.relative);
  memory.number(header + at.absoluteTolerance, tolerances.absoluteVolts);
  memory.number(header + at.jumpVolts, jump.volts);
  memory.number(header + at.jumpShare, jump.share);
  const state = {
    unknowns: unknownAddresses,
    differences: new Map(blockUnknowns.map((unknown, k) => [unknown, differences + at.differenceBytes * k])),
    histories: rights.histories,
  };
  return {
    base,
    bytes: memory.bytes,
    end: memory.end,
    header,
    powerTables,
    charges,
    junctions,
    blockUnknowns,
    state,
    block,
    order,
  };
}

/** Offsets in the header and what stands there. */
export type Words = readonly (readonly [number, number])[];

function writeRecords(parts: CircuitParts, writer: DeviceWriter): Words {
  const records = <T>(
    list: readonly T[],
    bytes: number,
    write: (record: number, device: T, writer: DeviceWriter) => void,
  ): number => {
    const first = writer.memory.allocate(bytes * list.length);
    list.forEach((device, k) => {
      write(first + bytes * k, device, writer);
    });
    return first;
  };
  return [
    [at.diodeCount, parts.diodes.length],
    [at.diodes, records(parts.diodes, at.diodeBytes, writeDiode)],
    [at.bipolarCount, parts.bipolars.length],
    [at.bipolars, records(parts.bipolars, at.bipolarBytes, writeBipolar)],
    [at.junctionFetCount, parts.junctionFets.length],
    [at.junctionFets, records(parts.junctionFets, at.junctionFetBytes, writeJunctionFet)],
    [at.mosfetCount, parts.mosfets.length],
    [at.mosfets, records(parts.mosfets, at.mosfetBytes, writeMosfet)],
    [at.tapeCount, parts.tapes.length],
    [at.tapes, records(parts.tapes, at.tapeBytes, writeTape)],
  ];
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, k) => value === b[k]);
}
