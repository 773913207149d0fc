import { Charge, type Device, type Dynamics, type Place, type RateChange, type Stamp, voltage } from "./device.ts";
import { criticalVoltage, depletionCharge, junctionCurrent, limitJunction } from "./junction.ts";
import type { ModelParameters } from "./model-parameters.ts";

/**
 * A bipolar transistor, Gummel and Poon's charge control, without its series resistances, which are elements of their own.
 *
 * Parameters IS, BF, NF, VAF, IKF, ISE, NE, BR, NR, VAR, IKR, ISC, NC, TF, TR, CJE, VJE, MJE, CJC, VJC, MJC, FC.
 * Left out: XTF and its kin, the bias dependence of RB, the substrate.
 *
 * @see Gummel & Poon 1970; Berkeley SPICE3 BJT model
 */
export class BipolarTransistor implements Device {
  readonly name: string;
  /** Collector, base, emitter. */
  readonly places: readonly Place[];
  readonly #collector: Place;
  readonly #base: Place;
  readonly #emitter: Place;
  /** 1 for NPN, -1 for PNP. */
  readonly sign: number;
  readonly model;
  readonly #baseEmitter = new Charge();
  readonly #baseCollector = new Charge();
  #vbe = 0;
  #vbc = 0;

  constructor(
    name: string,
    places: readonly Place[],
    { get, area, thermalVolts }: ModelParameters,
    { sign }: { readonly sign: 1 | -1 },
  ) {
    this.name = name;
    this.places = places;
    const [collector, base, emitter] = places;
    this.#collector = collector!;
    this.#base = base!;
    this.#emitter = emitter!;
    this.sign = sign;
    const saturationAmps = get("is", 1e-16) * area;
    const inverse = (value: number) => (value > 0 && Number.isFinite(value) ? 1 / value : 0);
    const forward = get("fc", 0.5);
    this.model = {
      forwardJunction: { saturationAmps, thermalVolts: get("nf", 1) * thermalVolts },
      reverseJunction: { saturationAmps, thermalVolts: get("nr", 1) * thermalVolts },
      emitterLeak: { saturationAmps: get("ise", 0) * area, thermalVolts: get("ne", 1.5) * thermalVolts },
      collectorLeak: { saturationAmps: get("isc", 0) * area, thermalVolts: get("nc", 2) * thermalVolts },
      limits: { thermalVolts, criticalVolts: criticalVoltage(thermalVolts, saturationAmps) },
      betaForward: get("bf", 100),
      betaReverse: get("br", 1),
      earlyForward: inverse(get("vaf", get("va", 0))),
      earlyReverse: inverse(get("var", get("vb", 0))),
      kneeForward: inverse(get("ikf", get("ik", 0)) * area),
      kneeReverse: inverse(get("ikr", 0) * area),
      transitForward: get("tf", 0),
      transitReverse: get("tr", 0),
      emitterDepletion: {
        zeroFarads: get("cje", 0) * area,
        potentialVolts: get("vje", get("pe", 0.75)),
        grading: get("mje", get("me", 0.33)),
        forward,
      },
      collectorDepletion: {
        zeroFarads: get("cjc", 0) * area,
        potentialVolts: get("vjc", get("pc", 0.75)),
        grading: get("mjc", get("mc", 0.33)),
        forward,
      },
    };
  }

