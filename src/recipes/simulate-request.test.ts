import { describe, expect, it } from "vitest";
import { readKnobChoices } from "../datasets/index.ts";
import { describeRequest, plannedPairs, refuseDoubles, type SimulationRequest } from "./simulate-request.ts";

const knobs = ["drive", "tone"].map((name) => {
  return { name, label: name, unit: "", min: 0, max: 1, default: 0.5, spacing: "linear" } as const;
});
const request: SimulationRequest = {
  effect: {
    kind: "circuit",
    source: { name: "a b", file: "a b.cir", text: "", includes: {} },
    oversampling: 8,
    method: "trapezoidal",
  },
  name: "a b",
  axes: readKnobChoices("drive=0|1,tone=0.5", knobs),
  fixed: {},
  plan: { kind: "grid", seed: 1, knobs: "drive=0|1,tone=0.5" },
  settings: [
    [0, 0.5],
    [1, 0.5],
  ],
  sounds: [{ kind: "generated", seconds: 10, seed: 1, preset: "guitar" }],
  sampleRate: 1000,
  split: "time",
  seed: 1,
  moves: null,
  warnings: [],
};

describe("plannedPairs", () => {
  it("numbers the pairs through training, validation and test, every setting in each", () => {
    const pairs = plannedPairs(request, { lengths: [10_000] });
    expect(pairs.map(({ input, target, setting, start, end }) => [input, target, setting, start, end])).toEqual([
      ["Train/input_000_.wav", "Train/target_000_a-b__0__0.5.wav", 0, 0, 8000],
      ["Train/input_001_.wav", "Train/target_001_a-b__1__0.5.wav", 1, 0, 8000],
      ["Val/input_002_.wav", "Val/target_002_a-b__0__0.5.wav", 0, 8000, 9000],
      ["Val/input_003_.wav", "Val/target_003_a-b__1__0.5.wav", 1, 8000, 9000],
      ["Test/input_004_.wav", "Test/target_004_a-b__0__0.5.wav", 0, 9000, 10_000],
      ["Test/input_005_.wav", "Test/target_005_a-b__1__0.5.wav", 1, 9000, 10_000],
    ]);
  });
});

describe("refuseDoubles", () => {
  const file = (path: string, sha256: string) => ({ kind: "file", path, sha256, group: "" }) as const;

  it("refuses one recording under two names, and takes different ones", () => {
    expect(() => refuseDoubles([file("a.wav", "1"), file("b.wav", "2"), ...request.sounds])).not.toThrow();
    expect(() => refuseDoubles([file("a.wav", "1"), file("b.wav", "2"), file("c.wav", "1")])).toThrow(
      '"a.wav" and "c.wav" are the same recording',
    );
    expect(() => refuseDoubles([file("a.wav", "1"), file("a.wav", "1")])).toThrow('"a.wav" is given twice');
  });
});

describe("describeRequest", () => {
  const text = (changes: Partial<SimulationRequest>, sourceHash = "x") =>
    JSON.stringify(describeRequest({ ...request, ...changes }, { sourceHash }));

  it("changes with everything that changes the files, and with nothing else", () => {
    const same = text({});
    expect(text({ name: "other", plan: { ...request.plan, knobs: "tone=0.5,drive=0|1" } })).toBe(same);
    const path = { kind: "file", path: "a.wav", sha256: "1", group: "" } as const;
    expect(text({ sounds: [path] })).toBe(text({ sounds: [{ ...path, path: "b.wav" }] }));
    for (const other of [
      text({}, "y"),
      text({ settings: [[0, 0.5]] }),
      text({ sampleRate: 2000 }),
      text({ split: "none" }),
      text({ seed: 2 }),
      text({ sounds: [path] }),
      text({ fixed: { level: 1 } }),
      text({ moves: { text: "drive=0..1@2", movements: [] } }),
    ]) {
      expect(other).not.toBe(same);
    }
  });
});
