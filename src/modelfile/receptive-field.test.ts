import { expect, it } from "vitest";
import { presetArchitecture } from "./presets.ts";
import { receptiveField } from "./receptive-field.ts";

it.each(["standard", "lite", "feather", "nano"])("wavenet-%s looks back 4093 samples, as NAM prewarms it", (name) => {
  // 1 + two rounds of (3 - 1) * (1 + 2 + … + 512)
  expect(receptiveField(presetArchitecture(`wavenet-${name}`))).toBe(1 + 2 * 2 * 1023);
});

it("counts per-layer kernels and the head's kernel", () => {
  const array = {
    inputSize: 1,
    conditionSize: 1 as const,
    channels: 2,
    kernelSizes: [6, 15],
    dilations: [3, 13],
    activation: { type: "tanh" as const },
    gated: false,
    head: { outputSize: 1, kernelSize: 16, bias: true },
  };
  expect(receptiveField({ kind: "wavenet", arrays: [array], headScale: 1 })).toBe(1 + 5 * 3 + 14 * 13 + 15);
});

it("is unbounded for recurrent models", () => {
  expect(receptiveField(presetArchitecture("lstm-8"))).toBeNull();
  expect(receptiveField(presetArchitecture("gru-8"))).toBeNull();
});
