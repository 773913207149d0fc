/** Bipolar transistors, as circuits/devices/bipolar-transistor.ts defines them. */
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
  bipolarBytes,
  bipolarCollectorCharge,
  bipolarCollectorDepletion,
  bipolarCollectorLeakSaturation,
  bipolarCollectorLeakThermal,
  bipolarEarlyForward,
  bipolarEarlyReverse,
  bipolarEmitterCharge,
  bipolarEmitterDepletion,
  bipolarEmitterLeakSaturation,
  bipolarEmitterLeakThermal,
  bipolarForward,
  bipolarInverseBetaForward,
  bipolarInverseBetaReverse,
  bipolarKneeForward,
  bipolarKneeReverse,
  bipolarReverse,
  bipolarSign,
  bipolarTransitForward,
  bipolarTransitReverse,
  chargeCrossSlope,
  junctionInverseThermal,
  junctionSaturation,
  junctionThermal,
  junctionVolts,
} from "./layout";

/** Adds currents and slopes; see `loadDiodes`. */
export function loadBipolars(first: usize, count: i32, rate: f64, gmin: f64, keep: bool): bool {
  let limited = false;
  let d = first;
  for (let k: i32 = 0; k < count; k++, d += bipolarBytes) {
    const sign = load<f64>(d, bipolarSign);
    const base = at(d, 4);
    const askedBe = sign * (base - at(d, 8));
    const askedBc = sign * (base - at(d, 0));
    const forward = d + bipolarForward;
    const reverse = d + bipolarReverse;
    let vbe = load<f64>(forward, junctionVolts);
    let vbc = load<f64>(reverse, junctionVolts);
    if (!keep) {
      vbe = limitJunction(forward, askedBe);
      vbc = limitJunction(reverse, askedBc);
      store<f64>(forward, vbe, junctionVolts);
      store<f64>(reverse, vbc, junctionVolts);
    }
    const beyondBe = askedBe - vbe;
    const beyondBc = askedBc - vbc;
    if (Math.abs(beyondBe) > 1e-9 || Math.abs(beyondBc) > 1e-9) limited = true;

    let thermal = load<f64>(forward, junctionThermal);
    let inverse = load<f64>(forward, junctionInverseThermal);
    let saturation = load<f64>(forward, junctionSaturation);
    let part = junctionPart(vbe, thermal, inverse);
    const fAmps = junctionAmps(vbe, part, thermal, saturation);
    const fSiemens = junctionSiemens(vbe, part, thermal, inverse, saturation);
    thermal = load<f64>(reverse, junctionThermal);
    inverse = load<f64>(reverse, junctionInverseThermal);
    saturation = load<f64>(reverse, junctionSaturation);
    part = junctionPart(vbc, thermal, inverse);
    const rAmps = junctionAmps(vbc, part, thermal, saturation);
    const rSiemens = junctionSiemens(vbc, part, thermal, inverse, saturation);

    let ibe = fAmps * load<f64>(d, bipolarInverseBetaForward) + gmin * vbe;
    let gbe = fSiemens * load<f64>(d, bipolarInverseBetaForward) + gmin;
    let ibc = rAmps * load<f64>(d, bipolarInverseBetaReverse) + gmin * vbc;
    let gbc = rSiemens * load<f64>(d, bipolarInverseBetaReverse) + gmin;
    saturation = load<f64>(d, bipolarEmitterLeakSaturation);
    if (saturation > 0) {
      thermal = load<f64>(d, bipolarEmitterLeakThermal);
      inverse = 1.0 / thermal;
      part = junctionPart(vbe, thermal, inverse);
      ibe += junctionAmps(vbe, part, thermal, saturation);
      gbe += junctionSiemens(vbe, part, thermal, inverse, saturation);
    }
    saturation = load<f64>(d, bipolarCollectorLeakSaturation);
    if (saturation > 0) {
      thermal = load<f64>(d, bipolarCollectorLeakThermal);
      inverse = 1.0 / thermal;
      part = junctionPart(vbc, thermal, inverse);
      ibc += junctionAmps(vbc, part, thermal, saturation);
      gbc += junctionSiemens(vbc, part, thermal, inverse, saturation);
    }

    // Base charge and its slopes.
    const earlyForward = load<f64>(d, bipolarEarlyForward);
    const earlyReverse = load<f64>(d, bipolarEarlyReverse);
    const kneeForward = load<f64>(d, bipolarKneeForward);
    const kneeReverse = load<f64>(d, bipolarKneeReverse);
    const q1 = 1.0 / (1.0 - earlyForward * vbc - earlyReverse * vbe);
    let qb = q1;
    let dqbe = q1 * q1 * earlyReverse;
    let dqbc = q1 * q1 * earlyForward;
    if (kneeForward > 0 || kneeReverse > 0) {
      const q2 = kneeForward * fAmps + kneeReverse * rAmps;
      let root = Math.sqrt(Math.max(0, 1.0 + 4.0 * q2));
      if (root == 0) root = 1.0;
      const inverseRoot = 1.0 / root;
      qb = 0.5 * q1 * (1.0 + root);
      dqbe = q1 * (qb * earlyReverse + kneeForward * fSiemens * inverseRoot);
      dqbc = q1 * (qb * earlyForward + kneeReverse * rSiemens * inverseRoot);
    }
    const inverseQb = 1.0 / qb;
    const transport = (fAmps - rAmps) * inverseQb;
    const transportBe = (fSiemens - transport * dqbe) * inverseQb;
    const transportBc = -(rSiemens + transport * dqbc) * inverseQb;

    const emitter = d + bipolarEmitterDepletion;
    const transitForward = load<f64>(d, bipolarTransitForward);
    const share = transitForward * fAmps * inverseQb;
    part = depletionPart(emitter, vbe);
    let farads = depletionFarads(emitter, vbe, part) + (transitForward * fSiemens - share * dqbe) * inverseQb;
    const cross = -share * dqbc * inverseQb;
    store<f64>(d, cross, bipolarEmitterCharge + chargeCrossSlope);
    ibe += chargeAmps(d + bipolarEmitterCharge, depletionCoulombs(emitter, vbe, part) + share, farads, rate);
    gbe += rate * farads;
    const gbeBc = rate * cross;

    const collector = d + bipolarCollectorDepletion;
    const transitReverse = load<f64>(d, bipolarTransitReverse);
    part = depletionPart(collector, vbc);
    farads = depletionFarads(collector, vbc, part) + transitReverse * rSiemens;
    ibc += chargeAmps(
      d + bipolarCollectorCharge,
      depletionCoulombs(collector, vbc, part) + transitReverse * rAmps,
      farads,
      rate,
    );
    gbc += rate * farads;

    const flowBe = sign * (ibe + gbe * beyondBe + gbeBc * beyondBc);
    const flowBc = sign * (ibc + gbc * beyondBc);
    const flowCe = sign * (transport + transportBe * beyondBe + transportBc * beyondBc);
    addTo(d, 12, flowBc - flowCe);
    addTo(d, 16, -flowBe - flowBc);
    addTo(d, 20, flowBe + flowCe);
    // Rows: collector, base, emitter; columns the same.
    const baseBe = gbe;
    const baseBc = gbeBc + gbc;
    addTo(d, 24, gbc - transportBc);
    addTo(d, 28, transportBe + transportBc - gbc);
    addTo(d, 32, -transportBe);
    addTo(d, 36, -baseBc);
    addTo(d, 40, baseBe + baseBc);
    addTo(d, 44, -baseBe);
    addTo(d, 48, gbeBc + transportBc);
    addTo(d, 52, -gbe - gbeBc - transportBe - transportBc);
    addTo(d, 56, gbe + transportBe);
  }
  return limited;
}

