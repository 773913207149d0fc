import { describe, expect, it } from "vitest";
import type { Architecture } from "./architecture.ts";
import { parameterCount, parameterLayout } from "./parameter-layout.ts";
import { presetArchitecture } from "./presets.ts";

const names = (architecture: Architecture): string[] =>
  parameterLayout(architecture).map((slot) => `${slot.name} [${slot.shape.join(",")}]`);

describe("parameterLayout", () => {
  it("lists an lstm of two layers with a start state in the promised order", () => {
    const shape = { inputSize: 3, hiddenSize: 2, layers: 2, outputSize: 1, skip: true };
    expect(names({ kind: "lstm", ...shape, initialState: true })).toEqual([
      "lstm.0.weight_ih [8,3]",
      "lstm.0.weight_hh [8,2]",
      "lstm.0.bias [8]",
      "lstm.0.initial_hidden [2]",
      "lstm.0.initial_cell [2]",
      "lstm.1.weight_ih [8,2]",
      "lstm.1.weight_hh [8,2]",
      "lstm.1.bias [8]",
      "lstm.1.initial_hidden [2]",
      "lstm.1.initial_cell [2]",
      "head.weight [1,2]",
      "head.bias [1]",
    ]);
  });

  it("gives a gru two biases per layer", () => {
    expect(names(presetArchitecture("gru-4"))).toEqual([
      "gru.0.weight_ih [12,1]",
      "gru.0.weight_hh [12,4]",
      "gru.0.bias_ih [12]",
      "gru.0.bias_hh [12]",
      "head.weight [1,4]",
      "head.bias [1]",
    ]);
  });

  it("doubles the outputs of a gated layer and leaves out an absent head bias", () => {
    const architecture: Architecture = {
      kind: "wavenet",
      arrays: [
        {
          inputSize: 1,
          conditionSize: 1,
          channels: 2,
          kernelSizes: [3],
          dilations: [5],
          activation: { type: "relu" },
          gated: true,
          head: { outputSize: 1, kernelSize: 4, bias: false },
        },
      ],
      headScale: 1,
    };
    expect(names(architecture)).toEqual([
      "0.rechannel.weight [2,1]",
      "0.0.conv.weight [4,2,3]",
      "0.0.conv.bias [4]",
      "0.0.mixin.weight [4,1]",
      "0.0.out.weight [2,2]",
      "0.0.out.bias [2]",
      "0.head.weight [1,2,4]",
    ]);
  });

  it("leaves no gap and no overlap", () => {
    for (const name of ["lstm-2x5", "gru-3x7", "wavenet-lite"]) {
      let end = 0;
      for (const { offset, length, shape } of parameterLayout(presetArchitecture(name))) {
        expect(offset).toBe(end);
        expect(length).toBe(shape.reduce((product, size) => product * size, 1));
        end += length;
      }
      expect(parameterCount(presetArchitecture(name))).toBe(end);
    }
  });
});

describe("parameterCount", () => {
  // the sizes that NAM's own files have, without the head scale at their end
  it.each([
    ["wavenet-standard", 13_801],
    ["wavenet-lite", 6_553],
    ["wavenet-feather", 3_025],
    ["wavenet-nano", 841],
  ])("%s has %i weights", (name, count) => {
    expect(parameterCount(presetArchitecture(name))).toBe(count);
  });

  // NAM counts the start state, 2 floats per unit and layer
  it.each([
    ["lstm-24", 2_569],
    ["lstm-2x8", 905],
    ["lstm-16", 1_201],
    ["lstm-12", 709],
  ])("%s with a start state has %i weights", (name, count) => {
    const architecture = presetArchitecture(name);
    if (architecture.kind !== "lstm") throw new Error("bug: not an lstm");
    expect(parameterCount({ ...architecture, initialState: true })).toBe(count);
  });
});
