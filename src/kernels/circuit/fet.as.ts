/** Junction FETs and MOSFETs, as circuits/devices/junction-fet.ts and mosfet.ts define them. */
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
  junctionFetBeta,
  junctionFetBytes,
  junctionFetDrain,
  junctionFetDrainCharge,
  junctionFetDrainDepletion,
  junctionFetLambda,
  junctionFetSign,
  junctionFetSource,
  junctionFetSourceCharge,
  junctionFetSourceDepletion,
  junctionFetThreshold,
  junctionInverseThermal,
  junctionSaturation,
  junctionThermal,
  junctionVolts,
  mosfetBeta,
  mosfetBytes,
  mosfetDrain,
  mosfetDrainCharge,
  mosfetDrainDepletion,
  mosfetGamma,
  mosfetGate,
  mosfetGateTolerance,
  mosfetLambda,
  mosfetPhi,
  mosfetRootPhi,
  mosfetSign,
  mosfetSource,
  mosfetSourceCharge,
  mosfetSourceDepletion,
  mosfetThreshold,
} from "./layout";

/** As `limitGate` in circuits/devices. */
function limitGate(volts: f64, before: f64, threshold: f64): f64 {
  const high = Math.abs(2.0 * (before - threshold)) + 2.0;
  const low = 0.5 * high + 2.0;
  const edge = threshold + 3.5;
  const change = volts - before;
  if (before >= threshold) {
    if (before >= edge) {
      if (change <= 0) return volts >= edge ? Math.max(volts, before - low) : Math.max(volts, threshold + 2.0);
      return Math.min(volts, before + high);
    }
    return change <= 0 ? Math.max(volts, threshold - 0.5) : Math.min(volts, threshold + 4.0);
  }
  if (change <= 0) return Math.max(volts, before - high);
  return volts <= threshold + 0.5 ? Math.min(volts, before + low) : threshold + 0.5;
}

/** Slope of the last junction that was loaded. */
let slope: f64 = 0;

/** Current of a junction with its charge at its voltage; leaves its slope in `slope`. */
function loadJunction(junction: usize, depletion: usize, charge: usize, rate: f64, gmin: f64): f64 {
  const volts = load<f64>(junction, junctionVolts);
  const saturation = load<f64>(junction, junctionSaturation);
  const inverse = load<f64>(junction, junctionInverseThermal);
  const thermal = load<f64>(junction, junctionThermal);
  let part = junctionPart(volts, thermal, inverse);
  const amps = junctionAmps(volts, part, thermal, saturation);
  const siemens = junctionSiemens(volts, part, thermal, inverse, saturation);
  part = depletionPart(depletion, volts);
  const farads = depletionFarads(depletion, volts, part);
  slope = siemens + gmin + rate * farads;
  return amps + gmin * volts + chargeAmps(charge, depletionCoulombs(depletion, volts, part), farads, rate);
}

/** Adds currents and slopes; see `loadDiodes`. */
export function loadJunctionFets(first: usize, count: i32, rate: f64, gmin: f64, keep: bool): bool {
  let limited = false;
  let d = first;
  for (let k: i32 = 0; k < count; k++, d += junctionFetBytes) {
    const sign = load<f64>(d, junctionFetSign);
    const gate = at(d, 4);
    const askedGs = sign * (gate - at(d, 8));
    const askedGd = sign * (gate - at(d, 0));
    const source = d + junctionFetSource;
    const drain = d + junctionFetDrain;
    const threshold = load<f64>(d, junctionFetThreshold);
    let vgs = load<f64>(source, junctionVolts);
    let vgd = load<f64>(drain, junctionVolts);
    if (!keep) {
      vgs = limitGate(limitJunction(source, askedGs), vgs, threshold);
      vgd = limitGate(limitJunction(drain, askedGd), vgd, threshold);
      store<f64>(source, vgs, junctionVolts);
      store<f64>(drain, vgd, junctionVolts);
    }
    const beyondGs = askedGs - vgs;
    const beyondGd = askedGd - vgd;
    if (Math.abs(beyondGs) > 1e-9 || Math.abs(beyondGd) > 1e-9) limited = true;

    // The channel is symmetric: whichever end is lower acts as the source.
    const swapped = vgs < vgd;
    const drive = (swapped ? vgd : vgs) - threshold;
    const across = Math.abs(vgs - vgd);
    let amps: f64 = 0;
    let gm: f64 = 0;
    let gds: f64 = 0;
    if (drive > 0) {
      const beta = load<f64>(d, junctionFetBeta);
      const lambda = load<f64>(d, junctionFetLambda);
      const length = 1.0 + lambda * across;
      if (drive <= across) {
        const square = beta * drive * drive;
        amps = square * length;
        gm = 2.0 * beta * length * drive;
        gds = lambda * square;
      } else {
        const shape = across * (2.0 * drive - across);
        amps = beta * length * shape;
        gm = 2.0 * beta * length * across;
        gds = beta * (length * 2.0 * (drive - across) + lambda * shape);
      }
    }
    // Out of the drain through the channel to the source, with its slopes along gate, drain and source.
    let flow = amps + gm * (swapped ? beyondGd : beyondGs) + gds * (swapped ? beyondGd - beyondGs : beyondGs - beyondGd);
    let toDrain = gds;
    let toSource = -gm - gds;
    if (swapped) {
      flow = -flow;
      gm = -gm;
      toDrain = -gm + gds;
      toSource = -gds;
    }
    flow *= sign;

    const ampsGs = loadJunction(source, d + junctionFetSourceDepletion, d + junctionFetSourceCharge, rate, gmin);
    const gs = slope;
    const ampsGd = loadJunction(drain, d + junctionFetDrainDepletion, d + junctionFetDrainCharge, rate, gmin);
    const gd = slope;
    const flowGs = sign * (ampsGs + gs * beyondGs);
    const flowGd = sign * (ampsGd + gd * beyondGd);

    addTo(d, 12, flowGd - flow);
    addTo(d, 16, -flowGs - flowGd);
    addTo(d, 20, flowGs + flow);
    // Rows: drain, gate, source; columns the same.
    addTo(d, 24, toDrain + gd);
    addTo(d, 28, gm - gd);
    addTo(d, 32, toSource);
    addTo(d, 36, -gd);
    addTo(d, 40, gs + gd);
    addTo(d, 44, -gs);
    addTo(d, 48, -toDrain);
    addTo(d, 52, -gm - gs);
    addTo(d, 56, gs - toSource);
  }
  return limited;
}

