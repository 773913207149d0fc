import { checkOptions, TonewrightError, wrongCall } from "../errors/index.ts";
import type { IntegrationMethod } from "./devices/device.ts";
import { checkNetlist, checkPositions } from "./netlist/check-netlist.ts";
import type { Netlist } from "./netlist/netlist.ts";
import { resolveCircuit } from "./netlist/resolve-circuit.ts";
import { createNetlistSolver } from "./netlist-solver.ts";
import { processOversampled, requireOversampling } from "./oversampled.ts";

/** Positions of knobs by name. */
export type KnobPositions = Readonly<Record<string, number | string>>;

/** How a circuit is played. */
export interface SimulateOptions {
  /** Of input and output. */
  readonly sampleRate: number;
  /**
   * Positions of knobs by name: 0 to 1 for potentiometers, the index or name of a switch's position. Others stay as drawn.
   * For knobs that move, a function of the time in seconds; it is asked every 32 samples.
   */
  readonly knobs?: KnobPositions | ((seconds: number) => KnobPositions) | undefined;
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
 * @throws TonewrightError `circuit-changed` if a knob that moves takes elements away, `non-finite-samples`, `bad-sample-rate`,
 *   `oversampling-factor`, `no-circuit-input`, `bad-option`, `wrong-call`, `unknown-option`, `missing-option`, those of
 *   `resolveCircuit` and of the solver, `circuit-not-converged` with the time.
 */
export function simulateCircuit(netlist: Netlist, input: Float32Array, options: SimulateOptions): Float32Array {
  checkCall(netlist, input, options);
  const { sampleRate, oversampling = 8, knobs = {}, method, onProgress } = options;
  const bad = input.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new TonewrightError(
      "non-finite-samples",
      `sample ${bad} of the input (${(bad / sampleRate).toFixed(4)} s) is ${input[bad]}`,
      "repair or cut that part of the recording",
    );
  }
  const turn = knobSteps * oversampling;
  const stepSeconds = 1 / (sampleRate * oversampling);
  const positionsAt = (steps: number) =>
    typeof knobs === "function" ? askedPositions(knobs, (steps + turn / 2) * stepSeconds) : knobs;
  let positions = positionsAt(0);
  const { solver, inputVolts, outputVolts } = createNetlistSolver(netlist, {
    knobs: positions,
    stepSeconds,
    method,
  });
  let steps = 0;
  const run = (volts: Float64Array, result: Float64Array) => {
    if (typeof knobs !== "function") {
      solver.run(volts, result);
      return;
    }
    for (let start = 0; start < volts.length; ) {
      const end = Math.min(volts.length, start + turn - (steps % turn));
      const next = positionsAt(steps - (steps % turn));
      if (!samePositions(next, positions)) solver.change(resolveCircuit(netlist, { knobs: next }));
      positions = next;
      solver.run(volts.subarray(start, end), result.subarray(start, end));
      steps += end - start;
      start = end;
    }
  };
  let volts = new Float64Array(0);
  let result = new Float64Array(0);
  return processOversampled(input, {
    factor: oversampling,
    onProgress,
    run: (source, output) => {
      if (volts.length < source.length)
        [volts, result] = [new Float64Array(source.length), new Float64Array(source.length)];
      for (let n = 0; n < source.length; n++) volts[n] = source[n]! * inputVolts;
      run(volts.subarray(0, source.length), result.subarray(0, source.length));
      const scale = 1 / outputVolts;
      for (let n = 0; n < output.length; n++) output[n] = result[n]! * scale;
    },
  });
}

/** Samples for which moving knobs stand still: steps of 0.7 ms at 48 kHz. */
const knobSteps = 32;

function samePositions(a: KnobPositions, b: KnobPositions): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

const call = "simulateCircuit(netlist, input, options)";

/** @throws TonewrightError */
function checkCall(netlist: Netlist, input: Float32Array, options: SimulateOptions): void {
  checkNetlist(call, netlist);
  if (!(input instanceof Float32Array) && Object.prototype.toString.call(input) !== "[object Float32Array]") {
    const given: unknown = input;
    const hint = !Array.isArray(given)
      ? "give the samples of one channel as a Float32Array"
      : typeof given[0] === "number"
        ? "write Float32Array.from(input)"
        : "give one channel at a time: channels[0]";
    throw wrongCall(call, "the sound", given, hint);
  }
  checkOptions(call, options, {
    sampleRate: true,
    knobs: false,
    oversampling: false,
    method: false,
    onProgress: false,
  });
  const { sampleRate, oversampling = 8, knobs = {}, onProgress } = options;
  if (!(typeof sampleRate === "number" && sampleRate >= 1000 && sampleRate <= 1e6)) {
    throw new TonewrightError(
      "bad-sample-rate",
      `a circuit cannot be simulated at ${shown(sampleRate)} Hz`,
      "use a rate from 1000 to 1,000,000 Hz, as a number",
    );
  }
  requireOversampling(oversampling);
  if (typeof knobs !== "function") checkPositions(call, knobs);
  if (onProgress !== undefined && typeof onProgress !== "function")
    throw wrongCall(call, "the option onProgress", onProgress, "give a function: (samples) => …");
}

function askedPositions(knobs: (seconds: number) => KnobPositions, seconds: number): KnobPositions {
  const positions = knobs(seconds);
  checkPositions(call, positions, `what knobs(${seconds.toFixed(4)}) returns`);
  return positions;
}

/** Texts in quotes, as numbers may be given as texts. */
function shown(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value.slice(0, 40)) : String(value);
}
