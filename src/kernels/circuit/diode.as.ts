/** Diodes, as circuits/devices/diode.ts defines them. */
import { exponential } from "./exponential.as";
import {
  acceptCharge,
  acceptVolts,
  addTo,
  at,
  chargeAmps,
  depletionCoulombs,
  depletionFarads,
  depletionPart,
  isSettled,
  junctionAmps,
  junctionPart,
  junctionSiemens,
  limitJunction,
  restoreVolts,
  word,
} from "./junction.as";
import {
  diodeBreakdown,
  diodeBytes,
  diodeCharge,
  diodeDepletion,
  diodeJunction,
  diodeTransit,
  junctionInverseThermal,
  junctionSaturation,
  junctionThermal,
  junctionVolts,
} from "./layout";

/** Below breakdown the mirrored characteristic is limited in the same way. */
function limitBreakdown(junction: usize, asked: f64, breakdown: f64): f64 {
  const before = load<f64>(junction, junctionVolts);
  store<f64>(junction, -(before + breakdown), junctionVolts);
  return -(limitJunction(junction, -(asked + breakdown)) + breakdown);
}

/**
 * Adds the diodes' currents and slopes to residuals and matrix.
 *
 * @param keep - Takes the voltages of the last call instead of asking for new ones.
 * @returns Whether one of them limited itself.
 */
export function loadDiodes(first: usize, count: i32, rate: f64, gmin: f64, keep: bool): bool {
  let limited = false;
  let d = first;
  for (let k: i32 = 0; k < count; k++, d += diodeBytes) {
    const junction = d + diodeJunction;
    const asked = at(d, 0) - at(d, 4);
    const thermal = load<f64>(junction, junctionThermal);
    const inverseThermal = load<f64>(junction, junctionInverseThermal);
    const saturation = load<f64>(junction, junctionSaturation);
    const breakdown = load<f64>(d, diodeBreakdown);
    let volts: f64;
    if (keep) volts = load<f64>(junction, junctionVolts);
    else {
      volts =
        asked < 0 && asked < 10.0 * thermal - breakdown
          ? limitBreakdown(junction, asked, breakdown)
          : limitJunction(junction, asked);
      store<f64>(junction, volts, junctionVolts);
    }
    const beyond = asked - volts;
    if (Math.abs(beyond) > 1e-9) limited = true;

    let amps: f64;
    let siemens: f64;
    if (volts < -breakdown) {
      const part = saturation * exponential(Math.min(-(breakdown + volts) * inverseThermal, 700.0));
      amps = -part;
      siemens = part * inverseThermal;
    } else {
      const part = junctionPart(volts, thermal, inverseThermal);
      amps = junctionAmps(volts, part, thermal, saturation);
      siemens = junctionSiemens(volts, part, thermal, inverseThermal, saturation);
    }
    const depletion = d + diodeDepletion;
    const transit = load<f64>(d, diodeTransit);
    const part = depletionPart(depletion, volts);
    const coulombs = depletionCoulombs(depletion, volts, part) + transit * amps;
    const farads = depletionFarads(depletion, volts, part) + transit * siemens;
    amps += chargeAmps(d + diodeCharge, coulombs, farads, rate) + gmin * volts;
    siemens += rate * farads + gmin;

    const flow = amps + siemens * beyond;
    addTo(d, 8, -flow);
    addTo(d, 12, flow);
    addTo(d, 16, siemens);
    addTo(d, 20, -siemens);
    addTo(d, 24, -siemens);
    addTo(d, 28, siemens);
  }
  return limited;
}

// @ts-ignore: decorator
@inline
function changeOf(d: usize, shift: usize): f64 {
  return load<f64>(word(d) + shift) - load<f64>(word(d, 4) + shift);
}

/** Whether no diode moved by more than its bend lets pass. */
export function diodesSettled(first: usize, count: i32, shift: usize, relative: f64): bool {
  let d = first;
  for (let k: i32 = 0; k < count; k++, d += diodeBytes) {
    if (!isSettled(d + diodeJunction, changeOf(d, shift), relative)) return false;
  }
  return true;
}

export function acceptDiodes(first: usize, count: i32, shift: usize, rate: f64, gear: bool): void {
  let d = first;
  for (let k: i32 = 0; k < count; k++, d += diodeBytes) {
    acceptVolts(d + diodeJunction);
    acceptCharge(d + diodeCharge, changeOf(d, shift), 0, rate, gear);
  }
}

export function restoreDiodes(first: usize, count: i32): void {
  let d = first;
  for (let k: i32 = 0; k < count; k++, d += diodeBytes) restoreVolts(d + diodeJunction);
}
