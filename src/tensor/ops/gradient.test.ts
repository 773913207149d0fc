import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPlainKernels, createRandom, type Kernels, type Random } from "../../kernels/index.ts";
import { Memory } from "../memory.ts";
import { type Scalar, Tape, type Tensor } from "../tape.ts";
import { dense } from "./dense.ts";
import { type ActivationName, activation, addScaled, multiply, scale, subtract } from "./elementwise.ts";
import { gru, lstm } from "./recurrent.ts";
import { columnMeans, sum, sumOfMagnitudes, sumOfSquares, weightedSum } from "./reductions.ts";
import { reshape } from "./reshape.ts";
import { dcBlock, preEmphasis } from "./time-filters.ts";
import { waveStack } from "./wave-layer.ts";

type Sizes = Record<string, number>;
type Shapes = Record<string, readonly number[]>;
type Inputs = Record<string, Tensor>;

/** One op: the sizes it is tried with, the inputs that have gradients, and what it computes from them. */
interface OpCase {
  readonly sizes: Record<string, [least: number, most: number]>;
  shapes(s: Sizes): Shapes;
  /** Lengths of arrays in lasting memory that the op reads and overwrites. */
  states?(s: Sizes): number[];
  run(tape: Tape, inputs: Inputs, more: { s: Sizes; states: number[]; random: Random }): (Tensor | Scalar)[];
}

const grid = { rows: [1, 5], columns: [1, 6] } satisfies OpCase["sizes"];
const square = ({ rows = 1, columns = 1 }: Sizes): readonly number[] => [rows, columns];
const activations: ActivationName[] = ["identity", "tanh", "sigmoid", "leaky-relu"];

/** An op on one tensor of any shape. */
const unary = (run: (tape: Tape, x: Tensor) => Tensor | Scalar): OpCase => ({
  sizes: { rows: [2, 9], columns: [1, 5] },
  shapes: (s) => ({ x: square(s) }),
  run: (tape, { x }) => [run(tape, x!)],
});

/** An op on two tensors of one shape. */
const binary = (run: (tape: Tape, a: Tensor, b: Tensor) => Tensor): OpCase => ({
  sizes: grid,
  shapes: (s) => ({ a: square(s), b: square(s) }),
  run: (tape, { a, b }) => [run(tape, a!, b!)],
});

