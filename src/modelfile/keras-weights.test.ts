import { describe, expect, it } from "vitest";
import { fromKerasBias, fromKerasKernel, toKerasBias, toKerasKernel } from "./keras-weights.ts";

describe("Keras kernels", () => {
  it("of an lstm are transposed, and their gates stay in order", () => {
    // one unit, two inputs: columns are i, f, c, o
    const kernel = [
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ];
    const shape = { kind: "lstm" as const, hiddenSize: 1 };
    expect(Array.from(fromKerasKernel(kernel, shape))).toEqual([1, 5, 2, 6, 3, 7, 4, 8]);
    expect(toKerasKernel(Float32Array.of(1, 5, 2, 6, 3, 7, 4, 8), shape)).toEqual(kernel);
  });

  it("of a gru are transposed, and z, r, h become r, z, n", () => {
    // two units, one input: columns are z z, r r, h h
    const kernel = [[1, 2, 3, 4, 5, 6]];
    const shape = { kind: "gru" as const, hiddenSize: 2 };
    expect(Array.from(fromKerasKernel(kernel, shape))).toEqual([3, 4, 1, 2, 5, 6]);
    expect(toKerasKernel(Float32Array.of(3, 4, 1, 2, 5, 6), shape)).toEqual(kernel);
    expect(Array.from(fromKerasBias([1, 2, 3, 4, 5, 6], shape))).toEqual([3, 4, 1, 2, 5, 6]);
    expect(toKerasBias(Float32Array.of(3, 4, 1, 2, 5, 6), shape)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
