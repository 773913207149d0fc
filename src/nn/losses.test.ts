import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createKernels, createPlainKernels, type Kernels, Memory, Tape } from "../tensor/index.ts";
import { type LossTerm, sequenceLoss } from "./losses.ts";

type ScaledTerm = Omit<LossTerm, "weight"> & { scale: number };

interface LossCase {
  readonly op: string;
  readonly name: string;
  readonly options: { readonly terms: readonly ScaledTerm[] };
  readonly inputs: Record<"output" | "targetConstant", { shape: number[]; values: number[] }>;
  readonly loss: number;
  readonly gradients: { readonly output: number[] };
}

// Made by PyTorch in float64: fixtures/torch/make.py.
const golden = JSON.parse(readFileSync(new URL("../../fixtures/torch/golden.json", import.meta.url), "utf8")) as {
  cases: LossCase[];
};
const cases = golden.cases.filter(({ op }) => op === "sequenceLoss").map((one): [string, LossCase] => [one.name, one]);

function run(kernels: Kernels, { inputs, options }: Pick<LossCase, "inputs" | "options">) {
  const tape = new Tape(new Memory(kernels));
  const output = tape.variable(inputs.output.values, inputs.output.shape);
  const target = tape.constant(inputs.targetConstant.values, inputs.targetConstant.shape);
  const { loss, sums } = sequenceLoss(tape, { output, target, terms: options.terms });
  tape.backward(loss);
  const gradient = Array.from(kernels.heap.subarray(output.gradient, output.gradient + output.length));
  return { loss: loss.value, sums, gradient };
}

describe.each([
  // Both in float64; the golden values have 13 digits.
  ["plain", createPlainKernels, 1e-12] as const,
  // Sums of 48 float32 terms of size one, partly after a recursive filter.
  ["simd", () => createKernels("simd"), 1e-6] as const,
])("sequenceLoss as PyTorch has it, on %s kernels", (_, make, tolerance) => {
  it.each(cases)("%s", (_, one) => {
    const { loss, gradient } = run(make(), one);
    expect(Math.abs(loss - one.loss)).toBeLessThan(tolerance * Math.max(1, one.loss));
    const largest = Math.max(...one.gradients.output.map(Math.abs));
    one.gradients.output.forEach((value, i) => {
      expect(Math.abs((gradient[i] ?? Number.NaN) - value)).toBeLessThan(tolerance * Math.max(1, largest));
    });
  });
});

describe("sequenceLoss", () => {
  const [, all] = cases.find(([name]) => name === "all together") as [string, LossCase];

  it("is the sum of its terms, each sum times its scale", () => {
    const { loss, sums } = run(createPlainKernels(), all);
    const weighted = sums.reduce((total, value, i) => total + value * (all.options.terms[i]?.scale ?? 0), 0);
    expect(loss).toBeCloseTo(weighted, 12);
  });

  it("of a batch is the sum of the losses of its columns, so that shards add up", () => {
    const kernels = createPlainKernels();
    const [steps = 0, , batch = 0] = all.inputs.output.shape;
    const column = (values: number[], b: number) => values.filter((_, i) => i % batch === b);
    const parts = Array.from({ length: batch }, (_, b) => {
      const cut = ({ values }: { values: number[] }) => ({ shape: [steps, 1, 1], values: column(values, b) });
      const inputs = { output: cut(all.inputs.output), targetConstant: cut(all.inputs.targetConstant) };
      return run(kernels, { inputs, options: all.options });
    });
    const total = parts.reduce((sum, part) => sum + part.loss, 0);
    // The same terms in another order, in float64.
    expect(Math.abs(total - all.loss)).toBeLessThan(1e-12 * all.loss);
    parts.forEach((part, b) => {
      column(all.gradients.output, b).forEach((value, t) => {
        expect(Math.abs((part.gradient[t] ?? Number.NaN) - value)).toBeLessThan(1e-11);
      });
    });
  });

  it("of a sequence in chunks adds up to that of the whole, with the DC blocker's state carried", () => {
    const terms: ScaledTerm[] = [{ measure: "squared", filter: "dc-block", scale: 1 }];
    const { output, targetConstant: target } = all.inputs;
    const [steps = 0, , batch = 0] = output.shape;
    const memory = new Memory(createPlainKernels());
    const blockerState = memory.keep(2 * batch);
    // At rest on the first error, as a whole sequence starts.
    const errors = output.values.map((value, i) => value - (target.values[i] ?? 0));
    memory.write(blockerState, errors.slice(0, batch));
    const tape = new Tape(memory);
    const chunk = ({ values }: { values: number[] }, from: number, to: number) =>
      tape.constant(values.slice(from * batch, to * batch), [to - from, 1, batch]);
    const parts = [
      [0, 5],
      [5, 6],
      [6, steps],
    ] as const;
    const total = parts.reduce((sum, [from, to]) => {
      const cut = { output: chunk(output, from, to), target: chunk(target, from, to) };
      return sum + sequenceLoss(tape, { ...cut, terms, blockerState }).loss.value;
    }, 0);
    const whole = run(createPlainKernels(), { inputs: all.inputs, options: { terms } });
    expect(Math.abs(total - whole.loss)).toBeLessThan(1e-12 * whole.loss);
  });

  it("cannot hear a constant error after the DC blocker, and hears nothing else as DC", () => {
    const [steps, n] = [64, 64 * 4];
    const tape = new Tape(new Memory(createPlainKernels()));
    const constant = tape.constant(new Float64Array(n).fill(0.3), [steps, 1, 4]);
    const zeros = tape.constant(new Float64Array(n), [steps, 1, 4]);
    const alternating = tape.constant(
      Float64Array.from({ length: n }, (_, i) => (Math.floor(i / 4) % 2 === 0 ? 0.5 : -0.5)),
      [steps, 1, 4],
    );
    const terms: ScaledTerm[] = [
      { measure: "squared", filter: "dc-block", scale: 1 },
      { measure: "dc", filter: "none", scale: 1 },
    ];
    expect(sequenceLoss(tape, { output: constant, target: zeros, terms }).sums[0]).toBe(0);
    // Four columns with a mean of 0.3 each: 4 x 0.09.
    expect(sequenceLoss(tape, { output: constant, target: zeros, terms }).sums[1]).toBeCloseTo(0.36, 12);
    expect(sequenceLoss(tape, { output: alternating, target: zeros, terms }).sums[1]).toBe(0);
  });
});
