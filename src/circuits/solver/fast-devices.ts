import { circuitLayout as at } from "../../kernels/index.ts";
import type { BipolarTransistor } from "../devices/bipolar-transistor.ts";
import type { Place } from "../devices/device.ts";
import type { Diode } from "../devices/diode.ts";
import type { JunctionFet } from "../devices/junction-fet.ts";
import type { Depletion } from "../devices/junction.ts";
import type { Mosfet } from "../devices/mosfet.ts";
import type { FastMemory } from "./fast-memory.ts";

/** Where a device reads and writes; ground and what was taken away have addresses of their own that nobody looks at. */
export interface Addresses {
  readonly unknown: (unknown: Place) => number;
  readonly residual: (row: Place) => number;
  readonly entry: (row: Place, column: Place) => number;
}

/** What the records of devices are written with. */
export interface DeviceWriter {
  readonly memory: FastMemory;
  readonly addresses: Addresses;
  /** Volts from one unknown to another at the operating point. */
  readonly volts: (from: Place, to: Place) => number;
  /** Volts by which a junction's exponential may be off after the last iteration. */
  readonly errorVolts: number;
  /** Addresses of all charges are added. */
  readonly charges: number[];
  /** Addresses of the volts of all junctions and gates are added. */
  readonly junctions: number[];
  /** Addresses of tables of `x^-grading`, by grading; missing ones are added. */
  readonly powerTables: Map<number, number>;
}

/** Volts over which a channel bends as a junction does over its thermal voltage. */
const gateVolts = 0.05;

/** Writes a diode's record. */
export function writeDiode(record: number, diode: Diode, writer: DeviceWriter): void {
  const { memory } = writer;
  writePlaces(record, diode.places, writer);
  const { thermalVolts, saturationAmps } = diode.junction;
  const [anode, cathode] = diode.places;
  writeJunction(record + at.diodeJunction, writer, {
    volts: writer.volts(anode!, cathode!),
    thermalVolts,
    saturationAmps,
    limits: { thermalVolts, criticalVolts: diode.criticalVolts },
  });
  memory.number(record + at.diodeBreakdown, diode.breakdownVolts);
  memory.number(record + at.diodeTransit, diode.transitSeconds);
  writeDepletion(record + at.diodeDepletion, writer, diode.depletion);
  writer.charges.push(record + at.diodeCharge);
}

/** Writes a transistor's record. */
export function writeBipolar(
  record: number,
  { places, sign, model: m }: BipolarTransistor,
  writer: DeviceWriter,
): void {
  const { memory } = writer;
  const put = (offset: number, value: number) => memory.number(record + offset, value);
  writePlaces(record, places, writer);
  const [collector, base, emitter] = places;
  const { limits } = m;
  writeJunction(record + at.bipolarForward, writer, {
    ...m.forwardJunction,
    volts: sign * writer.volts(base!, emitter!),
    limits,
  });
  writeJunction(record + at.bipolarReverse, writer, {
    ...m.reverseJunction,
    volts: sign * writer.volts(base!, collector!),
    limits,
  });
  put(at.bipolarSign, sign);
  put(at.bipolarEmitterLeakSaturation, m.emitterLeak.saturationAmps);
  put(at.bipolarEmitterLeakThermal, m.emitterLeak.thermalVolts);
  put(at.bipolarCollectorLeakSaturation, m.collectorLeak.saturationAmps);
  put(at.bipolarCollectorLeakThermal, m.collectorLeak.thermalVolts);
  put(at.bipolarInverseBetaForward, 1 / m.betaForward);
  put(at.bipolarInverseBetaReverse, 1 / m.betaReverse);
  put(at.bipolarEarlyForward, m.earlyForward);
  put(at.bipolarEarlyReverse, m.earlyReverse);
  put(at.bipolarKneeForward, m.kneeForward);
  put(at.bipolarKneeReverse, m.kneeReverse);
  put(at.bipolarTransitForward, m.transitForward);
  put(at.bipolarTransitReverse, m.transitReverse);
  writeDepletion(record + at.bipolarEmitterDepletion, writer, m.emitterDepletion);
  writeDepletion(record + at.bipolarCollectorDepletion, writer, m.collectorDepletion);
  writer.charges.push(record + at.bipolarEmitterCharge, record + at.bipolarCollectorCharge);
}

/** Writes a junction FET's record. */
export function writeJunctionFet(record: number, { places, sign, model: m }: JunctionFet, writer: DeviceWriter): void {
  const { memory } = writer;
  writePlaces(record, places, writer);
  const [drain, gate, source] = places;
  memory.number(record + at.junctionFetSign, sign);
  memory.number(record + at.junctionFetThreshold, m.threshold);
  memory.number(record + at.junctionFetBeta, m.beta);
  memory.number(record + at.junctionFetLambda, m.lambda);
  for (const [junction, end] of [
    [at.junctionFetSource, source],
    [at.junctionFetDrain, drain],
  ] as const) {
    writeJunction(record + junction, writer, {
      ...m.junction,
      volts: sign * writer.volts(gate!, end!),
      limits: m.limits,
      bendVolts: gateVolts,
    });
  }
  writeDepletion(record + at.junctionFetSourceDepletion, writer, m.sourceDepletion);
  writeDepletion(record + at.junctionFetDrainDepletion, writer, m.drainDepletion);
  writer.charges.push(record + at.junctionFetSourceCharge, record + at.junctionFetDrainCharge);
}

