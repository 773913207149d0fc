import { Charge, type Device, type Dynamics, type Place, type RateChange, type Stamp, voltage } from "./device.ts";
import { criticalVoltage, depletionCharge, junctionCurrent, limitGate, limitJunction } from "./junction.ts";
import type { ModelParameters } from "./model-parameters.ts";

/**
 * A MOS transistor, SPICE's level 1, without its series resistances, which are elements of their own.
 *
 * Parameters VTO, KP, GAMMA, PHI, LAMBDA, W, L, LD, IS, CBD, CBS, PB, MJ, FC. Overlap capacitances (CGSO, CGDO, CGBO) are
 * elements of their own; Meyer's gate charge is left out.
 *
 * @see Shichman & Hodges 1968; Berkeley SPICE3 MOS level 1
 */
export class Mosfet implements Device {
  readonly name: string;
  /** Drain, gate, source, bulk. */
  readonly places: readonly Place[];
  readonly #drain: Place;
  readonly #gate: Place;
  readonly #source: Place;
  readonly #bulk: Place;
  readonly sign: number;
  readonly model;
  readonly #bulkSource = new Charge();
  readonly #bulkDrain = new Charge();
  #vgs = 0;
  #vgd = 0;
  #vbs = 0;
  #vbd = 0;

  constructor(
    name: string,
    places: readonly Place[],
    { get, thermalVolts }: ModelParameters,
    { sign }: { readonly sign: 1 | -1 },
  ) {
    this.name = name;
    this.places = places;
    const [drain, gate, source, bulk] = places;
    this.#drain = drain!;
    this.#gate = gate!;
    this.#source = source!;
    this.#bulk = bulk!;
    this.sign = sign;
    const saturationAmps = get("is", 1e-14);
    const depletion = { potentialVolts: get("pb", 0.8), grading: get("mj", 0.5), forward: get("fc", 0.5) };
    const width = get("w", 1e-4);
    const length = get("l", 1e-4) - 2 * get("ld", 0);
    this.model = {
      threshold: sign * get("vto", 0),
      beta: (get("kp", 2e-5) * width) / length,
      gamma: get("gamma", 0),
      phi: get("phi", 0.6),
      lambda: get("lambda", 0),
      junction: { saturationAmps, thermalVolts },
      limits: { thermalVolts, criticalVolts: criticalVoltage(thermalVolts, saturationAmps) },
      sourceDepletion: { ...depletion, zeroFarads: get("cbs", 0) },
      drainDepletion: { ...depletion, zeroFarads: get("cbd", 0) },
    };
  }

  load(x: Float64Array, stamp: Stamp, dynamics: Dynamics): boolean {
    const m = this.model;
    const sign = this.sign;
    const [d, g, s, b] = [this.#drain, this.#gate, this.#source, this.#bulk];
    const asked = {
      gs: sign * voltage(x, g, s),
      gd: sign * voltage(x, g, d),
      bs: sign * voltage(x, b, s),
      bd: sign * voltage(x, b, d),
    };
    const vgs = limitGate(asked.gs, this.#vgs, m.threshold);
    const vgd = limitGate(asked.gd, this.#vgd, m.threshold);
    const vbs = limitJunction(asked.bs, this.#vbs, m.limits);
    const vbd = limitJunction(asked.bd, this.#vbd, m.limits);
    const limited = [vgs - asked.gs, vgd - asked.gd, vbs - asked.bs, vbd - asked.bd].some((v) => Math.abs(v) > 1e-9);
    this.#vgs = vgs;
    this.#vgd = vgd;
    this.#vbs = vbs;
    this.#vbd = vbd;

    const swapped = vgs < vgd;
    const control = swapped ? vgd : vgs;
    const across = Math.abs(vgs - vgd);
    const back = swapped ? vbd : vbs;
    const { amps, transconductance, conductance, backConductance } = channel(control, across, back, m);
    const from = swapped ? s : d;
    const to = swapped ? d : s;
    stamp.current(from, to, sign * (amps - transconductance * control - conductance * across - backConductance * back));
    stamp.conductance(from, to, transconductance, g, to);
    stamp.conductance(from, to, conductance, from, to);
    stamp.conductance(from, to, backConductance, b, to);

    this.#junction(stamp, { to: s, volts: vbs, depletion: m.sourceDepletion, charge: this.#bulkSource }, dynamics);
    this.#junction(stamp, { to: d, volts: vbd, depletion: m.drainDepletion, charge: this.#bulkDrain }, dynamics);
    return limited;
  }

  accept(dynamics: Dynamics): void {
    this.#bulkSource.accept(dynamics);
    this.#bulkDrain.accept(dynamics);
  }

  start(dynamics: Dynamics): void {
    this.#bulkSource.start(dynamics);
    this.#bulkDrain.start(dynamics);
  }

  changeRate(change: RateChange): void {
    this.#bulkSource.changeRate(change);
    this.#bulkDrain.changeRate(change);
  }

  takeState(before: Device): void {
    if (!(before instanceof Mosfet)) throw new Error(`bug: ${this.name} was something else`);
    this.#bulkSource.takeState(before.#bulkSource);
    this.#bulkDrain.takeState(before.#bulkDrain);
    this.#vgs = before.#vgs;
    this.#vgd = before.#vgd;
    this.#vbs = before.#vbs;
    this.#vbd = before.#vbd;
  }

  #junction(
    stamp: Stamp,
    at: {
      readonly to: Place;
      readonly volts: number;
      readonly depletion: Parameters<typeof depletionCharge>[1];
      readonly charge: Charge;
    },
    dynamics: Dynamics,
  ): void {
    const { amps, siemens } = junctionCurrent(at.volts, this.model.junction);
    const { coulombs, farads } = depletionCharge(at.volts, at.depletion);
    const total = amps + dynamics.gmin * at.volts + at.charge.current(coulombs, dynamics);
    const slope = siemens + dynamics.gmin + dynamics.rate * farads;
    stamp.current(this.#bulk, at.to, this.sign * (total - slope * at.volts));
    stamp.conductance(this.#bulk, at.to, slope, this.#bulk, at.to);
  }
}

interface Channel {
  readonly threshold: number;
  readonly beta: number;
  readonly gamma: number;
  readonly phi: number;
  readonly lambda: number;
}

/** Channel current for gate, drain and bulk voltages against the source, as of an N channel. */
function channel(control: number, across: number, back: number, { threshold, beta, gamma, phi, lambda }: Channel) {
  const none = { amps: 0, transconductance: 0, conductance: 0, backConductance: 0 };
  const root = Math.sqrt(phi);
  const depth = back <= 0 ? Math.sqrt(phi - back) : Math.max(0, root - back / (2 * root));
  const depthSlope = depth === 0 ? 0 : back <= 0 ? -0.5 / depth : -0.5 / root;
  const drive = control - threshold - gamma * (depth - root);
  if (drive <= 0) return none;
  const length = 1 + lambda * across;
  const backShare = -gamma * depthSlope;
  if (drive <= across) {
    const half = 0.5 * beta * drive * drive;
    const transconductance = beta * drive * length;
    return {
      amps: half * length,
      transconductance,
      conductance: lambda * half,
      backConductance: transconductance * backShare,
    };
  }
  const shape = across * (drive - 0.5 * across);
  const transconductance = beta * length * across;
  return {
    amps: beta * length * shape,
    transconductance,
    conductance: beta * (length * (drive - across) + lambda * shape),
    backConductance: transconductance * backShare,
  };
}