/** Adds currents and slopes; see `loadDiodes`. */
export function loadMosfets(first: usize, count: i32, rate: f64, gmin: f64, keep: bool): bool {
  let limited = false;
  let d = first;
  for (let k: i32 = 0; k < count; k++, d += mosfetBytes) {
    const sign = load<f64>(d, mosfetSign);
    const vd = at(d, 0);
    const vg = at(d, 4);
    const vs = at(d, 8);
    const vb = at(d, 12);
    const askedGs = sign * (vg - vs);
    const askedGd = sign * (vg - vd);
    const askedBs = sign * (vb - vs);
    const askedBd = sign * (vb - vd);
    const threshold = load<f64>(d, mosfetThreshold);
    const source = d + mosfetSource;
    const drain = d + mosfetDrain;
    let vgs = load<f64>(d, mosfetGate);
    let vgd = load<f64>(d, mosfetGate + 16);
    let vbs = load<f64>(source, junctionVolts);
    let vbd = load<f64>(drain, junctionVolts);
    if (!keep) {
      vgs = limitGate(askedGs, vgs, threshold);
      vgd = limitGate(askedGd, vgd, threshold);
      vbs = limitJunction(source, askedBs);
      vbd = limitJunction(drain, askedBd);
      store<f64>(d, vgs, mosfetGate);
      store<f64>(d, vgd, mosfetGate + 16);
      store<f64>(source, vbs, junctionVolts);
      store<f64>(drain, vbd, junctionVolts);
    }
    const beyondGs = askedGs - vgs;
    const beyondGd = askedGd - vgd;
    const beyondBs = askedBs - vbs;
    const beyondBd = askedBd - vbd;
    if (
      Math.abs(beyondGs) > 1e-9 || Math.abs(beyondGd) > 1e-9 || Math.abs(beyondBs) > 1e-9 || Math.abs(beyondBd) > 1e-9
    ) {
      limited = true;
    }

    const swapped = vgs < vgd;
    const across = Math.abs(vgs - vgd);
    const back = swapped ? vbd : vbs;
    const root = load<f64>(d, mosfetRootPhi);
    const gamma = load<f64>(d, mosfetGamma);
    const depth =
      back <= 0 ? Math.sqrt(load<f64>(d, mosfetPhi) - back) : Math.max(0, root - back / (2.0 * root));
    const depthSlope = depth == 0 ? 0.0 : back <= 0 ? -0.5 / depth : -0.5 / root;
    const drive = (swapped ? vgd : vgs) - threshold - gamma * (depth - root);
    let amps: f64 = 0;
    let gm: f64 = 0;
    let gds: f64 = 0;
    let gmb: f64 = 0;
    if (drive > 0) {
      const beta = load<f64>(d, mosfetBeta);
      const lambda = load<f64>(d, mosfetLambda);
      const length = 1.0 + lambda * across;
      if (drive <= across) {
        const half = 0.5 * beta * drive * drive;
        amps = half * length;
        gm = beta * drive * length;
        gds = lambda * half;
      } else {
        const shape = across * (drive - 0.5 * across);
        amps = beta * length * shape;
        gm = beta * length * across;
        gds = beta * (length * (drive - across) + lambda * shape);
      }
      gmb = -gm * gamma * depthSlope;
    }
    let flow =
      amps +
      gm * (swapped ? beyondGd : beyondGs) +
      gds * (swapped ? beyondGd - beyondGs : beyondGs - beyondGd) +
      gmb * (swapped ? beyondBd : beyondBs);
    let toDrain = gds;
    let toSource = -gm - gds - gmb;
    if (swapped) {
      flow = -flow;
      toDrain = gm + gds + gmb;
      toSource = -gds;
      gm = -gm;
      gmb = -gmb;
    }
    flow *= sign;

    const ampsBs = loadJunction(source, d + mosfetSourceDepletion, d + mosfetSourceCharge, rate, gmin);
    const bs = slope;
    const ampsBd = loadJunction(drain, d + mosfetDrainDepletion, d + mosfetDrainCharge, rate, gmin);
    const bd = slope;
    const flowBs = sign * (ampsBs + bs * beyondBs);
    const flowBd = sign * (ampsBd + bd * beyondBd);

    addTo(d, 16, flowBd - flow);
    addTo(d, 24, flowBs + flow);
    addTo(d, 28, -flowBs - flowBd);
    // Rows: drain, gate, source, bulk; columns the same. Nothing flows into the gate.
    addTo(d, 32, toDrain + bd);
    addTo(d, 36, gm);
    addTo(d, 40, toSource);
    addTo(d, 44, gmb - bd);
    addTo(d, 64, -toDrain);
    addTo(d, 68, -gm);
    addTo(d, 72, bs - toSource);
    addTo(d, 76, -gmb - bs);
    addTo(d, 80, -bd);
    addTo(d, 88, -bs);
    addTo(d, 92, bs + bd);
  }
  return limited;
}