/** Writes a MOSFET's record. */
export function writeMosfet(record: number, { places, sign, model: m }: Mosfet, writer: DeviceWriter): void {
  const { memory } = writer;
  const put = (offset: number, value: number) => memory.number(record + offset, value);
  writePlaces(record, places, writer);
  const [drain, gate, source, bulk] = places;
  put(at.mosfetSign, sign);
  put(at.mosfetThreshold, m.threshold);
  put(at.mosfetBeta, m.beta);
  put(at.mosfetGamma, m.gamma);
  put(at.mosfetPhi, m.phi);
  put(at.mosfetRootPhi, Math.sqrt(m.phi));
  put(at.mosfetLambda, m.lambda);
  [source!, drain!].forEach((end, k) => {
    const volts = sign * writer.volts(gate!, end);
    writer.junctions.push(record + at.mosfetGate + 16 * k);
    put(at.mosfetGate + 16 * k, volts);
    put(at.mosfetGate + 16 * k + 8, volts);
    writeJunction(record + (k === 0 ? at.mosfetSource : at.mosfetDrain), writer, {
      ...m.junction,
      volts: sign * writer.volts(bulk!, end),
      limits: m.limits,
    });
  });
  put(at.mosfetGateTolerance, toleranceVolts(gateVolts, writer));
  writeDepletion(record + at.mosfetSourceDepletion, writer, m.sourceDepletion);
  writeDepletion(record + at.mosfetDrainDepletion, writer, m.drainDepletion);
  writer.charges.push(record + at.mosfetSourceCharge, record + at.mosfetDrainCharge);
}

/** Addresses of a device's unknowns, residuals and matrix entries, row after row. */
function writePlaces(record: number, places: readonly Place[], { memory, addresses }: DeviceWriter): void {
  const words = [
    ...places.map(addresses.unknown),
    ...places.map(addresses.residual),
    ...places.flatMap((row) => places.map((column) => addresses.entry(row, column))),
  ];
  words.forEach((address, k) => {
    memory.word(record + 4 * k, address);
  });
}

/**
 * Newton's last change may be this large: an exponential over `volts` is off by about `change² / (2 volts)` after it, counted in
 * volts.
 */
function toleranceVolts(volts: number, { errorVolts }: DeviceWriter): number {
  return Math.sqrt(2 * volts * errorVolts);
}

function writeJunction(
  address: number,
  writer: DeviceWriter,
  junction: {
    readonly volts: number;
    readonly thermalVolts: number;
    readonly saturationAmps: number;
    readonly limits: { readonly thermalVolts: number; readonly criticalVolts: number };
    /** Where the characteristic bends more gently than the thermal voltage says, but elsewhere. */
    readonly bendVolts?: number;
  },
): void {
  const put = (offset: number, value: number) => writer.memory.number(address + offset, value);
  const { thermalVolts, bendVolts = thermalVolts } = junction;
  writer.junctions.push(address);
  put(at.junctionVolts, junction.volts);
  put(at.junctionSettled, junction.volts);
  put(at.junctionThermal, thermalVolts);
  put(at.junctionInverseThermal, 1 / thermalVolts);
  put(at.junctionSaturation, junction.saturationAmps);
  put(at.junctionLimit, junction.limits.thermalVolts);
  put(at.junctionCritical, junction.limits.criticalVolts);
  put(at.junctionTolerance, toleranceVolts(Math.min(thermalVolts, bendVolts), writer));
}

function writeDepletion(
  address: number,
  { memory, powerTables }: DeviceWriter,
  { zeroFarads, potentialVolts, grading, forward }: Depletion,
): void {
  const put = (offset: number, value: number) => memory.number(address + offset, value);
  if (zeroFarads === 0) {
    put(at.depletionKnee, Number.NEGATIVE_INFINITY);
    return;
  }
  const table = powerTables.get(grading) ?? memory.allocate(at.powerTableBytes);
  powerTables.set(grading, table);
  const knee = forward * potentialVolts;
  const atKnee = zeroFarads / (1 - forward) ** (1 + grading);
  const slope = atKnee * (1 - forward * (1 + grading));
  const curve = (0.5 * atKnee * grading) / potentialVolts;
  const charge = (zeroFarads * potentialVolts * (1 - (1 - forward) ** (1 - grading))) / (1 - grading);
  put(at.depletionZero, zeroFarads);
  put(at.depletionInversePotential, 1 / potentialVolts);
  memory.word(address + at.depletionPower, table);
  put(at.depletionKnee, knee);
  put(at.depletionScale, (potentialVolts * zeroFarads) / (1 - grading));
  put(at.depletionStraight, charge - slope * knee - curve * knee * knee);
  put(at.depletionSlope, slope);
  put(at.depletionCurve, curve);
}
