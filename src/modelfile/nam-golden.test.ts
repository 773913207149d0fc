import { describe, expect, it } from "vitest";
import { decodeNam } from "./nam-decode.ts";
import { encodeNam } from "./nam-encode.ts";
import { receptiveField } from "./receptive-field.ts";
import { runReference } from "./reference-runner.ts";
import { esr, floatsOf, hasSharedData, readFixture, readShared } from "./test-files.node.ts";

/** NAM Core's prewarm: the receptive field for a WaveNet, half a second for an LSTM. */
const lstmPrewarm = 24_000;

/** The start of each golden file is quiet; small models are compared to its end, large ones only so far, for speed. */
const samplesOfLargeModels = 4000;

const core = ["lstm", "wavenet", "wavenet_a1_standard", "my_model", "slimmable_container", "slimmable_wavenet", "A2"];
const fullSize = new Set(["slimmable_container", "slimmable_wavenet", "A2"]);
const identity = ["wavenet_minimal", "wavenet_standard"];
const synthetic = ["act_ReLU", "act_Sigmoid", "gated_legacy", "lstm_2x4"];

const coreFiles = [
  ...core.map((name) => ({
    file: `nam-core/${name}.nam`,
    input: "nam-core/golden/input.f32",
    golden: `nam-core/golden/nam-core-examples.${name}${fullSize.has(name) ? ".slim1" : ""}.exact.f32`,
  })),
  ...identity.map((name) => ({
    file: `nam-core/identity/${name}.nam`,
    input: "nam-core/golden/input.f32",
    golden: `nam-core/golden/nam-trainer-identity.${name}.exact.f32`,
  })),
  ...synthetic.map((name) => ({
    file: `nam-synthetic/${name}.nam`,
    input: "nam-synthetic/input8192.f32",
    golden: `nam-synthetic/${name}.exact.f32`,
  })),
];

const unsupported = [
  { file: "nam-core/wavenet_a2_max.nam", feature: /condition_dsp/ },
  { file: "nam-core/wavenet_condition_dsp.nam", feature: /condition_dsp/ },
  { file: "nam-core/identity/linear_1.nam", feature: /"Linear"/ },
  { file: "nam-core/identity/linear_10.nam", feature: /"Linear"/ },
  { file: "nam-synthetic/act_Hardswish.nam", feature: /activation "Hardswish"/ },
  { file: "nam-synthetic/act_Hardtanh.nam", feature: /activation "Hardtanh"/ },
  { file: "nam-synthetic/act_LeakyHardtanh.nam", feature: /activation "LeakyHardtanh"/ },
  { file: "nam-synthetic/act_PReLU.nam", feature: /activation "PReLU"/ },
  { file: "nam-synthetic/act_SiLU.nam", feature: /activation "SiLU"/ },
  { file: "nam-synthetic/act_Softsign.nam", feature: /activation "Softsign"/ },
  { file: "nam-synthetic/blended_film.nam", feature: /bottleneck of 2 for 3 channels/ },
  { file: "nam-synthetic/convnet_bn.nam", feature: /"ConvNet"/ },
  { file: "nam-synthetic/convnet_nobn.nam", feature: /"ConvNet"/ },
  { file: "nam-synthetic/depthwise_nol1.nam", feature: /groups_input 4/ },
  { file: "nam-synthetic/grouped.nam", feature: /groups_input 2/ },
  { file: "nam-synthetic/headk4_dil.nam", feature: /head_dilation 2/ },
  { file: "nam-synthetic/linear_1024.nam", feature: /"Linear"/ },
  { file: "nam-synthetic/linear_bias.nam", feature: /"Linear"/ },
  { file: "nam-synthetic/mixed_gating.nam", feature: /different activation per layer/ },
  { file: "nam-synthetic/post_head.nam", feature: /config\.head/ },
];

describe("our own tiny .nam files", () => {
  it.each(["act_ReLU", "gated_legacy", "lstm_2x4"])("%s sounds as NAM Core plays it", (file) => {
    const document = decodeNam(readFixture(`nam-core/${file}.nam`), { name: `${file}.nam` });
    const prewarm = receptiveField(document.architecture) ?? lstmPrewarm;
    const output = runReference(document, floatsOf(readFixture("nam-core/input.f32")), { prewarm });
    expect(esr(output, floatsOf(readFixture(`nam-core/${file}.f32`)))).toBeLessThan(1e-9);
  });
});

describe.skipIf(!hasSharedData)("real .nam files (skipped where ../shared/data is absent)", () => {
  it.each(coreFiles)("$file sounds as NAM Core plays it", ({ file, input, golden }) => {
    const document = decodeNam(readShared(file), { name: file });
    const prewarm = receptiveField(document.architecture) ?? lstmPrewarm;
    const samples = document.weights.length > 1000 ? samplesOfLargeModels : 48_000;
    const output = runReference(document, floatsOf(readShared(input)).subarray(0, samples), { prewarm });
    const target = floatsOf(readShared(golden)).subarray(0, samples);
    // NAM Core computes in float32, the runner in float64; a weight in the wrong place gives 0.01 or more
    expect(esr(output, target)).toBeLessThan(1e-9);
  });

  it.each(coreFiles)("$file keeps every weight through decode, encode and decode", ({ file }) => {
    const first = decodeNam(readShared(file), { name: file });
    const second = decodeNam(encodeNam(first), { name: file });
    expect(second.architecture).toEqual(first.architecture);
    expect(second.weights).toEqual(first.weights);
    expect(second.sampleRate).toBe(first.sampleRate);
  });

  it.each(unsupported)("$file is refused with the feature's name", ({ file, feature }) => {
    expect(() => decodeNam(readShared(file), { name: file })).toThrow(
      expect.objectContaining({ code: "unsupported-nam", message: expect.stringMatching(feature) }),
    );
  });
});
