import { describe, expect, it } from "vitest";
import { readEffectInfo, writeEffectInfo } from "./effect-info.ts";
import { parseKnobDatasetCard } from "./knob-dataset-card.ts";
import { effectFileName, indexDigits, inputName, readInputName, readTargetName, targetName } from "./pair-names.ts";
import { type KnobListing, listKnobDataset, readKnobDataset } from "./read-knob-dataset.ts";

const listing = (paths: readonly string[], more: Partial<KnobListing> = {}): KnobListing => ({
  name: "set",
  files: paths.map((path) => ({ path })),
  ...more,
});

/** Names from the public LA-2A set. */
const la2a = [
  "Train/input_138_.wav",
  "Train/target_138_LA2A_3c__0__0.wav",
  "Train/input_142_.wav",
  "Train/target_142_LA2A_3c__0__20.wav",
  "Val/input_230_.wav",
  "Val/target_230_LA2A_2c__1__65.wav",
  "Test/input_158_.wav",
  "Test/target_158_LA2A_3c__0__100.wav",
];

describe("pair names", () => {
  it("sort alike, hold the knobs with 4 digits, and are read back", () => {
    expect(inputName(7, { digits: 3 })).toBe("input_007_.wav");
    const name = targetName(7, { digits: 3, effect: "Tube Screamer_808", knobs: [0.25, 1, -12.345678, 1e-7] });
    expect(name).toBe("target_007_Tube-Screamer-808__0.25__1__-12.35__1e-7.wav");
    expect(readTargetName(name)).toEqual({
      index: "007",
      effect: "Tube-Screamer-808",
      knobs: ["0.25", "1", "-12.35", "1e-7"],
    });
    expect(readTargetName("target_9400_Compressor_4c__-10.95__3.428__0.005043__0.01308.wav")).toEqual({
      index: "9400",
      effect: "Compressor_4c",
      knobs: ["-10.95", "3.428", "0.005043", "0.01308"],
    });
    expect(readInputName("input_138_.wav")).toBe("138");
    expect(readInputName("target_138_LA2A_3c__0__0.wav")).toBeUndefined();
    expect(readTargetName("target_1_x__0.txt")).toBeUndefined();
    expect([1, 1000, 1001, 20_000].map(indexDigits)).toEqual([3, 3, 4, 5]);
    expect(effectFileName("../ü__ß/")).toBe("u");
    expect(effectFileName("日本")).toBe("effect");
  });
});

describe("effect_info.ini", () => {
  it("is written as SignalTrain's own and read back", () => {
    const info = {
      name: "fuzz",
      knobNames: ["it's", "tone"],
      knobRanges: [
        [0, 1],
        [-30, 0.5],
      ] as const,
      inverse: false,
    };
    const text = writeEffectInfo(info);
    expect(text).toBe("[effect]\nname = fuzz\nknob_names = ['it\\'s', 'tone']\nknob_ranges = [[0, 1], [-30, 0.5]]\n");
    expect(readEffectInfo(text)).toEqual(info);
  });

  it("is read as people write it", () => {
    const text =
      "; made by hand\r\n[other]\r\nname = no\r\n[effect]  \r\nname = 'LA2A w/ switch'\r\n" +
      "knob_names = [\"Limit/Comp\", 'Gain, dB',]\r\nknob_ranges=[[0,1], [0 , 1e2],]\r\ninverse = False\r\n";
    expect(readEffectInfo(text)).toEqual({
      name: "LA2A w/ switch",
      knobNames: ["Limit/Comp", "Gain, dB"],
      knobRanges: [
        [0, 1],
        [0, 100],
      ],
      inverse: false,
    });
  });

  it.each([
    "",
    "[effect]\nname = x\n",
    "[effect]\nknob_names = ['a']\nknob_ranges = [[0,1],[0,1]]\n",
    "[effect]\nknob_names = ['a']\nknob_ranges = [[0,__import__('os')]]\n",
    "[effect]\nknob_names = ['a'\nknob_ranges = [[0,1]\n",
    "[effect]\nknob_names = [1]\nknob_ranges = [[0,1]]\n",
  ])("is refused where it says nothing (%j)", (text) => {
    expect(readEffectInfo(text)).toBeUndefined();
  });
});

