import { TonewrightError } from "../errors/index.ts";
import type { IntegrationMethod } from "./devices/device.ts";
import type { Netlist } from "./netlist/netlist.ts";
import { resolveCircuit } from "./netlist/resolve-circuit.ts";
import { processOversampled } from "./oversampled.ts";
import type { CircuitSolver } from "./solver/circuit-solver.ts";
import { createFastCircuitSolver } from "./solver/fast-circuit-solver.ts";

/** How a circuit is played. */
export interface SimulateOptions {
  /** Of input and output. */
  readonly sampleRate: number;
  /** Positions of knobs by name: 0 to 1 for potentiometers, the index or name of a switch's position. Others stay as drawn. */
  readonly knobs?: Readonly<Record<string, number | string>> | undefined;
  /** Steps of the solver per sample, a whole number from 1 to 16. Default 8. */
  readonly oversampling?: number | undefined;
  /** Default trapezoidal. */
  readonly method?: IntegrationMethod | undefined;
  /** Told how many samples are done. */
  readonly onProgress?: ((samples: number) => void) | undefined;
}

/**
 * What a circuit makes of a sound.
 *
 * The circuit starts at its operating point. The input drives the netlist's input source, `*.input` says with how many
 * volts at full scale; the output is in the same way parts of the volts of `*.output`.
 *
 * @param input - Shape `[samples]`, full scale is ±1.
 * @returns Shape `[samples]`; may exceed full scale.
 * @throws TonewrightError `non-finite-samples`, `bad-sample-rate`, `oversampling-factor`, `no-circuit-input`, those of
 *   `resolveCircuit` and of the solver, `circuit-not-converged` with the time.
 */
export function simulateCircuit(netlist: Netlist, input: Float32Array, options: SimulateOptions): Float32Array {
  const { sampleRate, oversampling = 8, onProgress } = options;
  if (!(sampleRate >= 1000 && sampleRate <= 1e6)) {
    throw new TonewrightError(
      "bad-sample-rate",
      `a circuit cannot be simulated at ${sampleRate} Hz`,
      "use a rate from 1000 to 1,000,000 Hz",
    );
  }
  const bad = input.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new TonewrightError(
      "non-finite-samples",
      `sample ${bad} of the input (${(bad / sampleRate).toFixed(4)} s) is ${input[bad]}`,
      "repair or cut that part of the recording",
    );
  }
  const { solver, inputVolts, outputVolts } = createNetlistSolver(netlist, {
    ...options,
    stepSeconds: 1 / (sampleRate * oversampling),
  });
  return processOversampled(input, {
    factor: oversampling,
    onProgress,
    run: (source, output) => {
      const volts = Float64Array.from(source, (value) => value * inputVolts);
      const result = new Float64Array(output.length);
      solver.run(volts, result);
      for (let n = 0; n < output.length; n++) output[n] = result[n]! / outputVolts;
    },
  });
}

/** The solver of a netlist at some setting of its knobs, and the volts of full scale. */
export function createNetlistSolver(
  netlist: Netlist,
  { knobs = {}, stepSeconds, method }: Pick<SimulateOptions, "knobs" | "method"> & { readonly stepSeconds: number },
): { readonly solver: CircuitSolver; readonly inputVolts: number; readonly outputVolts: number } {
  const { input, output } = netlist;
  if (input === undefined || output === undefined) {
    throw new TonewrightError(
      "no-circuit-input",
      `"${netlist.name}" does not say where the audio goes ${input === undefined ? "in" : "out"}`,
      input === undefined
        ? 'name the voltage source at its input: "*.input Vin"'
        : 'name the node at its output: "*.output out"',
    );
  }
  const circuit = resolveCircuit(netlist, { knobs });
  const solver = createFastCircuitSolver(circuit, { input: input.source, output: output.nodes, stepSeconds, method });
  return { solver, inputVolts: input.volts, outputVolts: output.volts };
}
