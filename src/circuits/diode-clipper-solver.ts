import { TonewrightError } from "../errors/index.ts";

/** The parts of the diode clipper: a resistor into a capacitor with two opposed diodes across it. */
export interface DiodeClipperComponents {
  readonly resistanceOhms: number;
  readonly capacitanceFarads: number;
  readonly saturationCurrentAmps: number;
  /** The diodes' ideality factor times the thermal voltage. */
  readonly thermalVoltageVolts: number;
}

/** More than ten times what the limited Newton iteration needs at any drive. */
const maximumIterations = 100;

/**
 * A circuit at rest, as a function that turns the next source voltages into the next output voltages.
 *
 * It carries the circuit's state from call to call, so a long signal may come in pieces. Between two samples the
 * source is taken as a straight line: give it a signal that is sampled finely.
 *
 * The circuit is `dV/dt = (Vin - V)/(R C) - (2 Is/C) sinh(V/Vt)`. One trapezoidal step of length `h` asks for the `V`
 * that solves `a V + b sinh(V/Vt) = target`, with `a = 1 + h/(2 R C)` and `b = h Is/C`. Both terms rise with `V`, so
 * there is one solution, and it has the sign of `target`. The sinh of the step before need not be computed again:
 * that step's own equation gives it.
 *
 * @param components - Values above 0.
 * @param options.stepSeconds - Time from one source sample to the next.
 * @param options.sourceScaleVolts - Volts for a source sample of 1.
 * @returns `(source, output) => void`, both shape `[samples]`; `output`, in volts, is overwritten. It throws
 *   TonewrightError `circuit-not-converged`, with the time, where no finite solution is found.
 */
export function createDiodeClipperSolver(
  { resistanceOhms, capacitanceFarads, saturationCurrentAmps, thermalVoltageVolts }: DiodeClipperComponents,
  { stepSeconds, sourceScaleVolts }: { readonly stepSeconds: number; readonly sourceScaleVolts: number },
): (source: Float32Array, output: Float32Array) => void {
  const sourceWeight = stepSeconds / (2 * resistanceOhms * capacitanceFarads);
  const a = 1 + sourceWeight;
  const b = (stepSeconds * saturationCurrentAmps) / capacitanceFarads;
  // Newton's error after a step of `d` is about d * d / (2 Vt): with this bound, some 1e-14 V.
  const tolerance = 1e-6 * thermalVoltageVolts;

  let voltage = 0;
  let slope = 0; // change over the last step, for the first guess
  let target = 0;
  let lastSource = 0;
  let step = 0;

  return (source, output) => {
    for (let n = 0; n < source.length; n++, step++) {
      const nextSource = (source[n] ?? 0) * sourceScaleVolts;
      target = 2 * voltage - target + sourceWeight * (lastSource + nextSource);
      lastSource = nextSource;

      let v = voltage + slope;
      let change = Number.POSITIVE_INFINITY;
      for (let i = 0; i < maximumIterations && !(Math.abs(change) <= tolerance); i++) {
        const exponential = Math.exp(v / thermalVoltageVolts);
        const half = 0.5 * b * exponential;
        const otherHalf = (0.5 * b) / exponential;
        change = (a * v + half - otherHalf - target) / (a + (half + otherHalf) / thermalVoltageVolts);
        v -= change;
        // A long step may have left the range where exp makes sense: go back to a bound of the solution.
        // From there the iteration approaches from one side and cannot leave again.
        if (!(Math.abs(change) < thermalVoltageVolts)) v = limit(v);
      }
      if (!(Math.abs(change) <= tolerance)) throw notConverged(step * stepSeconds, nextSource);
      slope = v - voltage;
      voltage = v;
      output[n] = v;
    }
  };

  /** Moves `v` between 0 and the smaller of the voltages at which one term alone reaches the target. */
  function limit(v: number): number {
    const size = Math.abs(target);
    const bound = Math.sign(target) * Math.min(size / a, thermalVoltageVolts * Math.asinh(size / b));
    if (Number.isNaN(v)) return bound;
    return Math.max(Math.min(0, bound), Math.min(Math.max(0, bound), v));
  }
}

function notConverged(seconds: number, sourceVolts: number): TonewrightError {
  return new TonewrightError(
    "circuit-not-converged",
    `The diode clipper has no finite solution at ${seconds.toFixed(6)} s, where its source is ${sourceVolts} V.`,
    "Lower the input gain, or check the component values.",
  );
}
