/** Junctions, depletion capacitances and charges: what all semiconductors are made of. */
import { exponential, logarithm } from "./exponential.as";
import {
  chargeBefore,
  chargeCrossSlope,
  chargeHistory,
  chargeNow,
  chargeSlope,
  depletionCurve,
  depletionInversePotential,
  depletionKnee,
  depletionPower,
  depletionScale,
  depletionSlope,
  depletionStraight,
  depletionZero,
  junctionCritical,
  junctionInverseThermal,
  junctionLimit,
  junctionSaturation,
  junctionSettled,
  junctionThermal,
  junctionTolerance,
  junctionVolts,
} from "./layout";
import { powerFromTable } from "./power-table.as";

// @ts-ignore: decorator
@inline
export function word(p: usize, offset: usize = 0): usize {
  return <usize>load<i32>(p + offset);
}

/** A 32-bit address in a record, and the float64 that lies there. */
// @ts-ignore: decorator
@inline
export function at(record: usize, offset: usize): f64 {
  return load<f64>(<usize>load<u32>(record + offset));
}

// @ts-ignore: decorator
@inline
export function addTo(record: usize, offset: usize, value: f64): void {
  const address = <usize>load<u32>(record + offset);
  store<f64>(address, load<f64>(address) + value);
}

/** As `limitJunction` in circuits/devices, where it does something. */
function limitedSteep(asked: f64, before: f64, thermal: f64, critical: f64): f64 {
  if (before > 0) {
    const growth = 1.0 + (asked - before) / thermal;
    return growth > 0 ? before + thermal * logarithm(growth) : critical;
  }
  return thermal * logarithm(asked / thermal);
}

// @ts-ignore: decorator
@inline
export function limitJunction(junction: usize, asked: f64): f64 {
  const before = load<f64>(junction, junctionVolts);
  const thermal = load<f64>(junction, junctionLimit);
  const critical = load<f64>(junction, junctionCritical);
  if (asked <= critical || Math.abs(asked - before) <= 2.0 * thermal) return asked;
  return limitedSteep(asked, before, thermal, critical);
}

/** What amps and siemens of a junction are made of: an exponential, or what is cubed in the tail in reverse. */
// @ts-ignore: decorator
@inline
export function junctionPart(volts: f64, thermal: f64, inverseThermal: f64): f64 {
  if (volts >= -3.0 * thermal) {
    const x = volts * inverseThermal;
    return exponential(x < 700.0 ? x : 700.0);
  }
  return (1.1036383235143269 * thermal) / volts; // 3 / e
}

// @ts-ignore: decorator
@inline
export function junctionAmps(volts: f64, part: f64, thermal: f64, saturation: f64): f64 {
  return volts >= -3.0 * thermal ? saturation * (part - 1.0) : -saturation * (1.0 + part * part * part);
}

// @ts-ignore: decorator
@inline
export function junctionSiemens(volts: f64, part: f64, thermal: f64, inverseThermal: f64, saturation: f64): f64 {
  const slope = saturation * inverseThermal;
  if (volts >= -3.0 * thermal) return slope * part;
  const square = part * part;
  return slope * 2.718281828459045 * square * square;
}

/** Whether a change stays below what the junction's bend lets pass. @param relative - Of large voltages. */
// @ts-ignore: decorator
@inline
export function isSettled(junction: usize, change: f64, relative: f64): bool {
  const tolerance = load<f64>(junction, junctionTolerance);
  return Math.abs(change) <= tolerance + relative * Math.abs(load<f64>(junction, junctionVolts));
}

/** What a depletion charge and its slope are made of below the knee, which is at -infinity where there is no capacitance. */
// @ts-ignore: decorator
@inline
export function depletionPart(depletion: usize, volts: f64): f64 {
  if (!(volts < load<f64>(depletion, depletionKnee))) return 1.0;
  return powerFromTable(
    word(depletion, depletionPower),
    1.0 - volts * load<f64>(depletion, depletionInversePotential),
  );
}

// @ts-ignore: decorator
@inline
export function depletionCoulombs(depletion: usize, volts: f64, part: f64): f64 {
  if (volts < load<f64>(depletion, depletionKnee)) {
    const rest = 1.0 - volts * load<f64>(depletion, depletionInversePotential);
    return load<f64>(depletion, depletionScale) * (1.0 - rest * part);
  }
  const slope = load<f64>(depletion, depletionSlope) + volts * load<f64>(depletion, depletionCurve);
  return load<f64>(depletion, depletionStraight) + volts * slope;
}

// @ts-ignore: decorator
@inline
export function depletionFarads(depletion: usize, volts: f64, part: f64): f64 {
  if (volts < load<f64>(depletion, depletionKnee)) return load<f64>(depletion, depletionZero) * part;
  return load<f64>(depletion, depletionSlope) + 2.0 * volts * load<f64>(depletion, depletionCurve);
}

/** Takes the charge of this iteration. @returns Its current. */
// @ts-ignore: decorator
@inline
export function chargeAmps(charge: usize, coulombs: f64, slope: f64, rate: f64): f64 {
  store<f64>(charge, coulombs, chargeNow);
  store<f64>(charge, slope, chargeSlope);
  return rate * coulombs + load<f64>(charge, chargeHistory);
}

/** A settled charge becomes history, carried along by the last change of its voltages. */
export function acceptCharge(charge: usize, change: f64, crossChange: f64, rate: f64, gear: bool): void {
  const now =
    load<f64>(charge, chargeNow) +
    load<f64>(charge, chargeSlope) * change +
    load<f64>(charge, chargeCrossSlope) * crossChange;
  const history = gear
    ? (rate / 3.0) * (load<f64>(charge, chargeBefore) - 4.0 * now)
    : -(2.0 * rate * now + load<f64>(charge, chargeHistory));
  store<f64>(charge, history, chargeHistory);
  store<f64>(charge, now, chargeBefore);
}

// @ts-ignore: decorator
@inline
export function acceptVolts(junction: usize): void {
  store<f64>(junction, load<f64>(junction, junctionVolts), junctionSettled);
}

// @ts-ignore: decorator
@inline
export function restoreVolts(junction: usize): void {
  store<f64>(junction, load<f64>(junction, junctionSettled), junctionVolts);
}
