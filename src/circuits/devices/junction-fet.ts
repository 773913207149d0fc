import { Charge, type Device, type Dynamics, type Place, type RateChange, type Stamp, voltage } from "./device.ts";
import { criticalVoltage, depletionCharge, junctionCurrent, limitGate, limitJunction } from "./junction.ts";
import type { ModelParameters } from "./model-parameters.ts";

/**
 * A junction field-effect transistor, Shichman and Hodges' equations, without its series resistances.
 *
 * Parameters VTO, BETA, LAMBDA, IS, N, CGS, CGD, PB, FC.
 *
 * @see Shichman & Hodges 1968; Berkeley SPICE3 JFET model (ngspice's B is taken as 1)
 */
export class JunctionFet implements Device {
  readonly name: string;
  /** Drain, gate, source. */
  readonly places: readonly Place[];
  readonly #drain: Place;
  readonly #gate: Place;
  readonly #source: Place;
  readonly sign: number;
  readonly model;
  readonly #gateSource = new Charge();
  readonly #gateDrain = new Charge();
  #vgs = 0;
  #vgd = 0;

  constructor(
    name: string,
    places: readonly Place[],
    { get, area, thermalVolts }: ModelParameters,
    { sign }: { readonly sign: 1 | -1 },
  ) {
    this.name = name;
    this.places = places;
    const [drain, gate, source] = places;
    this.#drain = drain!;
    this.#gate = gate!;
    this.#source = source!;
    this.sign = sign;
    const junction = { saturationAmps: get("is", 1e-14) * area, thermalVolts: get("n", 1) * thermalVolts };
    const depletion = { potentialVolts: get("pb", 1), grading: get("m", 0.5), forward: get("fc", 0.5) };
    this.model = {
      threshold: get("vto", -2),
      beta: get("beta", 1e-4) * area,
      lambda: get("lambda", 0),
      junction,
      limits: {
        thermalVolts: junction.thermalVolts,
        criticalVolts: criticalVoltage(junction.thermalVolts, junction.saturationAmps),
      },
      sourceDepletion: { ...depletion, zeroFarads: get("cgs", 0) * area },
      drainDepletion: { ...depletion, zeroFarads: get("cgd", 0) * area },
    };
  }

  load(x: Float64Array, stamp: Stamp, dynamics: Dynamics): boolean {
    const m = this.model;
    const sign = this.sign;
    const [d, g, s] = [this.#drain, this.#gate, this.#source];
    const askedGs = sign * voltage(x, g, s);
    const askedGd = sign * voltage(x, g, d);
    const vgs = limitGate(limitJunction(askedGs, this.#vgs, m.limits), this.#vgs, m.threshold);
    const vgd = limitGate(limitJunction(askedGd, this.#vgd, m.limits), this.#vgd, m.threshold);
    const limited = Math.abs(vgs - askedGs) > 1e-9 || Math.abs(vgd - askedGd) > 1e-9;
    this.#vgs = vgs;
    this.#vgd = vgd;

    // The channel is symmetric: whichever end is lower acts as the source.
    const swapped = vgs < vgd;
    const control = swapped ? vgd : vgs;
    const across = Math.abs(vgs - vgd);
    const { amps, transconductance, conductance } = channel(control, across, m);
    const from = swapped ? s : d;
    const to = swapped ? d : s;
    stamp.current(from, to, sign * (amps - transconductance * control - conductance * across));
    stamp.conductance(from, to, transconductance, g, to);
    stamp.conductance(from, to, conductance, from, to);

    this.#junction(stamp, { a: g, b: s, volts: vgs, depletion: m.sourceDepletion, charge: this.#gateSource }, dynamics);
    this.#junction(stamp, { a: g, b: d, volts: vgd, depletion: m.drainDepletion, charge: this.#gateDrain }, dynamics);
    return limited;
  }

  accept(dynamics: Dynamics): void {
    this.#gateSource.accept(dynamics);
    this.#gateDrain.accept(dynamics);
  }

  start(dynamics: Dynamics): void {
    this.#gateSource.start(dynamics);
    this.#gateDrain.start(dynamics);
  }

  changeRate(change: RateChange): void {
    this.#gateSource.changeRate(change);
    this.#gateDrain.changeRate(change);
  }

  takeState(before: Device): void {
    if (!(before instanceof JunctionFet)) throw new Error(`bug: ${this.name} was something else`);
    this.#gateSource.takeState(before.#gateSource);
    this.#gateDrain.takeState(before.#gateDrain);
    this.#vgs = before.#vgs;
    this.#vgd = before.#vgd;
  }

  #junction(
    stamp: Stamp,
    at: {
      readonly a: Place;
      readonly b: Place;
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
    stamp.current(at.a, at.b, this.sign * (total - slope * at.volts));
    stamp.conductance(at.a, at.b, slope, at.a, at.b);
  }
}

/** Channel current for a control voltage and a voltage across, both as of an N channel the right way round. */
function channel(
  control: number,
  across: number,
  { threshold, beta, lambda }: { readonly threshold: number; readonly beta: number; readonly lambda: number },
): { amps: number; transconductance: number; conductance: number } {
  const drive = control - threshold;
  if (drive <= 0) return { amps: 0, transconductance: 0, conductance: 0 };
  const length = 1 + lambda * across;
  if (drive <= across) {
    const square = beta * drive * drive;
    return { amps: square * length, transconductance: 2 * beta * length * drive, conductance: lambda * square };
  }
  const shape = across * (2 * drive - across);
  return {
    amps: beta * length * shape,
    transconductance: 2 * beta * length * across,
    conductance: beta * (length * 2 * (drive - across) + lambda * shape),
  };
}
