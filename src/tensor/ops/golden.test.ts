import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createKernels, createPlainKernels, fastestBuild, type Kernels } from "../../kernels/index.ts";
import { enableRelaxedSimd } from "../../kernels/index.node.ts";
import { Memory } from "../memory.ts";
import { Parameters } from "../parameters.ts";
import { type Scalar, Tape, type Tensor } from "../tape.ts";
import { dense } from "./dense.ts";
import { type ActivationName, activation, addScaled, multiply, scale, subtract } from "./elementwise.ts";
import { gru, lstm } from "./recurrent.ts";
import { columnMeans, sum, sumOfMagnitudes, sumOfSquares, weightedSum } from "./reductions.ts";
import { reshape } from "./reshape.ts";
import { dcBlock, preEmphasis } from "./time-filters.ts";
import { waveStack } from "./wave-layer.ts";

enableRelaxedSimd();

interface GoldenCase {
  readonly op: string;
  readonly name: string;
  readonly options: Record<string, unknown>;
  readonly inputs: Record<string, { shape: number[]; values: number[] }>;
  readonly upstream?: number[];
  readonly outputs?: Record<string, { values: number[] }>;
  readonly loss?: number;
  readonly gradients: Record<string, number[]>;
}

// Made by PyTorch in float64: fixtures/torch/make.py.
const golden = JSON.parse(readFileSync(new URL("../../../fixtures/torch/golden.json", import.meta.url), "utf8")) as {
  adam: { rates: number[]; start: number[]; gradients: number[][]; after: number[][] };
  cases: GoldenCase[];
};

/** The inputs of a case by name, and what else an op may need. */
interface Bench {
  readonly tape: Tape;
  input(name: string): Tensor;
  optional(name: string): Tensor | undefined;
  /** Offset in lasting memory of the state that input holds. */
  state(name: string): number;
}

/** What an op gave: tensors that the upstream gradient is laid over in order, or a number; and states to compare. */
type Result = { tensors: Tensor[]; states?: Record<string, number> } | Scalar;

const one = (tensor: Tensor): Result => ({ tensors: [tensor] });

const ops: Record<string, (bench: Bench, options: Record<string, unknown>) => Result> = {
  lstm({ tape, input, state }, { layers }) {
    let y = input("x");
    const states: Record<string, number> = {};
    for (let l = 0; l < Number(layers); l++) {
      const weights = { weightIh: input(`weightIh${l}`), weightHh: input(`weightHh${l}`), bias: input(`bias${l}`) };
      const [hidden, cell] = [state(`hidden${l}Constant`), state(`cell${l}Constant`)];
      y = lstm(tape, y, weights, { hidden, cell });
      Object.assign(states, { [`hidden${l}`]: hidden, [`cell${l}`]: cell });
    }
    return { tensors: [y], states };
  },
  gru({ tape, input, state }, { layers }) {
    let y = input("x");
    const states: Record<string, number> = {};
    for (let l = 0; l < Number(layers); l++) {
      const [weightIh, weightHh] = [input(`weightIh${l}`), input(`weightHh${l}`)];
      const hidden = state(`hidden${l}Constant`);
      y = gru(tape, y, { weightIh, weightHh, biasIh: input(`biasIh${l}`), biasHh: input(`biasHh${l}`) }, { hidden });
      states[`hidden${l}`] = hidden;
    }
    return { tensors: [y], states };
  },
  dense: ({ tape, input, optional }) =>
    one(dense(tape, input("x"), { weight: input("weight"), bias: optional("bias") })),
  activation: ({ tape, input }, { name, slope }) =>
    one(activation(tape, input("x"), { name: name as ActivationName, slope: Number(slope) })),
  add: ({ tape, input }, { scale: factor }) => one(addScaled(tape, input("a"), input("b"), { scale: Number(factor) })),
  subtract: ({ tape, input }) => one(subtract(tape, input("a"), input("b"))),
  multiply: ({ tape, input }) => one(multiply(tape, input("a"), input("b"))),
  scale: ({ tape, input }, { factor }) => one(scale(tape, input("x"), Number(factor))),
  sum: ({ tape, input }) => sum(tape, input("x")),
  sumOfSquares: ({ tape, input }) => sumOfSquares(tape, input("x")),
  sumOfMagnitudes: ({ tape, input }) => sumOfMagnitudes(tape, input("x")),
  columnMeans: ({ tape, input }) => one(columnMeans(tape, input("x"))),
  preEmphasis: ({ tape, input }, { coefficient }) =>
    one(preEmphasis(tape, input("x"), { coefficient: Number(coefficient) })),
  dcBlock: ({ tape, input }, { pole }) => one(dcBlock(tape, input("x"), { pole: Number(pole) })),
  waveStack({ tape, input }, { dilations, gated, activation: name, slope, wantOutput }) {
    const head = input("head");
    const layers = (dilations as number[]).map((dilation, l) => ({
      convWeight: input(`conv${l}`),
      convBias: input(`convBias${l}`),
      mixWeight: input(`mix${l}`),
      outWeight: input(`out${l}`),
      outBias: input(`outBias${l}`),
      dilation,
      gated: gated === true,
      activation: name as ActivationName,
      slope: Number(slope),
    }));
    const condition = input("conditionConstant");
    const stream = waveStack(tape, input("x"), { condition, head, layers, wantOutput: wantOutput === true });
    return { tensors: wantOutput === true ? [head, stream] : [head] };
  },
};

