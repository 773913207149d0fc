import { describe, expect, it } from "vitest";
import { describeArchitecture, presetArchitecture } from "./presets.ts";

function faultOf(name: string): { code: string; message: string; hint: string } {
  try {
    presetArchitecture(name);
  } catch (error) {
    return error as { code: string; message: string; hint: string };
  }
  throw new Error(`bug: ${name} was accepted`);
}

describe("presetArchitecture", () => {
  it("reads sizes and layers", () => {
    const shape = { inputSize: 1, outputSize: 1, skip: false };
    expect(presetArchitecture("lstm-32")).toEqual({
      kind: "lstm",
      ...shape,
      hiddenSize: 32,
      layers: 1,
      initialState: false,
    });
    expect(presetArchitecture("gru-2x8")).toEqual({ kind: "gru", ...shape, hiddenSize: 8, layers: 2 });
    expect(presetArchitecture("lstm-8x512")).toMatchObject({ hiddenSize: 512, layers: 8 });
  });

  it("builds NAM's standard WaveNet", () => {
    const dilations = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];
    const kernelSizes = dilations.map(() => 3);
    const common = { conditionSize: 1, kernelSizes, dilations, activation: { type: "tanh" }, gated: false };
    expect(presetArchitecture("wavenet-standard")).toEqual({
      kind: "wavenet",
      arrays: [
        { inputSize: 1, channels: 16, ...common, head: { outputSize: 8, kernelSize: 1, bias: false } },
        { inputSize: 16, channels: 8, ...common, head: { outputSize: 1, kernelSize: 1, bias: true } },
      ],
      headScale: 0.02,
    });
  });

  it("gives each caller an object of its own", () => {
    const first = presetArchitecture("wavenet-nano");
    if (first.kind === "wavenet") first.arrays[0]?.dilations.fill(7);
    expect(describeArchitecture(presetArchitecture("wavenet-nano"))).toBe("wavenet-nano");
  });

  it.each([
    ["ltsm-32", "lstm-32"],
    ["lstm32", "lstm-32"],
    ["gru_2x8", "gru-2x8"],
    ["wavnet-standart", "wavenet-standard"],
    ["lstm", "lstm-32"],
    ["lstm-9x16", "lstm-8x16"],
    ["gru-1000", "gru-512"],
    ["lstm-0", "lstm-1"],
  ])("offers for %j the model %j", (typed, nearest) => {
    const { code, message, hint } = faultOf(typed);
    expect(code).toBe("unknown-model");
    expect(message).toContain(`"${typed}"`);
    expect(hint).toContain(`"${nearest}"`);
  });

  it("lists the forms when nothing is near", () => {
    expect(faultOf("quantum amplifier").hint).toMatch(/^use one of lstm-N, .*wavenet-nano$/);
    expect(faultOf("x".repeat(10_000)).message.length).toBeLessThan(120);
  });
});

describe("describeArchitecture", () => {
  it.each([
    "lstm-32",
    "lstm-2x16",
    "gru-8",
    "gru-8x1",
    "wavenet-standard",
    "wavenet-lite",
    "wavenet-feather",
    "wavenet-nano",
  ])("says %s of that preset", (name) => {
    expect(describeArchitecture(presetArchitecture(name))).toBe(name);
  });

  it("says what is unlike a preset", () => {
    const gru = presetArchitecture("gru-8");
    expect(describeArchitecture({ ...gru, skip: true } as typeof gru)).toBe("gru-8 with skip");
    expect(describeArchitecture({ ...gru, inputSize: 3, outputSize: 2 } as typeof gru)).toBe(
      "gru-8 with 3 inputs, 2 outputs",
    );
    const net = presetArchitecture("wavenet-standard");
    if (net.kind !== "wavenet") throw new Error("bug: not a wavenet");
    expect(describeArchitecture({ ...net, headScale: 0.5 })).toBe("wavenet (16+8 channels, 20 layers)");
    expect(describeArchitecture({ ...net, headScale: Math.fround(0.02) })).toBe("wavenet-standard");
  });
});
