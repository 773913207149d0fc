import { circuitLayout as at } from "../../kernels/index.ts";
import { type RestingCircuit, restingHistory } from "./resting-circuit.ts";
import type { FastMemory } from "./fast-memory.ts";
import type { Reduction } from "./fast-reduction.ts";

/** Writes terms `value * x[unknown]` behind what was written last. */
export function writeTerms(
  memory: FastMemory,
  terms: readonly { readonly unknown: number; readonly value: number }[],
  unknownAt: (unknown: number) => number,
): void {
  const first = memory.allocate(at.termBytes * terms.length);
  terms.forEach(({ unknown, value }, k) => {
    memory.word(first + at.termBytes * k, unknownAt(unknown));
    memory.number(first + at.termBytes * k + 8, value);
  });
}

/**
 * Lays out right sides: constants, the audio, linear charges, and what of the elimination acts on them.
 *
 * Steps of the elimination that only move constants are done here.
 */
export function placeRightSides(
  { equations, solution, dynamics }: RestingCircuit,
  {
    sources,
    reduction,
    memory,
    unknownAt,
  }: {
    readonly sources: Float64Array;
    readonly reduction: Reduction;
    readonly memory: FastMemory;
    readonly unknownAt: (unknown: number) => number;
  },
): {
  readonly rightAt: (row: number) => number;
  /** Addresses of the history of linear charges, by row of the circuit, and of their record: the charge before is in it. */
  readonly histories: ReadonlyMap<number, { readonly history: number; readonly record: number }>;
  /** Header entries. */
  readonly words: readonly (readonly [number, number])[];
} {
  const rows = [...reduction.rows];
  const base = new Map(rows.map((row) => [row, sources[row]!]));
  const charges = new Map<number, Map<number, number>>();
  for (const { row, column, value } of equations.capacitances) {
    if (!base.has(row)) continue;
    if (!charges.has(row)) charges.set(row, new Map());
    charges.get(row)!.set(column, (charges.get(row)!.get(column) ?? 0) + value);
  }
  const moving = new Set([...charges.keys(), equations.inputRow]);
  const forward = reduction.forward.filter(({ to, from, value }) => {
    if (moving.has(from)) moving.add(to);
    else base.set(to, base.get(to)! - value * base.get(from)!);
    return moving.has(from);
  });

  const [right, history] = [memory.allocate(8 * rows.length), memory.allocate(8 * rows.length)];
  const constants = memory.numbers(base.values());
  const places = new Map(rows.map((row, k) => [row, 8 * k]));
  const rightAt = (row: number) => right + places.get(row)!;
  const inputs = base.has(equations.inputRow) ? [equations.inputRow] : [];
  const inputRecords = memory.allocate(at.termBytes * inputs.length);
  inputs.forEach((row, k) => {
    memory.word(inputRecords + at.termBytes * k, rightAt(row));
    memory.number(inputRecords + at.termBytes * k + 8, 1);
  });
  const steps = memory.allocate(at.termBytes * forward.length);
  forward.forEach(({ to, from, value }, k) => {
    memory.word(steps + at.termBytes * k, rightAt(to));
    memory.word(steps + at.termBytes * k + 4, rightAt(from));
    memory.number(steps + at.termBytes * k + 8, value);
  });
  const knowns = memory.allocate(at.termBytes * reduction.knowns.length);
  reduction.knowns.forEach(({ row, column, inverse }, k) => {
    memory.word(knowns + at.termBytes * k, unknownAt(column));
    memory.word(knowns + at.termBytes * k + 4, rightAt(row));
    memory.number(knowns + at.termBytes * k + 8, inverse);
  });
  const histories = new Map<number, { readonly history: number; readonly record: number }>();
  const chargeRows = Array.from(charges, ([row, terms]) => {
    const record = memory.allocate(16);
    histories.set(row, { history: history + places.get(row)!, record });
    let charge = 0;
    for (const [unknown, value] of terms) charge += value * solution[unknown]!;
    memory.word(record, history + places.get(row)!);
    memory.word(record + 4, terms.size);
    memory.number(record + 8, charge);
    writeTerms(
      memory,
      Array.from(terms, ([unknown, value]) => ({ unknown, value })),
      unknownAt,
    );
    memory.number(history + places.get(row)!, restingHistory(charge, row, { equations, dynamics }));
    return record;
  });
  return {
    rightAt,
    histories,
    words: [
      [at.rightCount, rows.length],
      [at.right, right],
      [at.base, constants],
      [at.history, history],
      [at.inputCount, inputs.length],
      [at.inputs, inputRecords],
      [at.forwardCount, forward.length],
      [at.forward, steps],
      [at.knownCount, reduction.knowns.length],
      [at.knowns, knowns],
      [at.chargeRowCount, chargeRows.length],
      [at.chargeRows, chargeRows[0] ?? 0],
    ],
  };
}