/** Change of the voltage between two of a record's unknowns. */
// @ts-ignore: decorator
@inline
function changeBetween(d: usize, from: usize, to: usize, sign: f64, shift: usize): f64 {
  return sign * (load<f64>(word(d, from) + shift) - load<f64>(word(d, to) + shift));
}

export function junctionFetsSettled(first: usize, count: i32, shift: usize, relative: f64): bool {
  let d = first;
  for (let k: i32 = 0; k < count; k++, d += junctionFetBytes) {
    if (!isSettled(d + junctionFetSource, changeBetween(d, 4, 8, 1.0, shift), relative)) return false;
    if (!isSettled(d + junctionFetDrain, changeBetween(d, 4, 0, 1.0, shift), relative)) return false;
  }
  return true;
}

export function mosfetsSettled(first: usize, count: i32, shift: usize, relative: f64): bool {
  let d = first;
  for (let k: i32 = 0; k < count; k++, d += mosfetBytes) {
    const tolerance = load<f64>(d, mosfetGateTolerance);
    const source = tolerance + relative * Math.abs(load<f64>(d, mosfetGate));
    const drain = tolerance + relative * Math.abs(load<f64>(d, mosfetGate + 16));
    if (!(Math.abs(changeBetween(d, 4, 8, 1.0, shift)) <= source)) return false;
    if (!(Math.abs(changeBetween(d, 4, 0, 1.0, shift)) <= drain)) return false;
    if (!isSettled(d + mosfetSource, changeBetween(d, 12, 8, 1.0, shift), relative)) return false;
    if (!isSettled(d + mosfetDrain, changeBetween(d, 12, 0, 1.0, shift), relative)) return false;
  }
  return true;
}

export function acceptJunctionFets(first: usize, count: i32, shift: usize, rate: f64, gear: bool): void {
  let d = first;
  for (let k: i32 = 0; k < count; k++, d += junctionFetBytes) {
    const sign = load<f64>(d, junctionFetSign);
    acceptVolts(d + junctionFetSource);
    acceptVolts(d + junctionFetDrain);
    acceptCharge(d + junctionFetSourceCharge, changeBetween(d, 4, 8, sign, shift), 0, rate, gear);
    acceptCharge(d + junctionFetDrainCharge, changeBetween(d, 4, 0, sign, shift), 0, rate, gear);
  }
}

export function acceptMosfets(first: usize, count: i32, shift: usize, rate: f64, gear: bool): void {
  let d = first;
  for (let k: i32 = 0; k < count; k++, d += mosfetBytes) {
    const sign = load<f64>(d, mosfetSign);
    store<f64>(d, load<f64>(d, mosfetGate), mosfetGate + 8);
    store<f64>(d, load<f64>(d, mosfetGate + 16), mosfetGate + 24);
    acceptVolts(d + mosfetSource);
    acceptVolts(d + mosfetDrain);
    acceptCharge(d + mosfetSourceCharge, changeBetween(d, 12, 8, sign, shift), 0, rate, gear);
    acceptCharge(d + mosfetDrainCharge, changeBetween(d, 12, 0, sign, shift), 0, rate, gear);
  }
}

export function restoreJunctionFets(first: usize, count: i32): void {
  let d = first;
  for (let k: i32 = 0; k < count; k++, d += junctionFetBytes) {
    restoreVolts(d + junctionFetSource);
    restoreVolts(d + junctionFetDrain);
  }
}

export function restoreMosfets(first: usize, count: i32): void {
  let d = first;
  for (let k: i32 = 0; k < count; k++, d += mosfetBytes) {
    store<f64>(d, load<f64>(d, mosfetGate + 8), mosfetGate);
    store<f64>(d, load<f64>(d, mosfetGate + 24), mosfetGate + 16);
    restoreVolts(d + mosfetSource);
    restoreVolts(d + mosfetDrain);
  }
}
