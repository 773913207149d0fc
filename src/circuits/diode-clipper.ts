import { TonewrightError } from "../errors/index.ts";
import { createDiodeClipperSolver, type DiodeClipperComponents } from "./diode-clipper-solver.ts";
import { processOversampled } from "./oversampled.ts";

/** How the clipper is driven, and how finely it is solved; the rest are its components. */
export interface DiodeClipperOptions extends Partial<DiodeClipperComponents> {
  readonly sampleRate: number;
  readonly oversampling?: number;
  readonly inputGainVolts?: number;
}

/**
 * The voltage across the diodes of a simulated distortion circuit: a resistor, a capacitor and two opposed diodes.
 *
 * The result is in volts, not in parts of full scale: the diodes hold it within about ±0.7 V (the band limit may ring
 * a little beyond), and a quiet input comes out at its own voltage. The circuit starts at rest, and the source is 0 V
 * before and after the input. With the standard values and 5 V for full scale the circuit is near linear below
 * -24 dBFS and clips hard at 0 dBFS.
 *
 * The input is upsampled with a band limit, the circuit's differential equation is solved by the implicit trapezoidal
 * rule, and the result is downsampled with a band limit, so sample `n` in and out are the same instant and the
 * harmonics above half the sample rate do not fold back. The work proceeds in pieces: memory does not grow beyond
 * input and output.
 *
 * @param input - Shape `[samples]`, full scale is ±1.
 * @param options.sampleRate - Of input and output.
 * @param options.oversampling - Whole number from 1 (none) to 16. At 8 and 44.1 kHz the error against ngspice is
 *   -88 dB at 4.5 V peak and -76 dB at 100 V; each doubling lowers it by 12 dB.
 * @param options.inputGainVolts - Source voltage of an input sample of 1.
 * @param options.resistanceOhms - In series with the source.
 * @param options.capacitanceFarads - Across the diodes.
 * @param options.saturationCurrentAmps - Of each diode.
 * @param options.thermalVoltageVolts - The diodes' ideality factor times the thermal voltage.
 * @returns Shape `[samples]`, volts.
 * @throws TonewrightError `circuit-value` if the sample rate or a component is not above 0 or the gain is not finite.
 * @throws TonewrightError `oversampling-factor` if the oversampling is not a whole number from 1 to 16.
 * @throws TonewrightError `non-finite-sample` if the input has a NaN or infinite sample.
 * @throws TonewrightError `circuit-not-converged` if a voltage grows beyond what numbers can hold.
 * @see Yeh, Abel, Vladimirescu & Smith 2008, "Numerical methods for simulation of guitar distortion circuits",
 *   for circuit and method.
 */
export function simulateDiodeClipper(
  input: Float32Array,
  {
    sampleRate,
    oversampling = 8,
    inputGainVolts = 5,
    resistanceOhms = 2200,
    capacitanceFarads = 10e-9,
    saturationCurrentAmps = 2.52e-9,
    thermalVoltageVolts = 45.3e-3,
  }: DiodeClipperOptions,
): Float32Array {
  const components = { resistanceOhms, capacitanceFarads, saturationCurrentAmps, thermalVoltageVolts };
  for (const [name, value] of Object.entries({ sampleRate, ...components })) requirePositive(name, value);
  if (!Number.isFinite(inputGainVolts)) {
    throw new TonewrightError("circuit-value", `inputGainVolts is ${inputGainVolts}.`, "Give a finite voltage.");
  }
  requireFinite(input, sampleRate);

  const solve = createDiodeClipperSolver(components, {
    stepSeconds: 1 / (sampleRate * oversampling),
    sourceScaleVolts: inputGainVolts,
  });
  return processOversampled(input, { factor: oversampling, run: solve });
}

function requirePositive(name: string, value: number): void {
  if (value > 0 && Number.isFinite(value)) return;
  throw new TonewrightError("circuit-value", `${name} is ${value}.`, `Give a finite ${name} above 0.`);
}

function requireFinite(input: Float32Array, sampleRate: number): void {
  const n = input.findIndex((v) => !Number.isFinite(v));
  if (n < 0) return;
  throw new TonewrightError(
    "non-finite-sample",
    `Sample ${n} of the diode clipper's input (${(n / sampleRate).toFixed(4)} s) is ${input[n]}.`,
    "Repair or cut that part of the recording.",
  );
}
