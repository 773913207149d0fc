import { describe, expect, it } from "vitest";
import { type Architecture, presetArchitecture } from "../modelfile/index.ts";
import { type LossTerm, sequenceLoss } from "../nn/index.ts";
import {
  createKernels,
  createPlainKernels,
  createRandom,
  type Kernels,
  Memory,
  Parameters,
  reshape,
  Tape,
} from "../tensor/index.ts";
import { createModel } from "./create-model.ts";

const wavenet = (
  gated: boolean,
  activation: { type: "tanh" } | { type: "leaky-relu"; slope: number },
): Architecture => ({
  kind: "wavenet",
  headScale: 0.5,
  arrays: [
    {
      inputSize: 1,
      conditionSize: 1,
      channels: 3,
      kernelSizes: [3, 2],
      dilations: [1, 4],
      activation,
      gated,
      head: { outputSize: 2, kernelSize: 1, bias: false },
    },
    {
      inputSize: 3,
      conditionSize: 1,
      channels: 2,
      kernelSizes: [3],
      dilations: [2],
      activation,
      gated,
      head: { outputSize: 1, kernelSize: 1, bias: true },
    },
  ],
});

const architectures: Record<string, Architecture> = {
  "lstm-5": presetArchitecture("lstm-5"),
  "lstm-2x3": presetArchitecture("lstm-2x3"),
  "lstm-4 with skip": { ...presetArchitecture("lstm-4"), skip: true } as Architecture,
  "gru-5": presetArchitecture("gru-5"),
  "gru-2x3": presetArchitecture("gru-2x3"),
  wavenet: wavenet(false, { type: "tanh" }),
  "gated wavenet": wavenet(true, { type: "tanh" }),
  "gated leaky wavenet": wavenet(true, { type: "leaky-relu", slope: 0.2 }),
};

const terms: (Omit<LossTerm, "weight"> & { scale: number })[] = [
  { measure: "squared", filter: "none", scale: 0.5 },
  { measure: "squared", filter: "pre-emphasis", scale: 2 },
  { measure: "squared", filter: "dc-block", scale: 0.7 },
  { measure: "absolute", filter: "none", scale: 0.1 },
  { measure: "dc", filter: "none", scale: 3 },
];

/** Loss and gradients of one sequence from random weights, on the kernels given. */
function evaluate(kernels: Kernels, architecture: Architecture, weights: ArrayLike<number>) {
  const model = createModel(architecture);
  const memory = new Memory(kernels);
  const parameters = new Parameters(memory, model.places);
  const batch = model.family === "recurrent" ? 4 : 1;
  const state = model.stateLength(batch) === 0 ? 0 : memory.keep(model.stateLength(batch));
  parameters.write(weights);
  const tape = new Tape(memory);
  const random = createRandom(3);
  const steps = model.family === "recurrent" ? 9 : model.receptiveField + 12;
  const noise = (n: number) => Float64Array.from({ length: n }, () => Math.fround(random.normal()));
  const shape = model.family === "recurrent" ? [steps, 1, batch] : [1, 1, steps];
  const x = tape.constant(noise(steps * batch), shape);
  const forward = model.forward(tape, x, { parameters, state });
  const output = model.family === "recurrent" ? forward : reshape(forward, [forward.length, 1]);
  const target = tape.constant(noise(output.length), output.shape);
  const { loss, sums } = sequenceLoss(tape, { output, target, terms });
  tape.backward(loss);
  return {
    loss: loss.value,
    sums,
    gradients: Array.from(kernels.heap.subarray(parameters.gradients, parameters.gradients + parameters.length)),
  };
}

describe.each(Object.keys(architectures))("%s", (name) => {
  const architecture = architectures[name] as Architecture;
  const model = createModel(architecture);
  const weights = model.initialWeights(createRandom(1));

  it("has gradients equal to finite differences in float64", () => {
    const { gradients } = evaluate(createPlainKernels(), architecture, weights);
    const kernels = createPlainKernels();
    const random = createRandom(5);
    for (let draw = 0; draw < 25; draw++) {
      const i = random.integer(weights.length);
      const step = 1e-6;
      const shifted = (sign: number) => {
        const moved = Float64Array.from(weights);
        moved[i] = (moved[i] ?? 0) + sign * step;
        return evaluate(kernels, architecture, moved).loss;
      };
      const numeric = (shifted(1) - shifted(-1)) / (2 * step);
      // Central differences at 1e-6 in float64: rounding of the loss (1e-16 / 1e-6) dominates.
      expect(Math.abs((gradients[i] ?? 0) - numeric)).toBeLessThan(2e-8 * (1 + Math.abs(numeric)) + 1e-7);
    }
  });

  it("has the same loss and gradients on the fast kernels, within float32", () => {
    const plain = evaluate(createPlainKernels(), architecture, weights);
    const fast = evaluate(createKernels("simd"), architecture, weights);
    expect(Math.abs(fast.loss - plain.loss)).toBeLessThan(2e-5 * plain.loss);
    const largest = Math.max(...plain.gradients.map(Math.abs));
    plain.gradients.forEach((value, i) => {
      expect(Math.abs((fast.gradients[i] ?? 0) - value)).toBeLessThan(2e-5 * largest);
    });
  });

  it("computes the same with gains and an offset folded into its weights", () => {
    const forward = (values: ArrayLike<number>, inputGain: number) => {
      const memory = new Memory(createPlainKernels());
      const parameters = new Parameters(memory, model.places);
      const lanes = model.family === "recurrent" ? 4 : 1;
      const state = model.stateLength(lanes) === 0 ? 0 : memory.keep(model.stateLength(lanes));
      parameters.write(values);
      const tape = new Tape(memory);
      const steps = model.receptiveField + 9;
      const x = Float64Array.from({ length: steps * lanes }, (_, n) => inputGain * Math.sin(n));
      const shape = model.family === "recurrent" ? [steps, 1, lanes] : [1, 1, steps];
      const y = model.forward(tape, tape.constant(x, shape), { parameters, state });
      return Array.from(memory.kernels.heap.subarray(y.offset, y.offset + y.length));
    };
    const skips = architecture.kind !== "wavenet" && architecture.skip;
    const gains = skips ? { inputGain: 1, outputGain: 1 } : { inputGain: 2, outputGain: 0.25 };
    const folded = model.foldGains(model.shiftOutput(weights, 0.5), gains);
    const expected = forward(weights, gains.inputGain).map((value) => gains.outputGain * (value + 0.5));
    forward(folded, 1).forEach((value, n) => {
      // The folded weights are rounded to float32 once more.
      expect(Math.abs(value - (expected[n] ?? 0))).toBeLessThan(1e-6);
    });
  });
});