// @ts-ignore: decorator
@inline
function changeBe(d: usize, shift: usize): f64 {
  return load<f64>(d, bipolarSign) * (load<f64>(word(d, 4) + shift) - load<f64>(word(d, 8) + shift));
}

// @ts-ignore: decorator
@inline
function changeBc(d: usize, shift: usize): f64 {
  return load<f64>(d, bipolarSign) * (load<f64>(word(d, 4) + shift) - load<f64>(word(d) + shift));
}

export function bipolarsSettled(first: usize, count: i32, shift: usize, relative: f64): bool {
  let d = first;
  for (let k: i32 = 0; k < count; k++, d += bipolarBytes) {
    if (!isSettled(d + bipolarForward, changeBe(d, shift), relative)) return false;
    if (!isSettled(d + bipolarReverse, changeBc(d, shift), relative)) return false;
  }
  return true;
}

export function acceptBipolars(first: usize, count: i32, shift: usize, rate: f64, gear: bool): void {
  let d = first;
  for (let k: i32 = 0; k < count; k++, d += bipolarBytes) {
    acceptVolts(d + bipolarForward);
    acceptVolts(d + bipolarReverse);
    const be = changeBe(d, shift);
    const bc = changeBc(d, shift);
    acceptCharge(d + bipolarEmitterCharge, be, bc, rate, gear);
    acceptCharge(d + bipolarCollectorCharge, bc, 0, rate, gear);
  }
}

export function restoreBipolars(first: usize, count: i32): void {
  let d = first;
  for (let k: i32 = 0; k < count; k++, d += bipolarBytes) {
    restoreVolts(d + bipolarForward);
    restoreVolts(d + bipolarReverse);
  }
}
