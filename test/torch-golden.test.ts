import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Architecture, parameterLayout } from "../src/modelfile/index.ts";
import { createModel } from "../src/models/index.ts";
import {
  createKernels,
  createPlainKernels,
  type Kernels,
  Memory,
  multiply,
  Parameters,
  sum,
  Tape,
} from "../src/tensor/index.ts";

interface WaveNetCase {
  readonly op: string;
  readonly name: string;
  readonly options: Architecture;
  readonly inputs: Record<string, { shape: number[]; values: number[] }>;
  readonly upstream: number[];
  readonly outputs: { readonly output: { values: number[] } };
  readonly gradients: Record<string, number[]>;
}

// Made by PyTorch in float64, from the definition: fixtures/torch/make.py. Single operations are in src/tensor/ops.
const golden = JSON.parse(readFileSync(new URL("../fixtures/torch/golden.json", import.meta.url), "utf8")) as {
  cases: WaveNetCase[];
};
const cases = golden.cases.filter(({ op }) => op === "wavenet").map((one): [string, WaveNetCase] => [one.name, one]);

/** The generator's name of a weight: "0.1.conv.weight" is "0.1.conv", "0.1.conv.bias" is "0.1.convBias". */
const generatorName = (name: string): string =>
  name
    .replace(/mixin/, "mix")
    .replace(/\.weight$/, "")
    .replace(/\.bias$/, "Bias");

function run(kernels: Kernels, one: WaveNetCase) {
  const model = createModel(one.options);
  const memory = new Memory(kernels);
  const parameters = new Parameters(memory, model.places);
  const flat = parameterLayout(one.options).flatMap(({ name }) => one.inputs[generatorName(name)]?.values ?? []);
  expect(flat.length).toBe(model.parameterCount);
  parameters.write(flat);
  const tape = new Tape(memory);
  const { values, shape } = one.inputs.xConstant as { values: number[]; shape: number[] };
  const output = model.forward(tape, tape.constant(values, shape), { parameters, state: 0 });
  const read = (offset: number, n: number) => Array.from(kernels.heap.subarray(offset, offset + n));
  const found = { output: read(output.offset, output.length), gradients: [] as number[] };
  tape.backward(sum(tape, multiply(tape, output, tape.constant(one.upstream, output.shape))));
  found.gradients = read(parameters.gradients, parameters.length);
  return found;
}

describe.each([
  // Both in float64; the golden values have 13 digits.
  ["plain", createPlainKernels, 1e-12] as const,
  // Four layers of float32 sums, a few dozen terms each, and tanh within 4e-7.
  ["simd", () => createKernels("simd"), 2e-6] as const,
])("a whole WaveNet as PyTorch has it, on %s kernels", (_, make, tolerance) => {
  it.each(cases)("%s", (_, one) => {
    const { output, gradients } = run(make(), one);
    const close = (found: number[], expected: number[]) => {
      expect(found.length).toBe(expected.length);
      const largest = Math.max(...expected.map(Math.abs));
      expected.forEach((value, i) => {
        expect(Math.abs((found[i] ?? Number.NaN) - value)).toBeLessThan(tolerance * largest);
      });
    };
    close(output, one.outputs.output.values);
    close(
      gradients,
      parameterLayout(one.options).flatMap(({ name }) => one.gradients[generatorName(name)] ?? []),
    );
  });
});