  load(x: Float64Array, stamp: Stamp, dynamics: Dynamics): boolean {
    const m = this.model;
    const sign = this.sign;
    const [c, b, e] = [this.#collector, this.#base, this.#emitter];
    const askedBe = sign * voltage(x, b, e);
    const askedBc = sign * voltage(x, b, c);
    const vbe = limitJunction(askedBe, this.#vbe, m.limits);
    const vbc = limitJunction(askedBc, this.#vbc, m.limits);
    const limited = Math.abs(vbe - askedBe) > 1e-9 || Math.abs(vbc - askedBc) > 1e-9;
    this.#vbe = vbe;
    this.#vbc = vbc;

    const f = junctionCurrent(vbe, m.forwardJunction);
    const r = junctionCurrent(vbc, m.reverseJunction);
    const le = junctionCurrent(vbe, m.emitterLeak);
    const lc = junctionCurrent(vbc, m.collectorLeak);
    const { gmin } = dynamics;

    // Base charge and its slopes.
    const q1 = 1 / (1 - m.earlyForward * vbc - m.earlyReverse * vbe);
    let qb = q1;
    let dqbe = q1 * q1 * m.earlyReverse;
    let dqbc = q1 * q1 * m.earlyForward;
    if (m.kneeForward > 0 || m.kneeReverse > 0) {
      const q2 = m.kneeForward * f.amps + m.kneeReverse * r.amps;
      const root = Math.sqrt(Math.max(0, 1 + 4 * q2)) || 1;
      qb = (q1 * (1 + root)) / 2;
      dqbe = q1 * (qb * m.earlyReverse + (m.kneeForward * f.siemens) / root);
      dqbc = q1 * (qb * m.earlyForward + (m.kneeReverse * r.siemens) / root);
    }
    const transport = (f.amps - r.amps) / qb;
    const transportBe = (f.siemens - transport * dqbe) / qb;
    const transportBc = (-r.siemens - transport * dqbc) / qb;

    // Base to emitter, base to collector: recombination and charges.
    let ibe = f.amps / m.betaForward + le.amps + gmin * vbe;
    let gbe = f.siemens / m.betaForward + le.siemens + gmin;
    let ibc = r.amps / m.betaReverse + lc.amps + gmin * vbc;
    let gbc = r.siemens / m.betaReverse + lc.siemens + gmin;
    // The forward charge depends on both voltages through the base charge.
    let gbeBc = 0;
    {
      const { coulombs, farads } = depletionCharge(vbe, m.emitterDepletion);
      const stored = coulombs + (m.transitForward * f.amps) / qb;
      ibe += this.#baseEmitter.current(stored, dynamics);
      gbe += dynamics.rate * (farads + (m.transitForward * (f.siemens - (f.amps * dqbe) / qb)) / qb);
      gbeBc = -dynamics.rate * ((m.transitForward * f.amps * dqbc) / qb / qb);
    }
    {
      const { coulombs, farads } = depletionCharge(vbc, m.collectorDepletion);
      ibc += this.#baseCollector.current(coulombs + m.transitReverse * r.amps, dynamics);
      gbc += dynamics.rate * (farads + m.transitReverse * r.siemens);
    }

    stamp.current(b, e, sign * (ibe - gbe * vbe - gbeBc * vbc));
    stamp.conductance(b, e, gbe, b, e);
    stamp.conductance(b, e, gbeBc, b, c);
    stamp.current(b, c, sign * (ibc - gbc * vbc));
    stamp.conductance(b, c, gbc, b, c);
    stamp.current(c, e, sign * (transport - transportBe * vbe - transportBc * vbc));
    stamp.conductance(c, e, transportBe, b, e);
    stamp.conductance(c, e, transportBc, b, c);
    return limited;
  }

  accept(dynamics: Dynamics): void {
    this.#baseEmitter.accept(dynamics);
    this.#baseCollector.accept(dynamics);
  }

  start(dynamics: Dynamics): void {
    this.#baseEmitter.start(dynamics);
    this.#baseCollector.start(dynamics);
  }

  changeRate(change: RateChange): void {
    this.#baseEmitter.changeRate(change);
    this.#baseCollector.changeRate(change);
  }

  takeState(before: Device): void {
    if (!(before instanceof BipolarTransistor)) throw new Error(`bug: ${this.name} was something else`);
    this.#baseEmitter.takeState(before.#baseEmitter);
    this.#baseCollector.takeState(before.#baseCollector);
    this.#vbe = before.#vbe;
    this.#vbc = before.#vbc;
  }
}
