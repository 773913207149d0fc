import { BehaviouralDevice } from "../devices/behavioural-device.ts";
import { BipolarTransistor } from "../devices/bipolar-transistor.ts";
import { Diode } from "../devices/diode.ts";
import { JunctionFet } from "../devices/junction-fet.ts";
import { Mosfet } from "../devices/mosfet.ts";
import type { RestingCircuit } from "./resting-circuit.ts";
import type { Entry } from "./equations.ts";
import { type Reduction, reduceEquations, type Touch } from "./fast-reduction.ts";
import { type FoldedOperation, foldTape } from "./fast-tape.ts";
import { createDevices } from "./nonlinear-part.ts";

/** A circuit's devices by kind, places being unknowns, and the linear part with the sources that turned out to be linear. */
export interface CircuitParts {
  readonly diodes: readonly Diode[];
  readonly bipolars: readonly BipolarTransistor[];
  readonly junctionFets: readonly JunctionFet[];
  readonly mosfets: readonly Mosfet[];
  readonly tapes: readonly { readonly device: BehaviouralDevice; readonly operations: readonly FoldedOperation[] }[];
  readonly touches: readonly Touch[];
  readonly conductances: readonly Entry[];
  readonly sources: Float64Array;
}

/** Sorts a circuit's devices. */
export function takeApart({ inner, equations }: Pick<RestingCircuit, "inner" | "equations">): CircuitParts {
  const everywhere = new Map(Array.from({ length: equations.size }, (_, unknown) => [unknown, unknown]));
  const devices = createDevices(inner, equations, everywhere);
  const sources = equations.sources.slice();
  const conductances = [...equations.conductances];
  const tapes: { readonly device: BehaviouralDevice; readonly operations: readonly FoldedOperation[] }[] = [];
  const touches: Touch[] = [];
  const grounded = (places: readonly number[]) => [...new Set(places)].filter((place) => place >= 0);
  for (const device of devices) {
    if (!(device instanceof BehaviouralDevice)) continue;
    const folded = foldTape(device.tape.steps);
    if (folded.kind === "affine") addAffine(device, folded, { sources, conductances });
    else {
      tapes.push({ device, operations: folded.operations });
      touches.push({ rows: grounded([device.from, device.to]), columns: grounded(device.inputPlaces.flat()) });
    }
  }
  const ofKind = <T>(kind: abstract new (...args: never[]) => T) =>
    devices.filter((device): device is typeof device & T => device instanceof kind);
  const [diodes, bipolars, junctionFets, mosfets] = [
    ofKind(Diode),
    ofKind(BipolarTransistor),
    ofKind(JunctionFet),
    ofKind(Mosfet),
  ];
  for (const { places } of [...diodes, ...bipolars, ...junctionFets]) {
    touches.push({ rows: grounded(places), columns: grounded(places) });
  }
  for (const { places } of mosfets) {
    const [drain, , source, bulk] = places;
    touches.push({ rows: grounded([drain!, source!, bulk!]), columns: grounded(places) });
  }
  return { diodes, bipolars, junctionFets, mosfets, tapes, touches, conductances, sources };
}

/** A circuit's equations without what nobody needs and what can be solved outside the iteration. */
export function reduceCircuit(
  { equations, dynamics, output }: Pick<RestingCircuit, "equations" | "dynamics" | "output">,
  { conductances, touches }: Pick<CircuitParts, "conductances" | "touches">,
): Reduction {
  const { capacitances, size } = equations;
  const entries = [
    ...conductances,
    ...capacitances.map(({ row, column, value }) => ({ row, column, value: dynamics.rate * value })),
  ];
  const outputs = output.filter((unknown) => unknown >= 0);
  return reduceEquations({ size, entries, capacitances, touches, outputs });
}

/** The unknowns that nothing but an iteration can find. */
export function iteratedUnknowns(rest: RestingCircuit): readonly number[] {
  return reduceCircuit(rest, takeApart(rest)).block.columns;
}

/** A current `constant + slopes * inputs` from one place to another, as part of the linear equations. */
function addAffine(
  { from, to, inputPlaces }: BehaviouralDevice,
  { constant, slopes }: { readonly constant: number; readonly slopes: ReadonlyMap<number, number> },
  { sources, conductances }: { readonly sources: Float64Array; readonly conductances: Entry[] },
): void {
  for (const [row, sign] of [
    [from, 1],
    [to, -1],
  ] as const) {
    if (row < 0) continue;
    sources[row]! -= sign * constant;
    for (const [input, slope] of slopes) {
      const [p, q] = inputPlaces[input]!;
      if (p >= 0) conductances.push({ row, column: p, value: sign * slope });
      if (q >= 0) conductances.push({ row, column: q, value: -sign * slope });
    }
  }
}
