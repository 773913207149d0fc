import { describe, expect, it } from "vitest";
import { decodeNam } from "./nam-decode.ts";

const decode = (value: unknown, name = "folder/My Amp.nam") =>
  decodeNam(new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value)), { name });

function faultOf(value: unknown): { code: string; message: string } {
  try {
    decode(value);
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error("bug: the file was accepted");
}

const count = (length: number): number[] => Array.from({ length }, (_, index) => index + 1);

/** One unit: 4 rows of [w_ih w_hh], 4 biases, h0, c0, head weight, head bias. */
const lstm = {
  version: "0.5.4",
  architecture: "LSTM",
  config: { input_size: 1, hidden_size: 1, num_layers: 1 },
  weights: count(16),
  sample_rate: 44_100,
};

const array = {
  input_size: 1,
  condition_size: 1,
  channels: 1,
  kernel_size: 2,
  dilations: [1, 2],
  activation: "Tanh",
  gated: false,
  head_size: 1,
  head_bias: false,
};

/** 1 rechannel, 2 x (2 conv, 1 bias, 1 mixin, 1 out, 1 bias), 1 head, 1 head scale. */
const wavenet = {
  version: "0.5.0",
  architecture: "WaveNet",
  config: { layers: [array], head: null, head_scale: 0.02 },
  weights: count(15),
};

const withArray = (change: object): object => ({
  ...wavenet,
  config: { ...wavenet.config, layers: [{ ...array, ...change }] },
});

describe("decodeNam of an LSTM", () => {
  it("takes the two matrices of a cell apart", () => {
    const document = decode(lstm);
    expect(document.architecture).toEqual({
      kind: "lstm",
      inputSize: 1,
      hiddenSize: 1,
      layers: 1,
      outputSize: 1,
      skip: false,
      initialState: true,
    });
    // rows [1 2] [3 4] [5 6] [7 8] become two columns; everything after stays
    expect(Array.from(document.weights)).toEqual([1, 3, 5, 7, 2, 4, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
    expect(document.sampleRate).toBe(44_100);
  });

  it.each([
    [{ input_size: 3 }, /not mono .*: 3, 1, 1/],
    [{ out_channels: 2 }, /not mono .*: 1, 1, 2/],
  ])("refuses %o by name", (change, feature) => {
    expect(faultOf({ ...lstm, config: { ...lstm.config, ...change } })).toMatchObject({
      code: "unsupported-nam",
      message: expect.stringMatching(feature),
    });
  });
});

describe("decodeNam of a WaveNet", () => {
  it("lets the last weight override the head scale", () => {
    const document = decode(wavenet);
    expect(document.architecture).toMatchObject({ kind: "wavenet", headScale: 15 });
    expect(Array.from(document.weights)).toEqual(count(14));
  });

  it("reads the present keys as it reads the legacy ones", () => {
    const present = withArray({
      kernel_size: undefined,
      kernel_sizes: [2, 2],
      activation: [{ type: "Tanh" }, { type: "Tanh" }],
      gated: undefined,
      gating_mode: ["none", "none"],
      secondary_activation: [null, null],
      head_size: undefined,
      head_bias: undefined,
      head: { out_channels: 1, kernel_size: 1, bias: false },
      bottleneck: 1,
      groups_input: 1,
      layer1x1: { active: true, groups: 1 },
      head1x1: { active: false, out_channels: 1, groups: 1 },
      conv_pre_film: { active: false, shift: true, groups: 1 },
      activation_post_film: false,
      slimmable: null,
    });
    expect(decode(present).architecture).toEqual(decode(wavenet).architecture);
  });

  it.each([
    ["Sigmoid", { type: "sigmoid" }],
    ["LeakyReLU", { type: "leaky-relu", slope: 0.01 }],
    [
      { type: "LeakyReLU", negative_slope: 0.2 },
      { type: "leaky-relu", slope: 0.2 },
    ],
    [{ type: "ReLU" }, { type: "relu" }],
  ])("reads the activation %j", (activation, ours) => {
    expect(decode(withArray({ activation })).architecture).toMatchObject({ arrays: [{ activation: ours }] });
  });

  it.each([
    [{ activation: "Fasttanh" }, /activation "Fasttanh" in layers\[0\]/],
    [{ activation: ["Tanh", "ReLU"] }, /different activation per layer/],
    [{ gating_mode: "blended" }, /gating mode "blended"/],
    [{ gating_mode: ["none", "gated"] }, /different gating_mode per layer/],
    [{ gated: true, secondary_activation: "Tanh" }, /gate with activation "Tanh"/],
    [{ bottleneck: 2 }, /bottleneck of 2 for 1 channels/],
    [{ condition_size: 2 }, /condition of size 2/],
    [{ groups_input: 2 }, /groups_input 2/],
    [{ groups_input_mixin: 2 }, /groups_input_mixin 2/],
    [{ layer1x1: { active: false, groups: 1 } }, /without layer1x1/],
    [{ layer1x1: { active: true, groups: 2 } }, /grouped layer1x1/],
    [{ head1x1: { active: true, out_channels: 1, groups: 1 } }, /head1x1/],
    [{ conv_pre_film: {} }, /FiLM \(conv_pre_film\)/],
    [{ head1x1_post_film: true }, /FiLM \(head1x1_post_film\)/],
    [{ head: { out_channels: 1, kernel_size: 2, bias: true, head_dilation: 2 } }, /head_dilation 2/],
  ])("refuses %o by name", (change, feature) => {
    expect(faultOf(withArray(change))).toMatchObject({
      code: "unsupported-nam",
      message: expect.stringMatching(feature),
    });
  });

  it.each([
    [{ kernel_size: undefined }, /neither kernel_size nor kernel_sizes/],
    [{ head_size: undefined }, /neither head nor head_size/],
    [{ activation: undefined }, /no activation/],
    [{ activation: ["Tanh"] }, /1 values of activation for 2 layers/],
    [{ dilations: "1" }, /layers\.0\.dilations/],
  ])("calls %o broken", (change, found) => {
    expect(faultOf(withArray(change))).toMatchObject({ code: "invalid-nam", message: expect.stringMatching(found) });
  });

  it.each([
    [{ condition_dsp: { version: "0.6.0" } }, /condition_dsp/],
    [{ head: { channels: 2 } }, /config\.head/],
    [{ in_channels: 2 }, /2 input channels/],
  ])("refuses the net's %o by name", (change, feature) => {
    expect(faultOf({ ...wavenet, config: { ...wavenet.config, ...change } })).toMatchObject({
      code: "unsupported-nam",
      message: expect.stringMatching(feature),
    });
  });

  it("refuses sizes beyond every limit without trying to hold them", () => {
    expect(faultOf(withArray({ dilations: [1, 1e9] })).code).toBe("invalid-architecture");
    expect(faultOf(withArray({ channels: 1e12 })).code).toBe("invalid-architecture");
  });
});

describe("decodeNam of any file", () => {
  it("states that it assumed 48 000 Hz, and takes the name from the file", () => {
    const { sampleRate, metadata } = decode(wavenet);
    expect(sampleRate).toBe(48_000);
    expect(metadata.notes).toEqual(["the file states no sample rate: 48000 Hz assumed"]);
    expect(metadata.name).toBe("My Amp");
    expect(metadata.source).toEqual({ format: "nam", version: "0.5.0" });
  });

  it("keeps the metadata, in our words", () => {
    const metadata = {
      date: { year: 2024, month: 10, day: 9, hour: 18, minute: 4, second: 1 },
      name: "Lead",
      modeled_by: "Somebody",
      gear_type: "amp",
      gear_make: "",
      loudness: -20.5,
      gain: 0.25,
      input_level_dbu: 18.3,
      output_level_dbu: null,
      training: { validation_esr: 0.01 },
    };
    expect(decode({ ...lstm, metadata }).metadata).toEqual({
      name: "Lead",
      createdAt: "2024-10-09T18:04:01",
      architecture: "lstm-1",
      modeledBy: "Somebody",
      gearType: "amp",
      loudnessDb: -20.5,
      gain: 0.25,
      inputLevelDbu: 18.3,
      training: { nam: { validation_esr: 0.01 } },
      source: { format: "nam", version: "0.5.4" },
    });
  });

  it("opens a container at full size, with the container's facts over the model's", () => {
    const inner = { ...lstm, sample_rate: undefined, metadata: { gain: 0.1, loudness: -3 } };
    const submodels = [
      { max_value: 0.5, model: wavenet },
      { max_value: 1, model: inner },
    ];
    const container = {
      version: "0.7.0",
      architecture: "SlimmableContainer",
      config: { submodels },
      weights: [],
      sample_rate: 96_000,
      metadata: { gain: 0.2 },
    };
    const document = decode(container);
    expect(document.weights.length).toBe(16);
    expect(document.sampleRate).toBe(96_000);
    expect(document.metadata).toMatchObject({
      gain: 0.2,
      loudnessDb: -3,
      notes: ["the largest of 2 sub-models was read"],
    });
    expect(faultOf({ ...container, config: { submodels: [] } })).toMatchObject({ code: "invalid-nam" });
  });

  it.each([
    ["0.5.0", "read"],
    ["0.7.9", "read"],
    ["0.4.9", "unsupported-nam"],
    ["0.8.0", "unsupported-nam"],
    ["1.0.0", "unsupported-nam"],
    ["0.5", "invalid-nam"],
  ])("version %s is %s", (version, outcome) => {
    const file = { ...lstm, version };
    if (outcome === "read") expect(decode(file).weights.length).toBe(16);
    else expect(faultOf(file)).toMatchObject({ code: outcome, message: expect.stringContaining(version) });
  });

  it("notes a version a little newer than it knows", () => {
    expect(decode({ ...lstm, version: "0.7.1" }).metadata.notes).toEqual([expect.stringContaining("0.7.1 is newer")]);
  });

  it("counts the weights", () => {
    expect(faultOf({ ...wavenet, weights: count(14) })).toMatchObject({
      code: "nam-weight-count",
      message: '"folder/My Amp.nam" has 14 weights, its config needs 15',
    });
    expect(faultOf({ ...lstm, weights: count(17) })).toMatchObject({ code: "nam-weight-count" });
  });

  it("refuses weights that are no numbers, or too large for float32", () => {
    expect(faultOf({ ...lstm, weights: [...count(15), "1"] })).toMatchObject({
      code: "invalid-nam",
      message: expect.stringContaining("index 15"),
    });
    expect(faultOf({ ...lstm, weights: [...count(15), 1e39] })).toMatchObject({ code: "non-finite-weights" });
    expect(faultOf(JSON.stringify(lstm).replace("[1,", "[NaN,"))).toMatchObject({
      code: "invalid-nam",
      message: expect.stringContaining("NaN"),
    });
  });

  it.each(["Linear", "ConvNet", "ConcatWaveNet"])("refuses the architecture %s by name", (architecture) => {
    expect(faultOf({ ...lstm, architecture })).toMatchObject({
      code: "unsupported-nam",
      message: expect.stringContaining(architecture),
    });
  });
});
