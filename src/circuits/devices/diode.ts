import { Charge, type Device, type Dynamics, type Place, type RateChange, type Stamp, voltage } from "./device.ts";
import { criticalVoltage, type Depletion, depletionCharge, junctionCurrent, limitJunction } from "./junction.ts";
import type { ModelParameters } from "./model-parameters.ts";

/**
 * A junction diode without its series resistance, which is an element of its own.
 *
 * Parameters IS, N, TT, CJO, VJ, M, FC, BV, IBV. In breakdown IBV flows at BV.
 *
 * @see Berkeley SPICE3 diode model, level 1
 */
export class Diode implements Device {
  readonly name: string;
  /** Anode, cathode. */
  readonly places: readonly Place[];
  readonly #anode: Place;
  readonly #cathode: Place;
  readonly junction: { readonly saturationAmps: number; readonly thermalVolts: number };
  readonly criticalVolts: number;
  readonly transitSeconds: number;
  readonly depletion: Depletion;
  readonly breakdownVolts: number;
  readonly #charge = new Charge();
  readonly #hasCharge: boolean;
  #volts = 0;

  constructor(name: string, places: readonly Place[], { get, area, thermalVolts }: ModelParameters) {
    this.name = name;
    this.places = places;
    const [anode, cathode] = places;
    this.#anode = anode!;
    this.#cathode = cathode!;
    const saturationAmps = get("is", 1e-14) * area;
    this.junction = { saturationAmps, thermalVolts: get("n", 1) * thermalVolts };
    this.criticalVolts = criticalVoltage(this.junction.thermalVolts, saturationAmps);
    this.transitSeconds = get("tt", 0);
    this.depletion = {
      zeroFarads: get("cjo", get("cj0", 0)) * area,
      potentialVolts: get("vj", 1),
      grading: get("m", 0.5),
      forward: get("fc", 0.5),
    };
    this.breakdownVolts = breakdownOf(
      { bv: get("bv", Number.POSITIVE_INFINITY), ibv: get("ibv", 1e-3) },
      this.junction,
    );
    this.#hasCharge = this.transitSeconds > 0 || this.depletion.zeroFarads > 0;
  }

  load(x: Float64Array, stamp: Stamp, dynamics: Dynamics): boolean {
    const asked = voltage(x, this.#anode, this.#cathode);
    const { thermalVolts, saturationAmps } = this.junction;
    const limits = { thermalVolts, criticalVolts: this.criticalVolts };
    const bv = this.breakdownVolts;
    let volts: number;
    if (asked < Math.min(0, -bv + 10 * thermalVolts)) {
      // Below breakdown the mirrored characteristic is limited in the same way.
      volts = -(limitJunction(-(asked + bv), -(this.#volts + bv), limits) + bv);
    } else volts = limitJunction(asked, this.#volts, limits);
    const limited = Math.abs(volts - asked) > 1e-9;
    this.#volts = volts;

    let { amps, siemens } = junctionCurrent(volts, this.junction);
    if (volts < -bv) {
      const exponential = Math.exp(Math.min(-(bv + volts) / thermalVolts, 700));
      amps = -saturationAmps * exponential;
      siemens = (saturationAmps * exponential) / thermalVolts;
    }
    if (this.#hasCharge) {
      const { coulombs, farads } = depletionCharge(volts, this.depletion);
      const stored = coulombs + this.transitSeconds * amps;
      const capacitance = farads + this.transitSeconds * siemens;
      amps += this.#charge.current(stored, dynamics);
      siemens += dynamics.rate * capacitance;
    }
    amps += dynamics.gmin * volts;
    siemens += dynamics.gmin;
    stamp.linearised(this.#anode, this.#cathode, amps, siemens, volts);
    return limited;
  }

  accept(dynamics: Dynamics): void {
    this.#charge.accept(dynamics);
  }

  start(dynamics: Dynamics): void {
    this.#charge.start(dynamics);
  }

  changeRate(change: RateChange): void {
    this.#charge.changeRate(change);
  }

  takeState(before: Device): void {
    if (!(before instanceof Diode)) throw new Error(`bug: ${this.name} was something else`);
    this.#charge.takeState(before.#charge);
    this.#volts = before.#volts;
  }
}

/** Where the exponential of breakdown begins, so that IBV flows at BV. @see SPICE3 diotemp */
function breakdownOf(
  { bv, ibv }: { readonly bv: number; readonly ibv: number },
  { saturationAmps, thermalVolts }: { readonly saturationAmps: number; readonly thermalVolts: number },
): number {
  if (!Number.isFinite(bv) || ibv < (saturationAmps * bv) / thermalVolts) return bv;
  let begin = bv - thermalVolts * Math.log(1 + ibv / saturationAmps);
  for (let i = 0; i < 25; i++) begin = bv - thermalVolts * Math.log(ibv / saturationAmps + 1 - begin / thermalVolts);
  return begin;
}
