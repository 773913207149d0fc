import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readLadspaInfo, readLv2Info } from "./simulate-plugin-ports.ts";

const printed = (name: string) =>
  readFileSync(new URL(`../../fixtures/datasets/knobs/${name}.txt`, import.meta.url), "utf8");

describe("readLv2Info", () => {
  it("finds the knobs of a compressor, its switch, and no output or side chain", () => {
    const { title, knobs, audioInputs, audioOutputs } = readLv2Info(printed("lv2info-zamcomp"));
    expect(title).toBe("ZamComp");
    expect(audioInputs).toEqual(["lv2_audio_in_1"]);
    expect(audioOutputs).toEqual(["lv2_audio_out_1"]);
    expect(knobs.map(({ knob }) => knob.name)).toEqual(["att", "rel", "kn", "rat", "thr", "mak", "slew", "sidech"]);
    const byName = new Map(knobs.map(({ knob }) => [knob.name, knob]));
    expect(byName.get("thr")).toEqual({
      name: "thr",
      label: "Threshold",
      unit: "",
      min: -80,
      max: 0,
      default: 0,
      spacing: "linear",
    });
    expect(byName.get("rat")).toMatchObject({ min: 1, max: 20, default: 4, spacing: "logarithmic" });
    expect(byName.get("sidech")).toMatchObject({ positions: ["off", "on"], spacing: "whole", default: 0, max: 1 });
  });

  it("keeps a knob with named points between whole numbers a knob", () => {
    const { knobs, audioInputs } = readLv2Info(printed("lv2info-leslie"));
    expect(knobs[0]).toMatchObject({ port: "mode", knob: { min: 0, max: 1, default: 0.5, spacing: "linear" } });
    expect(knobs[0]?.knob.positions).toBeUndefined();
    expect(audioInputs).toEqual(["left_in", "right_in"]);
  });

  it("gives nothing for a text of something else", () => {
    expect(readLv2Info("lv2info: error\n")).toMatchObject({ knobs: [], audioInputs: [], title: "" });
  });
});

describe("readLadspaInfo", () => {
  const options = { sampleRate: 48_000 };

  it("names knobs as one types them, with their units; outputs keep their places", () => {
    const { title, knobs, controls, audioInputs, audioOutputs } = readLadspaInfo(
      printed("analyseplugin-sc4m"),
      options,
    );
    expect(title).toBe("SC4 mono");
    expect(knobs.map(({ knob, port }) => [knob.name, knob.unit, knob.min, knob.max, knob.default, port])).toEqual([
      ["rms-peak", "", 0, 1, 0, "0"],
      ["attack-time", "ms", 1.5, 400, 101.125, "1"],
      ["release-time", "ms", 2, 800, 401, "2"],
      ["threshold-level", "dB", -30, 0, 0, "3"],
      ["ratio", "", 1, 20, 1, "4"],
      ["knee-radius", "dB", 1, 10, 3.25, "5"],
      ["makeup-gain", "dB", 0, 24, 0, "6"],
    ]);
    expect(controls.slice(-2)).toEqual([null, null]);
    expect([audioInputs, audioOutputs]).toEqual([["Input"], ["Output"]]);
  });

  it("reads ranges that are parts of the sample rate, whole numbers and switches", () => {
    const { knobs } = readLadspaInfo(printed("analyseplugin-notch"), options);
    expect(knobs[0]?.knob).toMatchObject({
      name: "center-frequency",
      unit: "Hz",
      min: 4.8,
      max: 21_600,
      default: expect.closeTo(321.99, 1),
      spacing: "logarithmic",
    });
    expect(knobs[2]?.knob).toMatchObject({ name: "stages", min: 1, max: 10, spacing: "whole" });
    const zam = readLadspaInfo(printed("analyseplugin-zamcomp"), options).knobs.find(
      ({ knob }) => knob.name === "sidechain",
    );
    expect(zam?.knob).toMatchObject({ positions: ["off", "on"], spacing: "whole" });
  });

  it("gives two ports of one name two names, and ports without a range one", () => {
    const { knobs } = readLadspaInfo('Ports:\t"Gain" input, control\n\t"Gain" input, control, 3 to 3\n', options);
    expect(knobs.map(({ knob }) => [knob.name, knob.min, knob.max])).toEqual([
      ["gain", 0, 1],
      ["gain-2", 3, 4],
    ]);
  });
});