const ops: Record<string, OpCase> = {
  addScaled: binary((tape, a, b) => addScaled(tape, a, b, { scale: 0.3 })),
  subtract: binary(subtract),
  multiply: binary(multiply),
  "multiply of a tensor with itself": unary((tape, x) => multiply(tape, x, x)),
  scale: unary((tape, x) => scale(tape, x, -1.7)),
  activation: {
    sizes: { ...grid, kind: [0, 3] },
    shapes: (s) => ({ x: square(s) }),
    run: (tape, { x }, { s }) => [activation(tape, x!, { name: activations[s.kind!]!, slope: 0.2 })],
  },
  "reshape, used under both shapes": unary((tape, x) =>
    multiply(tape, reshape(activation(tape, x, { name: "tanh" }), [x.length]), reshape(x, [x.length])),
  ),
  sum: unary(sum),
  sumOfSquares: unary(sumOfSquares),
  sumOfMagnitudes: unary(sumOfMagnitudes),
  columnMeans: unary(columnMeans),
  weightedSum: unary((tape, x) => weightedSum(tape, [sum(tape, x), sumOfSquares(tape, x)], [0.7, -2])),
  preEmphasis: unary((tape, x) => preEmphasis(tape, x, { coefficient: 0.85 })),
  dcBlock: unary((tape, x) => dcBlock(tape, x, { pole: 0.9 })),
  "dcBlock with a state": {
    sizes: { rows: [1, 9], columns: [1, 5] },
    shapes: (s) => ({ x: square(s) }),
    states: ({ columns = 1 }) => [2 * columns],
    run: (tape, { x }, { states: [state = 0] }) => [dcBlock(tape, x!, { pole: 0.9, state })],
  },
  dense: {
    sizes: { outer: [1, 4], inputs: [1, 5], outputs: [1, 5], n: [1, 9], bias: [0, 1] },
    shapes: ({ outer = 1, inputs = 1, outputs = 1, n = 1, bias }) => ({
      x: [outer, inputs, n],
      weight: [outputs, inputs],
      ...(bias === 1 ? { bias: [outputs] } : {}),
    }),
    run: (tape, { x, weight, bias }) => [dense(tape, x!, { weight: weight!, bias })],
  },
  lstm: {
    sizes: { steps: [1, 7], inputs: [1, 4], size: [1, 6], lanes: [1, 2] },
    shapes: ({ steps = 1, inputs = 1, size = 1, lanes = 1 }) => ({
      x: [steps, inputs, 4 * lanes],
      weightIh: [4 * size, inputs],
      weightHh: [4 * size, size],
      bias: [4 * size],
    }),
    states: ({ size = 1, lanes = 1 }) => [size * 4 * lanes, size * 4 * lanes],
    run: (tape, { x, weightIh, weightHh, bias }, { states: [hidden = 0, cell = 0] }) => [
      lstm(tape, x!, { weightIh: weightIh!, weightHh: weightHh!, bias: bias! }, { hidden, cell }),
    ],
  },
  gru: {
    sizes: { steps: [1, 7], inputs: [1, 4], size: [1, 6], lanes: [1, 2] },
    shapes: ({ steps = 1, inputs = 1, size = 1, lanes = 1 }) => ({
      x: [steps, inputs, 4 * lanes],
      weightIh: [3 * size, inputs],
      weightHh: [3 * size, size],
      biasIh: [3 * size],
      biasHh: [3 * size],
    }),
    states: ({ size = 1, lanes = 1 }) => [size * 4 * lanes],
    run: (tape, { x, weightIh, weightHh, biasIh, biasHh }, { states: [hidden = 0] }) => [
      gru(tape, x!, { weightIh: weightIh!, weightHh: weightHh!, biasIh: biasIh!, biasHh: biasHh! }, { hidden }),
    ],
  },
  waveStack: {
    sizes: {
      channels: [1, 5],
      conditions: [1, 2],
      layers: [1, 3],
      kernel: [1, 3],
      dilation: [1, 4],
      gated: [0, 1],
      kind: [1, 3],
      extra: [0, 3],
      outputs: [1, 9],
      wantOutput: [0, 1],
    },
    shapes: (s) => {
      const { channels = 1, conditions = 1, layers = 1, kernel = 1, outputs = 1, extra = 0 } = s;
      const rows = (1 + s.gated!) * channels;
      const shapes: Record<string, number[]> = {
        x: [1, channels, outputs + extra + layers * (kernel - 1) * s.dilation!],
        head: [1, channels, outputs],
      };
      for (let l = 0; l < layers; l++) {
        shapes[`conv${l}`] = [rows, channels, kernel];
        shapes[`convBias${l}`] = [rows];
        shapes[`mix${l}`] = [rows, conditions];
        shapes[`out${l}`] = [channels, channels];
        shapes[`outBias${l}`] = [channels];
      }
      return shapes;
    },
    run(tape, inputs, { s, random }) {
      const { x, head } = inputs as { x: Tensor; head: Tensor };
      const conditionShape = [1, s.conditions!, x.shape[2]! + 2];
      const noise = Float64Array.from({ length: conditionShape[1]! * conditionShape[2]! }, () => random.normal());
      const layers = Array.from({ length: s.layers! }, (_, l) => ({
        convWeight: inputs[`conv${l}`]!,
        convBias: inputs[`convBias${l}`]!,
        mixWeight: inputs[`mix${l}`]!,
        outWeight: inputs[`out${l}`]!,
        outBias: inputs[`outBias${l}`]!,
        dilation: s.dilation!,
        gated: s.gated === 1,
        activation: activations[s.kind!]!,
        slope: 0.2,
      }));
      const wantOutput = s.wantOutput === 1;
      const condition = tape.constant(noise, conditionShape);
      const stream = waveStack(tape, x, { condition, head, layers, wantOutput });
      return wantOutput ? [head, stream] : [head];
    },
  },
};

/** A scalar made of everything the op gives, each element with its own weight, and the gradients of all inputs. */
function evaluate(op: OpCase, s: Sizes, values: Record<string, Float64Array>) {
  const kernels: Kernels = createPlainKernels();
  const memory = new Memory(kernels);
  const random = createRandom(11);
  const noise = (n: number) => Float64Array.from({ length: n }, () => random.normal());
  const states = (op.states?.(s) ?? []).map((n) => {
    const offset = memory.keep(n);
    memory.write(offset, noise(n));
    return offset;
  });
  const tape = new Tape(memory);
  const shapes = op.shapes(s);
  const inputs = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, tape.variable(values[name]!, shape)]),
  );
  const parts = op.run(tape, inputs, { s, states, random }).map((part) => {
    if (!("shape" in part)) return part;
    return sum(tape, multiply(tape, part, tape.constant(noise(part.length), part.shape)));
  });
  const loss = weightedSum(
    tape,
    parts,
    parts.map(() => 1),
  );
  tape.backward(loss);
  const gradients = Object.entries(inputs).map(([name, { gradient, length }]): [string, Float64Array] => [
    name,
    Float64Array.from(kernels.heap.subarray(gradient, gradient + length)),
  ]);
  return { loss: loss.value, gradients: Object.fromEntries(gradients) };
}