/** Runs a case on some kernels: every value and gradient that the golden states, by name. */
function run(kernels: Kernels, { op, options, inputs, upstream }: GoldenCase): Record<string, number[]> {
  const memory = new Memory(kernels);
  const states = new Map<string, number>();
  for (const [name, { values }] of Object.entries(inputs)) {
    if (!/^(hidden|cell)/.test(name)) continue;
    states.set(name, memory.keep(values.length));
    memory.write(states.get(name) ?? 0, values);
  }
  const tape = new Tape(memory);
  const tensors = new Map<string, Tensor>();
  for (const [name, { shape, values }] of Object.entries(inputs)) {
    if (states.has(name)) continue;
    tensors.set(name, name.endsWith("Constant") ? tape.constant(values, shape) : tape.variable(values, shape));
  }
  const need = <T>(map: Map<string, T>, name: string): T => {
    const found = map.get(name);
    if (found === undefined) throw new Error(`bug: the golden case has no input "${name}"`);
    return found;
  };
  const result = (ops[op] as (typeof ops)[string])(
    { tape, input: (n) => need(tensors, n), optional: (n) => tensors.get(n), state: (n) => need(states, n) },
    options,
  );
  const read = (offset: number, n: number) => Array.from(kernels.heap.subarray(offset, offset + n));
  const found: Record<string, number[]> = {};
  let loss: Scalar;
  if ("tensors" in result) {
    found.output = result.tensors.flatMap((tensor) => read(tensor.offset, tensor.length));
    let at = 0;
    const parts = result.tensors.map((tensor) => {
      const weights = tape.constant(upstream?.slice(at, at + tensor.length) ?? [], [tensor.length]);
      at += tensor.length;
      return sum(tape, multiply(tape, reshape(tensor, [tensor.length]), weights));
    });
    const unit = parts.map(() => 1);
    loss = weightedSum(tape, parts, unit);
    for (const [name, offset] of Object.entries(result.states ?? {})) {
      found[name] = read(offset, inputs[`${name}Constant`]?.values.length ?? 0);
    }
  } else {
    found.loss = [result.value];
    loss = result;
  }
  tape.backward(loss);
  for (const [name, tensor] of tensors) {
    if (!tensor.differentiable) continue;
    found[`gradient of ${name}`] = tensor.gradient === 0 ? [] : read(tensor.gradient, tensor.length);
  }
  return found;
}

/** What the golden file states, under the names that `run` uses. */
function stated({ outputs, loss, gradients, op, options, inputs }: GoldenCase): Record<string, number[]> {
  const expected: Record<string, number[]> = loss === undefined ? {} : { loss: [loss] };
  for (const [name, { values }] of Object.entries(outputs ?? {})) expected[name] = values;
  for (const [name, values] of Object.entries(gradients)) expected[`gradient of ${name}`] = values;
  // Without a wanted output there is no residual stream to compare.
  if (op === "waveStack" && options.wantOutput !== true) {
    expected.output = expected.output?.slice(0, inputs.head?.values.length) ?? [];
  }
  return expected;
}

/** Largest difference in each array, as a part of the largest value PyTorch has there (at least 1). */
function differences(found: Record<string, number[]>, expected: Record<string, number[]>): [string, number][] {
  expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
  return Object.entries(expected).map(([name, values]) => {
    const ours = found[name] ?? [];
    expect([name, ours.length]).toEqual([name, values.length]);
    const largest = Math.max(1, ...values.map(Math.abs));
    return [name, Math.max(...values.map((value, i) => Math.abs((ours[i] ?? Number.NaN) - value))) / largest];
  });
}

const fast = fastestBuild() === "relaxed" ? (["simd", "relaxed"] as const) : (["simd"] as const);
const kernelSets: [name: string, make: () => Kernels, tolerance: number][] = [
  // Both in float64; the golden values have 13 digits.
  ["plain", createPlainKernels, 1e-12],
  // Sums of at most a few hundred float32 terms of size one, and tanh and sigmoid within 4e-7, fed back a few times.
  ...fast.map((build): [string, () => Kernels, number] => [build, () => createKernels(build), 2e-6]),
];
const cases = golden.cases
  .filter(({ op }) => op in ops)
  .map((one): [string, GoldenCase] => [`${one.op}: ${one.name}`, one]);

describe.each(kernelSets)("value and gradient as PyTorch has them, on %s kernels", (_, make, tolerance) => {
  it.each(cases)("%s", (_, golden) => {
    for (const [name, difference] of differences(run(make(), golden), stated(golden))) {
      expect([name, difference <= tolerance, difference]).toEqual([name, true, difference]);
    }
  });

  it("adam: three steps of torch.optim.Adam with changing rates", () => {
    const { start, rates, gradients, after } = golden.adam;
    const kernels = make();
    const parameters = new Parameters(new Memory(kernels), [
      { name: "p", shape: [start.length], offset: 0, length: start.length },
    ]);
    parameters.write(start);
    after.forEach((expected, i) => {
      parameters.adam(gradients[i] ?? [], { rate: rates[i] ?? 0, step: i + 1 });
      expected.forEach((value, j) => {
        expect(Math.abs((kernels.heap[parameters.values + j] ?? 0) - value)).toBeLessThan(tolerance);
      });
    });
  });
});
