import { describe, expect, it } from "vitest";
import { createKernels, createPlainKernels } from "../kernels/index.ts";
import { Memory } from "./memory.ts";
import { addScaled, scale } from "./ops/elementwise.ts";
import { sum } from "./ops/reductions.ts";
import { Parameters } from "./parameters.ts";
import { Tape } from "./tape.ts";

const places = [
  { name: "a", shape: [2, 2], offset: 0, length: 4 },
  { name: "b", shape: [3], offset: 4, length: 3 },
];

describe("tape", () => {
  it("adds up the gradients of a tensor that is used twice", () => {
    const kernels = createPlainKernels();
    const tape = new Tape(new Memory(kernels));
    const x = tape.variable([1, 2, 3], [3]);
    tape.backward(sum(tape, addScaled(tape, scale(tape, x, 2), x, { scale: 5 })));
    expect(Array.from(kernels.heap.subarray(x.gradient, x.gradient + 3))).toEqual([7, 7, 7]);
  });

  it("gives constants no gradient, and records nothing when told so", () => {
    const tape = new Tape(new Memory(createPlainKernels()));
    const [x, c] = [tape.variable([1, 2], [2]), tape.constant([3, 4], [2])];
    tape.backward(sum(tape, addScaled(tape, x, c)));
    expect(c.gradient).toBe(0);
    expect(x.gradient).not.toBe(0);
    tape.recording = false;
    const y = tape.variable([1, 2], [2]);
    tape.backward(sum(tape, scale(tape, y, 2)));
    expect(y.gradient).toBe(0);
  });

  it("uses the same memory again in the next step", () => {
    const kernels = createKernels("simd");
    const tape = new Tape(new Memory(kernels));
    const step = () => {
      const x = tape.variable(new Float32Array(5000).fill(1), [5000]);
      tape.backward(sum(tape, scale(tape, x, 3)));
      tape.clear();
      return [x.offset, kernels.heap.length];
    };
    const first = step();
    for (let i = 0; i < 50; i++) expect(step()).toEqual(first);
  });

  it("refuses values that do not fill the shape", () => {
    const tape = new Tape(new Memory(createPlainKernels()));
    expect(() => tape.constant([1, 2, 3], [2, 2])).toThrow("bug: 3 values for shape [2, 2]");
  });
});

describe("memory", () => {
  it("keeps lasting arrays over a cleared step, and hands out no lasting ones in the middle of one", () => {
    const memory = new Memory(createPlainKernels());
    const lasting = memory.keep(3);
    memory.write(lasting, [1, 2, 3]);
    memory.zeros(1000);
    expect(() => memory.keep(1)).toThrow("bug: lasting memory");
    memory.clear();
    memory.zeros(1000);
    expect(Array.from(memory.read(lasting, 3))).toEqual([1, 2, 3]);
  });

  it("gives back what was taken since a mark", () => {
    const memory = new Memory(createPlainKernels());
    const mark = memory.mark();
    const first = memory.take(10);
    memory.release(mark);
    expect(memory.take(10)).toBe(first);
    expect(() => memory.release(mark - 1)).toThrow("bug:");
  });
});

describe("parameters", () => {
  it("are one flat block, seen by name; gradients of tensors are parts of the gradient block", () => {
    const memory = new Memory(createPlainKernels());
    const parameters = new Parameters(memory, places);
    parameters.write([1, 2, 3, 4, 5, 6, 7]);
    const tape = new Tape(memory);
    tape.backward(sum(tape, scale(tape, parameters.get("b"), 2)));
    expect(Array.from(parameters.readGradients())).toEqual([0, 0, 0, 0, 2, 2, 2]);
    parameters.zeroGradients();
    expect(Array.from(parameters.readGradients())).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(Array.from(parameters.read())).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect([parameters.has("a"), parameters.has("c")]).toEqual([true, false]);
    expect(() => parameters.get("c")).toThrow('bug: no parameter "c" (there are a, b)');
  });

  it("go on with the same bits from moments that were read and written back", () => {
    const gradients = (step: number) => Float32Array.from({ length: 7 }, (_, i) => Math.sin(step * 7 + i));
    const fresh = () => new Parameters(new Memory(createKernels("simd")), places);
    const whole = fresh();
    const before = fresh();
    for (let step = 1; step <= 6; step++) whole.adam(gradients(step), { rate: 0.01, step });
    for (let step = 1; step <= 3; step++) before.adam(gradients(step), { rate: 0.01, step });
    const after = fresh();
    after.write(before.read());
    after.writeMoments(...before.readMoments());
    for (let step = 4; step <= 6; step++) after.adam(gradients(step), { rate: 0.01, step });
    expect(after.read()).toEqual(whole.read());
  });
});