describe("gradients equal finite differences in float64, for any sizes", () => {
  it.each(Object.keys(ops))("%s", (name) => {
    const op = ops[name] as OpCase;
    const draw = fc.record(
      Object.fromEntries(Object.entries(op.sizes).map(([key, [min, max]]) => [key, fc.integer({ min, max })])),
    );
    fc.assert(
      fc.property(draw, fc.integer(), (drawn, seed) => {
        const s = drawn as Sizes;
        const random = createRandom(seed);
        const shapes = Object.entries(op.shapes(s)).map(([key, shape]): [string, number] => [
          key,
          shape.reduce((a, b) => a * b, 1),
        ]);
        const noise = (size: number): Record<string, Float64Array> =>
          Object.fromEntries(
            shapes.map(([key, n]) => [key, Float64Array.from({ length: n }, () => size * random.normal())]),
          );
        const values = noise(0.7);
        const { gradients } = evaluate(op, s, values);
        // Along a random direction through all inputs at once: a wrong element anywhere shows.
        const direction = noise(1);
        const step = 1e-5;
        const moved = (sign: number) =>
          evaluate(
            op,
            s,
            Object.fromEntries(
              Object.entries(values).map(([key, v]) => [key, v.map((x, i) => x + sign * step * direction[key]![i]!)]),
            ),
          ).loss;
        const numeric = (moved(1) - moved(-1)) / (2 * step);
        let analytic = 0;
        for (const [key, gradient] of Object.entries(gradients)) {
          gradient.forEach((g, i) => {
            analytic += g * direction[key]![i]!;
          });
        }
        // Central differences at 1e-5: 1e-10 times a third derivative of some hundreds, and 1e-16 / 1e-5 of rounding.
        const tolerance = 3e-7 * (1 + Math.abs(numeric));
        if (!(Math.abs(analytic - numeric) <= tolerance)) {
          throw new Error(`${analytic} instead of ${numeric} (sizes ${JSON.stringify(s)})`);
        }
      }),
      { seed: 3, numRuns: 60 },
    );
  });
});

describe("sequences through recurrent ops", () => {
  const random = createRandom(2);
  const noise = (n: number) => Float64Array.from({ length: n }, () => random.normal());
  const [steps, size, batch] = [10, 3, 4];
  const x = noise(steps * batch);
  const weights = { weightIh: noise(4 * size), weightHh: noise(4 * size * size), bias: noise(4 * size) };

  /** The LSTM's outputs when the sequence comes in pieces of the lengths given, the state carried over. */
  const inPieces = (lengths: number[], recording = true): number[] => {
    const kernels = createPlainKernels();
    const memory = new Memory(kernels);
    const [hidden, cell] = [memory.keep(size * batch), memory.keep(size * batch)];
    const tape = new Tape(memory);
    tape.recording = recording;
    let at = 0;
    return lengths.flatMap((length) => {
      tape.clear();
      const piece = tape.constant(x.subarray(at * batch, (at + length) * batch), [length, 1, batch]);
      at += length;
      const y = lstm(
        tape,
        piece,
        {
          weightIh: tape.variable(weights.weightIh, [4 * size, 1]),
          weightHh: tape.variable(weights.weightHh, [4 * size, size]),
          bias: tape.variable(weights.bias, [4 * size]),
        },
        { hidden, cell },
      );
      return Array.from(kernels.heap.subarray(y.offset, y.offset + y.length));
    });
  };

  it("come out the same in one piece and in several, with the state carried", () => {
    expect(inPieces([3, 1, 6])).toEqual(inPieces([steps]));
  });

  it("come out the same when nothing is recorded", () => {
    expect(inPieces([steps], false)).toEqual(inPieces([steps]));
  });

  it("are refused where lanes do not fill vectors", () => {
    const memory = new Memory(createPlainKernels());
    const state = { hidden: memory.keep(6), cell: memory.keep(6) };
    const tape = new Tape(memory);
    const weight = (...shape: number[]) => tape.constant(new Float64Array(shape.reduce((a, b) => a * b, 1)), shape);
    const run = () =>
      lstm(tape, weight(5, 1, 3), { weightIh: weight(8, 1), weightHh: weight(8, 2), bias: weight(8) }, state);
    expect(run).toThrow("bug: lstm of x [5, 1, 3]");
  });
});
