import { describe, expect, it } from "vitest";
import { levelWarnings } from "./simulate-levels.ts";
import type { PlannedPair } from "./simulate-request.ts";

const pair = (setting: number, end = 1000): PlannedPair => ({
  ...{ input: `${setting}.wav`, target: `t${setting}.wav`, split: "train", cell: { knobs: "seen", audio: "seen" } },
  ...{ setting, sound: 0, start: 0, end },
});
const plugin = { kind: "plugin", name: "x", host: "sox", ports: {} } as const;
const warnings = (peaks: Record<string, number>, means: Record<string, number>, end = 1000) =>
  levelWarnings({
    request: { effect: plugin, settings: [[0], [1]], sampleRate: 1000 },
    pairs: [pair(0, end), pair(1, end)],
    peaks,
    means,
  });

describe("levelWarnings", () => {
  it("says nothing about sound", () => {
    expect(warnings({ "t0.wav": 0.5, "t1.wav": 0.1 }, { "t0.wav": 0.004, "t1.wav": 0 })).toEqual([]);
  });

  it("tells silence, all of it and some of it; targets that are not there count for nothing", () => {
    expect(warnings({ "t0.wav": 0, "t1.wav": 3e-5 }, {})[0]).toMatch(/^all targets are silent/);
    expect(warnings({ "t0.wav": 0, "t1.wav": 0.1 }, {})[0]).toMatch(/^1 of 2 targets are silent/);
    expect(warnings({ "t0.wav": 0 }, {})[0]).toMatch(/^all targets are silent/);
  });

  it("tells DC beyond a hundredth of the peak, but not of a moment", () => {
    const means = { "t0.wav": -0.0061, "t1.wav": 0 };
    expect(warnings({ "t0.wav": 0.6, "t1.wav": 0.1 }, means)).toEqual([
      "the output has DC at 1 of 2 settings, up to -0.0061 of full scale: look for DC in the dry sound",
    ]);
    expect(warnings({ "t0.wav": 0.6, "t1.wav": 0.1 }, means, 999)).toEqual([]);
  });
});
