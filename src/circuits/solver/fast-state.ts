import { circuitLayout as at } from "../../kernels/index.ts";
import { historyAtRate, type RateChange } from "../devices/device.ts";
import type { FlatCircuit } from "./fast-flatten.ts";

/** Where a circuit in the kernel's memory has got to, free of addresses. */
export interface FastState {
  /** By unknown of the circuit. */
  readonly unknowns: ReadonlyMap<number, number>;
  /** Settled value and differences, by unknown. */
  readonly differences: ReadonlyMap<number, readonly number[]>;
  /** Of linear charges, by row: what flows in the next step apart from their present value, and the last settled charge. */
  readonly histories: ReadonlyMap<number, readonly [number, number]>;
  /** The same of devices' charges, in their order. */
  readonly charges: readonly (readonly [number, number])[];
  readonly lastInput: number;
}

/** Byte offset of the last settled charge in the record of a row. */
const chargeBefore = 8;

/** Reads a circuit's state. */
export function readState(view: DataView, { header, charges, state }: FlatCircuit): FastState {
  const number = (address: number) => view.getFloat64(address, true);
  const count = at.differenceBytes / 8;
  return {
    unknowns: mapped(state.unknowns, number),
    differences: mapped(state.differences, (address) =>
      Array.from({ length: count }, (_, k) => number(address + 8 * k)),
    ),
    histories: mapped(
      state.histories,
      ({ history, record }) => [number(history), number(record + chargeBefore)] as const,
    ),
    charges: charges.map((charge) => [number(charge + at.chargeHistory), number(charge + at.chargeBefore)] as const),
    lastInput: number(header + at.lastInput),
  };
}

/** Writes a state into the same circuit with other values. */
export function writeState(
  view: DataView,
  { flat, state }: { readonly flat: FlatCircuit; readonly state: FastState },
): void {
  const put = (address: number, value: number) => view.setFloat64(address, value, true);
  for (const [unknown, values] of state.differences) {
    const address = flat.state.differences.get(unknown);
    if (address !== undefined) for (const [k, value] of values.entries()) put(address + 8 * k, value);
  }
  for (const [row, [history, before]] of state.histories) {
    const addresses = flat.state.histories.get(row);
    if (addresses === undefined) continue;
    put(addresses.history, history);
    put(addresses.record + chargeBefore, before);
  }
  for (const [k, [history, before]] of state.charges.entries()) {
    put(flat.charges[k]! + at.chargeHistory, history);
    put(flat.charges[k]! + at.chargeBefore, before);
  }
  put(flat.header + at.lastInput, state.lastInput);
}

/** A state as steps of another length would have left it. */
export function atRate(state: FastState, change: RateChange): FastState {
  const convert = ([history, coulombs]: readonly [number, number]) =>
    [historyAtRate(history, coulombs, change), coulombs] as const;
  return {
    ...state,
    // The value, and how far it goes in one step; what bends is left out.
    differences: mapped(state.differences, ([value = 0, first = 0]) => [
      value,
      (first * change.from) / change.to,
      0,
      0,
      0,
    ]),
    histories: mapped(state.histories, convert),
    charges: state.charges.map(convert),
  };
}

/** Voltages and currents of the last settled step, by unknown; what a failed step has left in the block is passed over. */
export function settledUnknowns({ unknowns, differences }: FastState): Map<number, number> {
  return new Map(Array.from(unknowns, ([unknown, value]) => [unknown, differences.get(unknown)?.[0] ?? value]));
}

function mapped<T, R>(map: ReadonlyMap<number, T>, convert: (value: T) => R): Map<number, R> {
  return new Map(Array.from(map, ([key, value]) => [key, convert(value)]));
}
