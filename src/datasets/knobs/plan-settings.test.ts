import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EffectKnob } from "./effect-knob.ts";
import { knobBetween, knobShare, knobValueText, roundKnob } from "./effect-knob.ts";
import { readKnobChoices } from "./knob-choices.ts";
import { countSettings, planSettings } from "./plan-settings.ts";

const turn = (name: string, more: Partial<EffectKnob> = {}): EffectKnob => ({
  name,
  label: name,
  unit: "",
  min: 0,
  max: 1,
  default: 0.5,
  spacing: "linear",
  ...more,
});
const mode = turn("mode", { max: 2, default: 0, spacing: "whole", positions: ["si", "ge", "led"] });
const cutoff = turn("cutoff", { min: 20, max: 20_000, default: 1000, spacing: "logarithmic", unit: "Hz" });
const knobs = [turn("drive"), turn("tone"), mode, cutoff];

const thrown = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error as { code: string; message: string; hint: string };
  }
  throw new Error("nothing was thrown");
};

describe("knob values", () => {
  it("have 4 significant digits and stay within the range", () => {
    expect(roundKnob(0.123449, { min: 0, max: 1 })).toBe(0.1234);
    expect(roundKnob(123456, { min: 0, max: 123456 })).toBe(123400);
    expect(roundKnob(-0.00123456, { min: -0.00123456, max: 1 })).toBe(-0.001234);
    expect(Object.is(roundKnob(-0, { min: -1, max: 1 }), 0)).toBe(true);
    // No number with 4 digits lies within.
    expect(roundKnob(1.00001, { min: 1.00001, max: 1.00002 })).toBe(1.00001);
    expect(knobValueText(0.30000000000000004)).toBe("0.3");
    expect(knobValueText(1e-7)).toBe("1e-7");
  });

  it("are spread along the logarithm where the knob says so", () => {
    expect(knobShare(632.4555, cutoff)).toBeCloseTo(0.5, 6);
    expect(knobBetween(0.5, { from: 20, to: 20_000, spacing: "logarithmic" })).toBeCloseTo(632.4555, 3);
    expect(knobBetween(0.5, { from: 1, to: 4, spacing: "whole" })).toBe(3);
  });
});

describe("readKnobChoices", () => {
  it("reads ranges with a count, lists, constants, free ranges and positions, in the effect's order", () => {
    const axes = readKnobChoices("tone=0.2|0.8, Drive=0..1:5,mode=LED|si,cutoff=100..10000:3", knobs);
    expect(axes.map(({ knob, choice }) => [knob.name, choice])).toEqual([
      ["drive", { kind: "values", values: [0, 0.25, 0.5, 0.75, 1] }],
      ["tone", { kind: "values", values: [0.2, 0.8] }],
      ["mode", { kind: "values", values: [2, 0] }],
      ["cutoff", { kind: "values", values: [100, 1000, 10_000] }],
    ]);
    expect(readKnobChoices("drive=.1..0.9", knobs)[0]?.choice).toEqual({ kind: "range", min: 0.1, max: 0.9 });
    expect(readKnobChoices("level=-30..-1e1", [turn("level", { min: -60, max: 0 })])[0]?.choice).toEqual({
      kind: "range",
      min: -30,
      max: -10,
    });
  });

  it("takes all knobs over their whole ranges where none is named", () => {
    expect(readKnobChoices(" ", knobs).map(({ choice }) => choice)).toEqual([
      { kind: "range", min: 0, max: 1 },
      { kind: "range", min: 0, max: 1 },
      { kind: "values", values: [0, 1, 2] },
      { kind: "range", min: 20, max: 20_000 },
    ]);
  });

  it.each([
    ["volume=1", "unknown-knob", "drive, tone, mode, cutoff"],
    ["drive", "bad-knob", "drive=0..1:5"],
    ["drive=2", "bad-knob", "from 0 to 1"],
    ["drive=0..1.5:3", "bad-knob", "from 0 to 1"],
    ["drive=1..0:3", "bad-knob", "lower end first"],
    ["drive=0..1:1", "bad-knob", "2 or more"],
    ["drive=0.2|0.2", "bad-knob", "leave one"],
    ["drive=a", "bad-knob", "number"],
    ["drive=", "bad-knob", "number"],
    ["drive=0..", "bad-knob", "number"],
    ["drive=NaN", "bad-knob", "number"],
    ["drive=0,drive=1", "bad-knob", "|"],
    ["mode=0..2:3", "bad-knob", "si|ge|led"],
    ["mode=germanium", "bad-knob", "si, ge, led"],
    ["mode=1.5", "bad-knob", "whole"],
    ["drive=0.5..0.5001:9", "bad-knob", "fewer"],
  ])("refuses %s", (text, code, hint) => {
    const error = thrown(() => readKnobChoices(text, knobs));
    expect(error.code).toBe(code);
    expect(error.hint).toContain(hint);
  });
});

