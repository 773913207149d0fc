import { describe, expect, it } from "vitest";
import type { Architecture } from "./architecture.ts";
import type { ModelDocument } from "./model-document.ts";
import { decodeNam } from "./nam-decode.ts";
import { encodeNam } from "./nam-encode.ts";
import { parameterCount } from "./parameter-layout.ts";
import { presetArchitecture } from "./presets.ts";

function document(architecture: Architecture, metadata: ModelDocument["metadata"] = { name: "test" }): ModelDocument {
  const weights = Float32Array.from({ length: parameterCount(architecture) }, (_, index) => (index + 1) / 64);
  return { architecture, sampleRate: 44_100, weights, metadata };
}

function written(
  model: ModelDocument,
  options?: Parameters<typeof encodeNam>[1],
): Record<string, never> & { weights: number[] } {
  return JSON.parse(new TextDecoder().decode(encodeNam(model, options)));
}

function wavenet(change: object): Architecture {
  const net = presetArchitecture("wavenet-nano");
  if (net.kind !== "wavenet") throw new Error("bug: not a wavenet");
  return { ...net, arrays: net.arrays.map((array) => ({ ...array, ...change })) };
}

describe("encodeNam", () => {
  it("writes NAM's presets in the legacy form of version 0.5.4", () => {
    const file = written(document(presetArchitecture("wavenet-standard")));
    const dilations = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];
    expect(file).toMatchObject({
      version: "0.5.4",
      architecture: "WaveNet",
      sample_rate: 44_100,
      config: {
        layers: [
          {
            input_size: 1,
            condition_size: 1,
            head_size: 8,
            channels: 16,
            kernel_size: 3,
            dilations,
            activation: "Tanh",
            gated: false,
            head_bias: false,
          },
          { input_size: 16, channels: 8, head_size: 1, head_bias: true },
        ],
        head: null,
        head_scale: 0.02,
      },
    });
    expect(file.weights.length).toBe(13_802);
    expect(file.weights.at(-1)).toBe(0.02);
  });

  it.each([
    [
      "kernel sizes per layer",
      { kernelSizes: Array.from({ length: 7 }, (_, layer) => 2 + (layer % 2)), dilations: [1, 2, 3, 4, 5, 6, 7] },
    ],
    ["a slope of its own", { activation: { type: "leaky-relu", slope: 0.1 } }],
  ])("writes %s in the form of version 0.7.0, and reads it back", (_, change) => {
    const model = document(wavenet(change));
    expect(written(model)).toMatchObject({ version: "0.7.0" });
    const back = decodeNam(encodeNam(model), { name: "back" });
    expect(back.architecture).toEqual(model.architecture);
    expect(back.weights).toEqual(model.weights);
  });

  it("writes gating in both forms", () => {
    const legacy = document(wavenet({ gated: true }));
    expect(written(legacy)).toMatchObject({ version: "0.5.4", config: { layers: [{ gated: true }, { gated: true }] } });
    expect(decodeNam(encodeNam(legacy), { name: "back" }).architecture).toEqual(legacy.architecture);
    const present = document(wavenet({ gated: true, activation: { type: "leaky-relu", slope: 0.3 } }));
    expect(written(present)).toMatchObject({ version: "0.7.0", config: { layers: [{ gating_mode: "gated" }, {}] } });
    expect(decodeNam(encodeNam(present), { name: "back" }).architecture).toEqual(present.architecture);
  });

  it("writes an LSTM without a start state with zeros for it", () => {
    const { weights } = written(document(presetArchitecture("lstm-1")));
    // ours: w_ih 1..4, w_hh 5..8, bias 9..12, head 13, 14; NAM's rows are [w_ih w_hh]
    expect(weights.map((w) => w * 64)).toEqual([1, 5, 2, 6, 3, 7, 4, 8, 9, 10, 11, 12, 0, 0, 13, 14]);
  });

  it("writes the start state that it is given, else the model's own", () => {
    const model = document({ ...presetArchitecture("lstm-1"), initialState: true } as Architecture);
    expect(
      written(model)
        .weights.slice(12, 14)
        .map((w) => w * 64),
    ).toEqual([13, 14]);
    const initialState = [{ hidden: Float32Array.of(0.25), cell: Float32Array.of(-0.5) }];
    expect(written(model, { initialState }).weights.slice(12, 14)).toEqual([0.25, -0.5]);
    const wrong = [{ hidden: Float32Array.of(0.25), cell: Float32Array.of(Number.NaN) }];
    expect(() => written(model, { initialState: wrong })).toThrow(/start state/);
    expect(() => written(model, { initialState: [] })).toThrow(/0 layers/);
  });

  it("writes metadata in NAM's words, and reads them back", () => {
    const metadata = {
      name: "Lead",
      createdAt: "2026-02-03T04:05:06Z",
      loudnessDb: -18,
      gain: 0.5,
      inputLevelDbu: 12,
      outputLevelDbu: 10,
      gearType: "pedal",
      toneType: "crunch",
      scores: { esr: 0.1 },
      training: { steps: 3, nam: { validation_esr: 0.02 } },
    };
    expect(written(document(presetArchitecture("lstm-2"), metadata)).metadata).toEqual({
      date: { year: 2026, month: 2, day: 3, hour: 4, minute: 5, second: 6 },
      name: "Lead",
      loudness: -18,
      gain: 0.5,
      input_level_dbu: 12,
      output_level_dbu: 10,
      gear_type: "pedal",
      tone_type: "crunch",
      training: { validation_esr: 0.02 },
    });
  });

  it.each([
    ["nam-no-gru", presetArchitecture("gru-8"), /rtneural/],
    ["nam-no-skip", { ...presetArchitecture("lstm-8"), skip: true } as Architecture, /rtneural/],
    ["nam-mono-only", { ...presetArchitecture("lstm-8"), inputSize: 2 } as Architecture, /one input/],
  ])("refuses with %s and a way out", (code, architecture, hint) => {
    expect(() => encodeNam(document(architecture))).toThrow(
      expect.objectContaining({ code, hint: expect.stringMatching(hint) }),
    );
  });
});