describe("readKnobDataset", () => {
  it("reads the layout of the LA-2A set without any description", () => {
    const set = readKnobDataset(listing(["readme.txt", ...la2a]));
    expect(set).toMatchObject({ name: "LA2A_3c", knobsFrom: "file-names", inverse: false });
    expect(set.knobs.map(({ name, min, max }) => [name, min, max])).toEqual([
      ["k1", 0, 1],
      ["k2", 0, 100],
    ]);
    expect(set.pairs).toEqual([
      {
        input: "Test/input_158_.wav",
        target: "Test/target_158_LA2A_3c__0__100.wav",
        knobs: [0, 100],
        split: "test",
      },
      { input: "Train/input_138_.wav", target: "Train/target_138_LA2A_3c__0__0.wav", knobs: [0, 0], split: "train" },
      { input: "Train/input_142_.wav", target: "Train/target_142_LA2A_3c__0__20.wav", knobs: [0, 20], split: "train" },
      { input: "Val/input_230_.wav", target: "Val/target_230_LA2A_2c__1__65.wav", knobs: [1, 65], split: "validation" },
    ]);
  });

  it("takes names and ranges from effect_info.ini, one folder above or not, with lengths", () => {
    const effectInfo =
      "[effect]\nname = LA2A\nknob_names = ['mode','pr']\nknob_ranges = [[0,1],[0,100]]\ninverse = True";
    const files = la2a.map((path) => ({ path: `SignalTrain_LA2A_Dataset_1.1/${path}`, seconds: 1200 }));
    const set = readKnobDataset({ name: "set", files, effectInfo });
    expect(set).toMatchObject({ name: "LA2A", knobsFrom: "effect-info", inverse: true });
    expect(set.knobs[1]).toMatchObject({ name: "pr", min: 0, max: 100 });
    expect(set.pairs.map(({ seconds }) => seconds)).toEqual([1200, 1200, 1200, 1200]);
  });

  it("lets several targets share an input, and passes over other folders", () => {
    const set = readKnobDataset(
      listing(["input_1_.wav", "target_1_x__0.wav", "target_1_x__1.wav", "Moving/target_0_x__moving.wav"]),
    );
    expect(set.pairs.map(({ input, knobs, split }) => [input, knobs, split])).toEqual([
      ["input_1_.wav", [0], null],
      ["input_1_.wav", [1], null],
    ]);
  });

  it.each([
    [["Train/input_1_.wav"], "unpaired-file", "no target"],
    [["Train/target_1_x__0.wav"], "unpaired-file", "input_1_.wav"],
    [["Train/input_1_.wav", "Val/target_1_x__0.wav"], "unpaired-file", "Val/input_1_.wav"],
    [[...la2a, "Test/input_1_.wav", "Test/target_1_x__0.wav"], "knob-count", "has 1 knob values, the dataset has 2"],
    [[...la2a, "Test/input_1_.wav", "Test/target_1_x__0__5 (1).wav"], "knob-value", '"5 (1)"'],
    [[], "no-pairs", "input_<n>_.wav"],
    [["Train/readme.txt"], "no-pairs", "input_<n>_.wav"],
  ])("refuses %j", (paths, code, message) => {
    let error = { code: "", message: "" };
    try {
      readKnobDataset(listing(paths));
    } catch (thrown) {
      error = thrown as typeof error;
    }
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });

  it("lists all that is wrong, and goes on with the rest", () => {
    const { dataset, problems } = listKnobDataset(
      listing([...la2a, "Test/input_1_.wav", "Test/input_2_.wav", "Test/target_2_x__0__nan.wav"], { effectInfo: "?" }),
    );
    expect(problems.map(({ code, path }) => [code, path])).toEqual([
      ["unpaired-file", "Test/input_1_.wav"],
      ["effect-info", "effect_info.ini"],
      ["knob-value", "Test/target_2_x__0__nan.wav"],
    ]);
    expect(dataset.pairs).toHaveLength(4);
  });
});

describe("parseKnobDatasetCard", () => {
  const card = {
    format: "tonewright-knob-dataset",
    version: 1,
    name: "fuzz",
    source: { kind: "plugin", name: "urn:fuzz", host: "lv2file" },
    sampleRate: 48_000,
    knobs: [{ name: "gain", label: "Gain", unit: "dB", min: 0, max: 10, default: 5, spacing: "linear" }],
    fixed: { level: 0.5 },
    plan: { kind: "grid", settings: 1, seed: 1, knobs: "gain=5" },
    split: { by: "none", fractions: { validation: 0.1, test: 0.1 }, seed: 1 },
    gain: 1,
    peak: 0.5,
    sounds: [{ kind: "generated", name: "signal", seconds: 10, seed: 1, preset: "guitar" }],
    pairs: [],
    moving: [],
    failed: [],
    warnings: [],
  };

  it("gives the card, whose knobs and name then count", () => {
    const parsed = parseKnobDatasetCard(structuredClone(card), { name: "dataset.json" });
    expect(parsed).toEqual(card);
    const set = readKnobDataset(listing(["Train/input_0_.wav", "Train/target_0_x__5.wav"], { card: parsed }));
    expect(set).toMatchObject({ name: "fuzz", knobsFrom: "card", knobs: card.knobs });
  });

  it.each([
    [{ format: "tonewright-dataset", version: 1 }, "not-a-dataset-card"],
    [null, "not-a-dataset-card"],
    [{ ...card, version: 2 }, "newer-version"],
    [{ ...card, gain: "loud" }, "bad-dataset-card"],
    [{ ...card, extra: 1 }, "bad-dataset-card"],
  ])("refuses another document (%#)", (json, code) => {
    expect(() => parseKnobDatasetCard(json, { name: "dataset.json" })).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining("dataset.json") }),
    );
  });
});
