import { TonewrightError } from "../../errors/index.ts";
import type { Circuit } from "../circuit.ts";
import type { IntegrationMethod } from "../devices/device.ts";

/** Where the audio goes in and out, and how finely time is cut. */
export interface CircuitSolverOptions {
  /** Name of the voltage source that the audio drives. */
  readonly input: string;
  /** Node whose voltage is the output, or two for a difference. */
  readonly output: string | readonly [string, string];
  /** Seconds from one input sample to the next. */
  readonly stepSeconds: number;
  /** Default trapezoidal, which neither adds nor takes energy; Gear's damps what rings from step to step. */
  readonly method?: IntegrationMethod | undefined;
  /** Largest change of an unknown at which an iteration counts as settled, relative and in volts. Defaults 1e-7, 1e-9. */
  readonly relativeTolerance?: number | undefined;
  readonly absoluteToleranceVolts?: number | undefined;
}

/** A circuit that goes on from sample to sample. */
export interface CircuitSolver {
  /** Volts by node name at the operating point. */
  readonly operatingPoint: Readonly<Record<string, number>>;
  /** Unknowns in all, and those in the block that is solved anew in every iteration. */
  readonly size: { readonly unknowns: number; readonly block: number };
  /**
   * Overwrites `output`, shape `[samples]`, with the volts at the output while the input source follows `input`, volts on
   * top of its constant value. The state goes on from call to call; between two samples the source is a straight line.
   *
   * @throws TonewrightError `circuit-not-converged` with the time and the node.
   */
  run(input: Float64Array, output: Float64Array): void;
  /**
   * Goes on with other values in the same circuit, as where a knob was turned: charges and currents stay as they are.
   *
   * @param circuit - With the elements and nodes of the first.
   * @throws TonewrightError `circuit-changed` if it has others.
   */
  change(circuit: Circuit): void;
}

/** The output as messages call it. */
export function outputName({ output }: CircuitSolverOptions): string {
  const [plus, minus = "0"] = typeof output === "string" ? [output] : output;
  return minus === "0" ? `V(${plus})` : `V(${plus},${minus})`;
}

/** The error for a step of time without a solution. */
export function notConverged(
  unknown: string,
  { seconds, inputVolts }: { readonly seconds: number; readonly inputVolts: number },
): TonewrightError {
  return new TonewrightError(
    "circuit-not-converged",
    `no solution was found at ${seconds.toFixed(6)} s, where the input is ${Number(inputVolts.toPrecision(4))} V; ${unknown} did not settle`,
    "use more oversampling, a smaller input gain, or give the devices there capacitances and series resistances",
  );
}

/** More than single precision holds is as good as infinite. */
const largestVolts = 1e30;

/** Throws where the output became NaN or infinite. @param steps - Done before the first of `output`. */
export function requireFiniteOutput(
  output: Float64Array,
  { steps, stepSeconds, name }: { readonly steps: number; readonly stepSeconds: number; readonly name: string },
): void {
  let bad = 0;
  while (bad < output.length && Math.abs(output[bad]!) < largestVolts) bad++;
  if (bad === output.length) return;
  throw new TonewrightError(
    "circuit-not-converged",
    `the output ${name} became ${output[bad]} at ${((steps + bad) * stepSeconds).toFixed(6)} s`,
    "look for a feedback or an expression that grows without bound (exp of a voltage, a negative resistance); limit it, or use a smaller input gain",
  );
}