describe("planSettings", () => {
  const plan = (text: string, kind: "grid" | "latin" | "corners", count?: number, seed = 1) =>
    planSettings(readKnobChoices(text, knobs), { plan: kind, count, seed });

  it("counts through a grid with the last knob fastest", () => {
    expect(plan("drive=0|1,tone=0..1:3", "grid")).toEqual([
      [0, 0],
      [0, 0.5],
      [0, 1],
      [1, 0],
      [1, 0.5],
      [1, 1],
    ]);
    expect(plan("drive=0..1:5,tone=0..1:3", "grid")).toHaveLength(15);
  });

  it("puts one setting into every part of every range: Latin hypercube", () => {
    const settings = plan("drive=0..1,tone=0..1,cutoff=20..20000", "latin", 20);
    for (const [k, knob] of [knobs[0]!, knobs[1]!, cutoff].entries()) {
      const parts = settings.map((setting) => Math.floor(knobShare(setting[k]!, knob) * 20 - 1e-9));
      // Rounding to 4 digits may lift a value over the edge of its part, by a thousandth of a part.
      expect(new Set(parts).size).toBeGreaterThanOrEqual(19);
    }
    expect(plan("drive=0..1,tone=0..1,cutoff=20..20000", "latin", 20)).toEqual(settings);
    expect(plan("drive=0..1,tone=0..1,cutoff=20..20000", "latin", 20, 2)).not.toEqual(settings);
  });

  it("begins with the corners, then draws", () => {
    const settings = plan("drive=0.1..0.9,mode=si|led,tone=0.3", "corners", 10);
    expect(settings.slice(0, 4)).toEqual([
      [0.1, 0.3, 0],
      [0.1, 0.3, 2],
      [0.9, 0.3, 0],
      [0.9, 0.3, 2],
    ]);
    expect(settings).toHaveLength(10);
    expect(plan("drive=0..1,tone=0..1", "corners")).toHaveLength(4);
  });

  it("finds all settings of lists, if all are wanted", () => {
    const settings = plan("drive=0..1:5,tone=0..1:4", "latin", 20);
    expect(new Set(settings.map(String)).size).toBe(20);
  });

  it("counts 10^9 settings without making them, and refuses to make them", () => {
    const axes = readKnobChoices("drive=0..1:1000,tone=0..1:1000,cutoff=20..20000:1000", knobs);
    expect(countSettings(axes, { plan: "grid" })).toBe(1e9);
    expect(thrown(() => planSettings(axes, { plan: "grid", seed: 1 }))).toMatchObject({
      code: "too-many-settings",
      message: expect.stringContaining("1,000,000,000"),
    });
  });

  it.each([
    ["drive=0..1", "grid", undefined, "drive=0..1:5"],
    ["drive=0|1", "grid", 3, "--settings"],
    ["drive=0..1", "latin", undefined, "--settings 20"],
    ["drive=0|1,tone=0|1", "latin", 5, "grid"],
    ["drive=0..1,tone=0..1", "corners", 3, "4 or more"],
    ["drive=0.5..0.501", "latin", 500, "wider"],
  ] as const)("refuses %s as %s of %s", (text, kind, count, hint) => {
    const error = thrown(() => plan(text, kind, count));
    expect(error.code).toBe("bad-plan");
    expect(error.hint).toContain(hint);
  });

  it("law: as many settings as counted, all different, all within their choices, values as file names have them", () => {
    const choice = fc.oneof(fc.constant("0..1"), fc.constant("0.05..0.06"), fc.constant("0..1:7"), fc.constant("0.3"));
    fc.assert(
      fc.property(
        fc.tuple(choice, choice, fc.constantFrom("si|led", "ge")),
        fc.constantFrom("latin" as const, "corners" as const),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 1e6 }),
        ([drive, tone, position], kind, count, seed) => {
          const axes = readKnobChoices(`drive=${drive},tone=${tone},mode=${position}`, knobs);
          let settings: number[][];
          try {
            settings = planSettings(axes, { plan: kind, count, seed });
          } catch (error) {
            expect((error as { code: string }).code).toBe("bad-plan");
            return;
          }
          expect(settings).toHaveLength(countSettings(axes, { plan: kind, count }));
          expect(new Set(settings.map(String)).size).toBe(settings.length);
          for (const setting of settings) {
            for (const [k, { choice: one }] of axes.entries()) {
              const value = setting[k]!;
              expect(Number(knobValueText(value))).toBe(value);
              if (one.kind === "values") expect(one.values).toContain(value);
              else expect(value >= one.min && value <= one.max).toBe(true);
            }
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
