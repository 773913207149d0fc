import {
  circuitLibrary,
  createCircuitSolver,
  createNetlistSolver,
  type Netlist,
  readNetlist,
  resolveCircuit,
  simulateCircuit,
} from "../src/circuits/index.ts";
import { trainingSignal } from "../src/datasets/index.ts";
import type { Contender } from "./contender.ts";
import { ownSeconds } from "./machine.ts";
import { fromSteps, toSteps } from "./oversampled-sound.ts";
import type { CircuitWorkload } from "./workloads.ts";

/** The first seconds of a guitar: mutes, single notes, chords, as loud as a training signal has them. */
export function circuitMaterial(
  { sampleRate }: Pick<CircuitWorkload, "sampleRate">,
  { seed, seconds }: { seed: number; seconds: number },
): Float32Array {
  const { samples } = trainingSignal({
    sampleRate,
    seconds: 1,
    seed,
    parts: { "guitar-mutes": 1, "guitar-line": 1, "guitar-chords": 1 },
    levels: { highestDb: -1, lowestDb: -12 },
    role: "train",
  });
  return samples.slice(0, Math.round(seconds * sampleRate));
}

/** A circuit of the library by its name. */
export function circuitNamed(name: string): Netlist {
  const circuit = circuitLibrary.find((one) => one.name === name);
  if (circuit === undefined) throw new Error(`bug: there is no circuit ${name} in the library`);
  return readNetlist(circuit.netlist, { name });
}

/** This project's solvers; each time from the operating point on, which counts. */
export function prepareCircuit(
  { id, circuit, part, sampleRate, oversampling }: CircuitWorkload,
  input: Float32Array,
): Contender {
  const netlist = circuitNamed(circuit);
  if (part === "sound") {
    const play = () => simulateCircuit(netlist, input, { sampleRate, oversampling });
    return repeatedRun(id, { samples: input.length, play, output: play() });
  }
  const steps = toSteps(input, { oversampling });
  const stepSeconds = 1 / (sampleRate * oversampling);
  const volts = Float64Array.from(steps);
  const { inputVolts, outputVolts } = createNetlistSolver(netlist, { stepSeconds });
  for (let n = 0; n < volts.length; n++) volts[n] = inputVolts * (volts[n] as number);
  const result = new Float64Array(volts.length);
  const play = () => {
    const solver =
      part === "transient"
        ? createNetlistSolver(netlist, { stepSeconds }).solver
        : createPlainSolver(netlist, { stepSeconds });
    solver.run(volts, result);
    return result;
  };
  const output = fromSteps(play(), { oversampling, outputVolts, samples: input.length });
  return repeatedRun(id, { samples: input.length, play, output });
}

function createPlainSolver(netlist: Netlist, { stepSeconds }: { stepSeconds: number }) {
  const { input, output } = netlist;
  if (input === undefined || output === undefined) throw new Error(`bug: ${netlist.name} has no input or output`);
  return createCircuitSolver(resolveCircuit(netlist, {}), { input: input.source, output: output.nodes, stepSeconds });
}

/** Plays the same over and over; the sum of what comes out must be the same each time, bit for bit. */
function repeatedRun(
  id: string,
  {
    samples,
    play,
    output,
  }: { readonly samples: number; readonly play: () => Float32Array | Float64Array; readonly output: Float32Array },
): Contender {
  const sumOf = (values: Float32Array | Float64Array) => {
    let sum = 0;
    for (let n = 0; n < values.length; n++) sum += Math.abs(values[n] as number);
    return sum;
  };
  const expected = sumOf(play());
  if (!(expected > 0 && expected < 1e12)) throw new Error(`bug: ${id} plays nothing: its output sums to ${expected}`);
  return {
    output,
    round: async ({ seconds }) => {
      const [began, used] = [performance.now(), ownSeconds()];
      let times = 0;
      do {
        const sum = sumOf(play());
        if (sum !== expected) throw new Error(`bug: ${id} played ${sum}, ${expected} before`);
        times++;
      } while (performance.now() - began < 1000 * seconds);
      const elapsed = (performance.now() - began) / 1000;
      return { samples: times * samples, seconds: elapsed, processorSeconds: ownSeconds() - used };
    },
    close: async () => {},
  };
}
