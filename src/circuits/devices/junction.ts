/**
 * A junction voltage that does not run away: large steps upwards are taken along the logarithm.
 *
 * @param volts - What the iteration asks for.
 * @param before - What the junction had in the last iteration.
 * @param options.thermalVolts - Ideality factor times thermal voltage.
 * @param options.criticalVolts - Where the exponential becomes steep, `criticalVoltage`.
 * @see Nagel 1975, "SPICE2", section 3 (pnjlim)
 */
export function limitJunction(
  volts: number,
  before: number,
  { thermalVolts, criticalVolts }: { readonly thermalVolts: number; readonly criticalVolts: number },
): number {
  if (volts <= criticalVolts || Math.abs(volts - before) <= 2 * thermalVolts) return volts;
  if (before > 0) {
    const growth = 1 + (volts - before) / thermalVolts;
    return growth > 0 ? before + thermalVolts * Math.log(growth) : criticalVolts;
  }
  return thermalVolts * Math.log(volts / thermalVolts);
}

/** Where the radius of curvature of the diode's characteristic is smallest. */
export function criticalVoltage(thermalVolts: number, saturationAmps: number): number {
  return thermalVolts * Math.log(thermalVolts / (Math.SQRT2 * saturationAmps));
}

/** A gate voltage that does not jump across the threshold in one iteration. @see SPICE3 DEVfetlim */
export function limitGate(volts: number, before: number, threshold: number): number {
  const high = Math.abs(2 * (before - threshold)) + 2;
  const low = high / 2 + 2;
  const edge = threshold + 3.5;
  const change = volts - before;
  if (before >= threshold) {
    if (before >= edge) {
      if (change <= 0) return volts >= edge ? Math.max(volts, before - low) : Math.max(volts, threshold + 2);
      return Math.min(volts, before + high);
    }
    return change <= 0 ? Math.max(volts, threshold - 0.5) : Math.min(volts, threshold + 4);
  }
  if (change <= 0) return Math.max(volts, before - high);
  return volts <= threshold + 0.5 ? Math.min(volts, before + low) : threshold + 0.5;
}

/** `i = Is (exp(v / Vt) - 1)` and its slope, with a gentle tail in reverse as SPICE has it. */
export function junctionCurrent(
  volts: number,
  { saturationAmps, thermalVolts }: { readonly saturationAmps: number; readonly thermalVolts: number },
): { amps: number; siemens: number } {
  if (saturationAmps === 0) return { amps: 0, siemens: 0 };
  if (volts >= -3 * thermalVolts) {
    const exponential = Math.exp(Math.min(volts / thermalVolts, 700));
    return { amps: saturationAmps * (exponential - 1), siemens: (saturationAmps * exponential) / thermalVolts };
  }
  const cube = ((3 * thermalVolts) / (volts * Math.E)) ** 3;
  return { amps: -saturationAmps * (1 + cube), siemens: (saturationAmps * 3 * cube) / volts };
}

/** Parameters of a depletion capacitance. */
export interface Depletion {
  /** Farads at 0 V. */
  readonly zeroFarads: number;
  readonly potentialVolts: number;
  readonly grading: number;
  /** Share of the potential above which the curve goes on as a straight line. */
  readonly forward: number;
}

/** Charge and capacitance of a junction at a voltage. @see SPICE3, the diode's depletion charge */
export function depletionCharge(
  volts: number,
  { zeroFarads, potentialVolts, grading, forward }: Depletion,
): { coulombs: number; farads: number } {
  if (zeroFarads === 0) return { coulombs: 0, farads: 0 };
  const knee = forward * potentialVolts;
  if (volts < knee) {
    const rest = 1 - volts / potentialVolts;
    const power = rest ** -grading;
    return {
      coulombs: (potentialVolts * zeroFarads * (1 - rest * power)) / (1 - grading),
      farads: zeroFarads * power,
    };
  }
  const f1 = (potentialVolts * (1 - (1 - forward) ** (1 - grading))) / (1 - grading);
  const f2 = (1 - forward) ** (1 + grading);
  const f3 = 1 - forward * (1 + grading);
  const slope = grading / potentialVolts;
  return {
    coulombs: zeroFarads * (f1 + (f3 * (volts - knee) + 0.5 * slope * (volts * volts - knee * knee)) / f2),
    farads: (zeroFarads * (f3 + slope * volts)) / f2,
  };
}
