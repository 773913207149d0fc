import { circuitLayout as at } from "../../kernels/index.ts";
import { historyAtRate, type RateChange } from "../devices/device.ts";
import type { FlatCircuit } from "./fast-flatten.ts";

/** Byte offset of the last settled charge in the record of a row. */
const settledCharge = 8;

/**
 * How the state of a circuit in the kernel's memory goes over into another layout of the same circuit, with other values or
 * steps of another length: where each number stands and where it belongs, counted in float64.
 */
export interface StateMove {
  /** Voltages, currents, volts of junctions, the last input: from, to. What a failed step has left is passed over. */
  readonly plain: Int32Array;
  /** Charges: history and coulombs from, history and coulombs to. */
  readonly charges: Int32Array;
  /** Differences of the block's unknowns, value first: from, to. */
  readonly differences: Int32Array;
}

/** The move from one layout to another. */
export function planMove(from: FlatCircuit, to: FlatCircuit): StateMove {
  const plain: number[] = [from.header + at.lastInput, to.header + at.lastInput];
  for (const [unknown, address] of from.state.unknowns) {
    const target = to.state.unknowns.get(unknown);
    if (target !== undefined) plain.push(from.state.differences.get(unknown) ?? address, target);
  }
  for (const [k, junction] of from.junctions.entries()) {
    plain.push(junction + at.junctionSettled, to.junctions[k]! + at.junctionVolts);
    plain.push(junction + at.junctionSettled, to.junctions[k]! + at.junctionSettled);
  }
  const charges: number[] = [];
  for (const [row, { history, record }] of from.state.histories) {
    const target = to.state.histories.get(row);
    if (target === undefined) continue;
    charges.push(history, record + settledCharge, target.history, target.record + settledCharge);
  }
  for (const [k, charge] of from.charges.entries()) {
    const target = to.charges[k]!;
    charges.push(charge + at.chargeHistory, charge + at.chargeBefore);
    charges.push(target + at.chargeHistory, target + at.chargeBefore);
  }
  const differences: number[] = [];
  for (const [unknown, address] of from.state.differences) {
    const target = to.state.differences.get(unknown);
    if (target !== undefined) differences.push(address, target);
  }
  const indices = (addresses: readonly number[]) => Int32Array.from(addresses, (address) => address / 8);
  return { plain: indices(plain), charges: indices(charges), differences: indices(differences) };
}

/** All numbers that a move takes, in its order. */
export function readState(memory: Float64Array, { plain, charges, differences }: StateMove): Float64Array {
  const count = at.differenceBytes / 8;
  const state = new Float64Array(plain.length / 2 + charges.length / 2 + (count * differences.length) / 2);
  let k = 0;
  for (let n = 0; n < plain.length; n += 2) state[k++] = memory[plain[n]!]!;
  for (let n = 0; n < charges.length; n += 4) {
    state[k++] = memory[charges[n]!]!;
    state[k++] = memory[charges[n + 1]!]!;
  }
  for (let n = 0; n < differences.length; n += 2) {
    for (let order = 0; order < count; order++) state[k++] = memory[differences[n]! + order]!;
  }
  return state;
}

/** Puts numbers that were read where they belong; `change` where the length of steps is another. */
export function writeState(
  memory: Float64Array,
  {
    state,
    move: { plain, charges, differences },
    change,
  }: { readonly state: Float64Array; readonly move: StateMove; readonly change: RateChange },
): void {
  const count = at.differenceBytes / 8;
  const sameRate = change.from === change.to;
  let k = 0;
  for (let n = 1; n < plain.length; n += 2) memory[plain[n]!] = state[k++]!;
  for (let n = 2; n < charges.length; n += 4) {
    const [history, coulombs] = [state[k++]!, state[k++]!];
    memory[charges[n]!] = sameRate ? history : historyAtRate(history, coulombs, change);
    memory[charges[n + 1]!] = coulombs;
  }
  for (let n = 1; n < differences.length; n += 2) {
    for (let order = 0; order < count; order++) {
      const value = state[k++]!;
      // The value, its peak, and how far it goes in a step; what bends is left out where steps get another length.
      const stays = sameRate || order === 0 || order === at.differencePeak / 8;
      const scale = stays ? 1 : order === 1 ? change.from / change.to : 0;
      memory[differences[n]! + order] = scale * value;
    }
  }
}
